/**
 * An LSTM on ONNX Runtime: unrolled over time with the batch as columns, each gate one fused product with its activation, and
 * the gradients of all weights as one product over the columns of all steps.
 */

import { inputCount, type LstmAttributes, type LstmGradientAttributes } from '../program/ops/lstm.ts';
import { at } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';

const fused = 'com.microsoft';

/** What a step of the forward pass leaves for its gradient. */
interface Step {
  readonly t: number;
  /** State before, input and a one, as columns: what all gates are products of. */
  readonly column: string;
  readonly input: string;
  readonly forget: string;
  readonly candidate: string;
  readonly output: string;
  readonly added: string;
  readonly carried: string;
  readonly shown: string;
  /** The state before a mask keeps the old one. */
  readonly h: string;
  readonly real: string | undefined;
}

type AnyNode = OnnxNode<LstmAttributes> | OnnxNode<LstmGradientAttributes>;

export function lstmOnnx(o: OnnxNode<LstmAttributes>): void {
  const { batch, time, n, units } = sizes(o);
  const ones = o.op('Expand', [o.float(1), o.ints([time, 1, batch])]);
  const turned = o.op('Transpose', [o.input(0)], { perm: [1, 2, 0] });
  const rows = o.op('Reshape', [o.op('Concat', [turned, ones], { axis: 1 }), o.ints([time * (n + 1), batch])]);
  const columns = parts(o, rows, time, n + 1);
  const all = o.op('Concat', [o.input(2), o.input(1), o.op('Reshape', [o.input(3), o.ints([1, 4 * units])])], {
    axis: 0,
  });
  const gates = parts(o, o.op('Transpose', [all], { perm: [1, 0] }), 4, units);
  const masks = maskRows(o, time, batch);
  let h = o.op('Transpose', [o.input(4)], { perm: [1, 0] });
  let c = o.op('Transpose', [o.input(5)], { perm: [1, 0] });
  const steps: Step[] = [];
  const states = new Array<string>(time);
  for (let k = 0; k < time; k++) {
    const t = o.node.attributes.backwards ? time - 1 - k : k;
    const column = o.op('Concat', [h, at(columns, t)], { axis: 0 });
    const gate = (index: number, activation: string): string =>
      o.op('FusedGemm', [at(gates, index), column], { activation: activation }, fused);
    const input = gate(0, 'Sigmoid');
    const forget = gate(1, 'Sigmoid');
    const candidate = gate(2, 'Tanh');
    const output = gate(3, 'Sigmoid');
    const added = o.op('Mul', [input, candidate]);
    const carried = o.op('Mul', [forget, c]);
    const cell = o.op('Add', [carried, added]);
    const shown = o.op('Tanh', [cell]);
    const fresh = o.op('Mul', [output, shown]);
    const real = masks?.[t];
    const blend = (next: string, before: string): string =>
      real === undefined ? next : o.op('Add', [before, o.op('Mul', [o.op('Sub', [next, before]), real])]);
    h = blend(fresh, h);
    c = blend(cell, c);
    states[t] = h;
    steps.push({
      t,
      column,
      input: input,
      forget,
      candidate,
      output,
      added,
      carried: carried,
      shown: shown,
      h: fresh,
      real,
    });
  }
  o.notes.set(`lstm ${at(o.node.outputs, 0).id}`, steps);
  const sequence = o.op('Transpose', [o.op('Concat', states, { axis: 0 })], { perm: [1, 0] });
  o.set(o.op('Reshape', [sequence, o.ints([batch, time, units])]));
  o.set(o.op('Transpose', [h], { perm: [1, 0] }), 'rows', 1);
  o.set(o.op('Transpose', [c], { perm: [1, 0] }), 'rows', 2);
}
export function lstmGradientOnnx(o: OnnxNode<LstmGradientAttributes>): void {
  const { batch, n, units } = sizes(o);
  const count = inputCount(o.node.attributes);
  const steps = o.notes.get(`lstm ${at(o.node.inputs, count).id}`) as readonly Step[];
  const slopeOf = (output: number): string | undefined => {
    const place = o.node.attributes.given.indexOf(output);
    return place < 0 ? undefined : o.input(count + 1 + place);
  };
  const dSequence = sequenceParts(o, slopeOf(0));
  const turned = (name: string | undefined): string | undefined => name && o.op('Transpose', [name], { perm: [1, 0] });
  let dh = turned(slopeOf(1));
  let dc = turned(slopeOf(2));
  const one = o.float(1);
  const zero = o.op('Expand', [o.float(0), o.ints([units, batch])]);
  const times = (a: string, b: string): string => o.op('Mul', [a, b]);
  const sum = (a: string | undefined, b: string | undefined): string | undefined =>
    a !== undefined && b !== undefined ? o.op('Add', [a, b]) : (a ?? b);
  const recurrent = o.input(2);
  const slopes: string[] = [];
  const used: string[] = [];
  for (const step of [...steps].reverse()) {
    const { input, forget, candidate, output, added, carried, shown, h, real } = step;
    const total: string = sum(dh, dSequence?.[step.t]) ?? zero;
    const dOut: string = real === undefined ? total : times(total, real);
    const passed = real === undefined ? undefined : o.op('Sub', [total, dOut]);
    const dcReal: string | undefined = real === undefined || dc === undefined ? dc : times(dc, real);
    const dcPassed =
      dc === undefined || dcReal === undefined || real === undefined ? undefined : o.op('Sub', [dc, dcReal]);
    const through = times(dOut, o.op('Sub', [output, times(h, shown)]));
    const dCell: string = dcReal === undefined ? through : o.op('Add', [dcReal, through]);
    const dz: string = o.op(
      'Concat',
      [
        times(times(dCell, added), o.op('Sub', [one, input])),
        times(times(dCell, carried), o.op('Sub', [one, forget])),
        times(dCell, o.op('Sub', [input, times(added, candidate)])),
        times(times(dOut, h), o.op('Sub', [one, output])),
      ],
      { axis: 0 },
    );
    slopes.push(dz);
    used.push(step.column);
    dh = sum(o.op('Gemm', [recurrent, dz]), passed);
    dc = sum(times(dCell, forget), dcPassed);
  }
  const stackedSlopes = o.op('Concat', slopes, { axis: 1 });
  const weights = o.op('Gemm', [o.op('Concat', used, { axis: 1 }), stackedSlopes], { transB: 1 });
  const [dRecurrent = '', dKernel = '', dBias = ''] = o.ops('Split', [weights, o.ints([units, n, 1])], 3, { axis: 0 });
  o.set(inputSlope(o, stackedSlopes, steps.map((step) => step.t).reverse()), 'rows', 0);
  o.set(dKernel, 'rows', 1);
  o.set(dRecurrent, 'rows', 2);
  o.set(o.op('Reshape', [dBias, o.ints([4 * units])]), 'rows', 3);
  o.set(turned(dh) ?? '', 'rows', 4);
  o.set(turned(dc) ?? '', 'rows', 5);
}
/** The slope of x, from the slopes of the gates in the order in which the steps were taken back. */
function inputSlope(o: AnyNode, slopes: string, order: readonly number[]): string {
  const { batch, time, n } = sizes(o);
  const columns = o.op('Reshape', [o.op('Gemm', [o.input(1), slopes]), o.ints([n, time, batch])]);
  const inTime = order.every((t, i) => t === i)
    ? columns
    : o.op('Slice', [columns, o.ints([time - 1]), o.ints([-time - 1]), o.ints([1]), o.ints([-1])]);
  return o.op('Transpose', [inTime], { perm: [2, 1, 0] });
}
function sizes(o: AnyNode) {
  const { shape } = at(o.node.inputs, 0);
  return { batch: at(shape, 0), time: at(shape, 1), n: at(shape, 2), units: at(at(o.node.inputs, 2).shape, 0) };
}
/** Blocks of rows. */
function parts(o: AnyNode, name: string, count: number, rows: number): readonly string[] {
  if (count === 1) return [name];
  return o.ops('Split', [name, o.ints(new Array<number>(count).fill(rows))], count, { axis: 0 });
}
function sequenceParts(o: AnyNode, slope: string | undefined): readonly string[] | undefined {
  if (slope === undefined) return undefined;
  const { batch, time, units } = sizes(o);
  const turned = o.op('Transpose', [slope], { perm: [1, 2, 0] });
  return parts(o, o.op('Reshape', [turned, o.ints([time * units, batch])]), time, units);
}
function maskRows(o: AnyNode, time: number, batch: number): readonly string[] | undefined {
  if (!o.node.attributes.masked) return undefined;
  const turned = o.op('Transpose', [o.input(6)], { perm: [1, 0] });
  return parts(o, o.op('Reshape', [turned, o.ints([time, batch])]), time, 1);
}
