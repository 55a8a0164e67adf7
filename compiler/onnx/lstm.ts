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
  /** What the slopes of the cell (three times) and of the state are multiplied with to give those of the gates. */
  readonly local: string;
  /** The cell's slope by the shown state's. */
  readonly showing: string;
  readonly forget: string;
  readonly real: string | undefined;
}

type AnyNode = OnnxNode<LstmAttributes> | OnnxNode<LstmGradientAttributes>;

/** tanh(z) is 2 sigmoid(2z) − 1: with the candidate's weights doubled, one fused product makes all gates. */
const doubled = [1, 1, 2, 1];
/** By how much `Step.local` falls short of the gates' true slopes, which saves two operations a step. */
const shortfall = [2, 1, 4, 1];

export function lstmOnnx(o: OnnxNode<LstmAttributes>): void {
  const { batch, time, n, units } = sizes(o);
  const ones = o.op('Expand', [o.float(1), o.ints([time, 1, batch])]);
  const turned = o.op('Transpose', [o.input(0)], { perm: [1, 2, 0] });
  const rows = o.op('Reshape', [o.op('Concat', [turned, ones], { axis: 1 }), o.ints([time * (n + 1), batch])]);
  const columns = parts(o, rows, time, n + 1);
  const all = o.op('Concat', [o.input(2), o.input(1), o.op('Reshape', [o.input(3), o.ints([1, 4 * units])])], {
    axis: 0,
  });
  const weights = o.op('Transpose', [o.op('Mul', [all, perGate(o, doubled)])], { perm: [1, 0] });
  const masks = maskRows(o, time, batch);
  const half = o.float(0.5);
  let h = o.op('Transpose', [o.input(4)], { perm: [1, 0] });
  let c = o.op('Transpose', [o.input(5)], { perm: [1, 0] });
  const steps: Step[] = [];
  const states = new Array<string>(time);
  for (let k = 0; k < time; k++) {
    const t = o.node.attributes.backwards ? time - 1 - k : k;
    const column = o.op('Concat', [h, at(columns, t)], { axis: 0 });
    const gates = o.op('FusedGemm', [weights, column], { activation: 'Sigmoid' }, fused);
    const [input = '', forget = '', raised = '', output = ''] = parts(o, gates, 4, units);
    const candidate = o.op('Sub', [raised, half]);
    const added = o.op('Mul', [input, candidate]);
    const cell = o.op('Sum', [o.op('Mul', [forget, c]), added, added]);
    const shown = o.op('Tanh', [cell]);
    const fresh = o.op('Mul', [output, shown]);
    const slopes = o.op('Sub', [gates, o.op('Mul', [gates, gates])]);
    const local = o.op('Mul', [slopes, o.op('Concat', [candidate, c, input, shown], { axis: 0 })]);
    const showing = o.op('Sub', [output, o.op('Mul', [fresh, shown])]);
    const real = masks?.[t];
    const blend = (next: string, before: string): string =>
      real === undefined ? next : o.op('Add', [before, o.op('Mul', [o.op('Sub', [next, before]), real])]);
    h = blend(fresh, h);
    c = blend(cell, c);
    states[t] = h;
    steps.push({ t, column, local, showing, forget, real });
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
  const zero = o.op('Expand', [o.float(0), o.ints([units, batch])]);
  const times = (a: string, b: string): string => o.op('Mul', [a, b]);
  const sum = (a: string | undefined, b: string | undefined): string | undefined =>
    a !== undefined && b !== undefined ? o.op('Add', [a, b]) : (a ?? b);
  const recurrent = times(o.input(2), perGate(o, shortfall));
  const slopes: string[] = [];
  const used: string[] = [];
  for (const { t, column, local, showing, forget, real } of [...steps].reverse()) {
    const total: string = sum(dh, dSequence?.[t]) ?? zero;
    const dOut: string = real === undefined ? total : times(total, real);
    const passed = real === undefined ? undefined : o.op('Sub', [total, dOut]);
    const dcReal: string | undefined = real === undefined || dc === undefined ? dc : times(dc, real);
    const dcPassed =
      dc === undefined || dcReal === undefined || real === undefined ? undefined : o.op('Sub', [dc, dcReal]);
    const through = times(dOut, showing);
    const dCell: string = dcReal === undefined ? through : o.op('Add', [dcReal, through]);
    const dz: string = times(o.op('Concat', [dCell, dCell, dCell, dOut], { axis: 0 }), local);
    slopes.push(dz);
    used.push(column);
    dh = sum(o.op('Gemm', [recurrent, dz]), passed);
    dc = sum(times(dCell, forget), dcPassed);
  }
  const stackedSlopes = o.op('Concat', slopes, { axis: 1 });
  const products = o.op('Gemm', [o.op('Concat', used, { axis: 1 }), stackedSlopes], { transB: 1 });
  const weights = times(products, perGate(o, shortfall));
  const [dRecurrent = '', dKernel = '', dBias = ''] = o.ops('Split', [weights, o.ints([units, n, 1])], 3, { axis: 0 });
  o.set(inputSlope(o, stackedSlopes, steps.map((step) => step.t).reverse()), 'rows', 0);
  o.set(dKernel, 'rows', 1);
  o.set(dRecurrent, 'rows', 2);
  o.set(o.op('Reshape', [dBias, o.ints([4 * units])]), 'rows', 3);
  o.set(turned(dh) ?? '', 'rows', 4);
  o.set(turned(dc) ?? '', 'rows', 5);
}

/** A row with a factor for each gate's columns. */
function perGate(o: AnyNode, factors: readonly number[]): string {
  const { units } = sizes(o);
  const row = factors.flatMap((factor) => new Array<number>(units).fill(factor));
  return o.initializer('float32', [1, 4 * units], row);
}

/** The slope of x, from the slopes of the gates in the order in which the steps were taken back. */
function inputSlope(o: AnyNode, slopes: string, order: readonly number[]): string {
  const { batch, time, n } = sizes(o);
  const columns = o.op('Reshape', [
    o.op('Gemm', [o.op('Mul', [o.input(1), perGate(o, shortfall)]), slopes]),
    o.ints([n, time, batch]),
  ]);
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
