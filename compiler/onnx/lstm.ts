/**
 * An LSTM on ONNX Runtime: each gate one fused product with its activation. What the gradient needs is made while the step's
 * numbers are close by, which keeps less of it.
 */

import { inputCount, type LstmAttributes, type LstmGradientAttributes } from '../program/ops/lstm.ts';
import { at } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';
import {
  blend,
  columnProducts,
  inputColumns,
  inputSlope,
  masked,
  maskRows,
  parts,
  sequenceOf,
  sizesOf,
  slopesOfSteps,
  sum,
  turned,
} from './recurrence.ts';

const fused = 'com.microsoft';

/** What a step of the forward pass leaves for its gradient. */
interface Step {
  readonly t: number;
  /** State before, input and a one, as columns: what all gates are products of. */
  readonly column: string;
  /** The slopes of the gates by the cell's, the last one by the shown state's. */
  readonly local: readonly string[];
  /** The cell's slope by the shown state's. */
  readonly showing: string;
  readonly forget: string;
  readonly real: string | undefined;
}

export function lstmOnnx(o: OnnxNode<LstmAttributes>): void {
  const { time, units } = sizesOf(o);
  const { backwards } = o.node.attributes;
  const columns = inputColumns(o);
  const all = o.op('Concat', [o.input(2), o.input(1), o.op('Reshape', [o.input(3), o.ints([1, 4 * units])])], {
    axis: 0,
  });
  const gates = parts(o, turned(o, all), 4, units);
  const masks = maskRows(o, o.node.attributes.masked ? o.input(6) : undefined);
  const one = o.float(1);
  const times = (a: string, b: string): string => o.op('Mul', [a, b]);
  const falling = (gate: string): string => o.op('Sub', [one, gate]);
  let h = turned(o, o.input(4));
  let c = turned(o, o.input(5));
  const steps: Step[] = [];
  const states = new Array<string>(time);
  for (let k = 0; k < time; k++) {
    const t = backwards ? time - 1 - k : k;
    const column = o.op('Concat', [h, at(columns, t)], { axis: 0 });
    const gate = (index: number, activation: string): string =>
      o.op('FusedGemm', [at(gates, index), column], { activation }, fused);
    const input = gate(0, 'Sigmoid');
    const forget = gate(1, 'Sigmoid');
    const candidate = gate(2, 'Tanh');
    const output = gate(3, 'Sigmoid');
    const added = times(input, candidate);
    const carried = times(forget, c);
    const cell = o.op('Add', [carried, added]);
    const shown = o.op('Tanh', [cell]);
    const fresh = times(output, shown);
    const local = [
      times(added, falling(input)),
      times(carried, falling(forget)),
      o.op('Sub', [input, times(added, candidate)]),
      times(fresh, falling(output)),
    ];
    const showing = o.op('Sub', [output, times(fresh, shown)]);
    const real = masks?.[t];
    h = blend(o, fresh, h, real);
    c = blend(o, cell, c, real);
    states[t] = h;
    steps.push({ t, column, local, showing, forget, real });
  }
  o.notes.set(`lstm ${at(o.node.outputs, 0).id}`, steps);
  o.set(sequenceOf(o, states));
  o.set(turned(o, h), 'rows', 1);
  o.set(turned(o, c), 'rows', 2);
}

export function lstmGradientOnnx(o: OnnxNode<LstmGradientAttributes>): void {
  const { batch, n, units } = sizesOf(o);
  const { attributes } = o.node;
  const count = inputCount(attributes);
  const steps = o.notes.get(`lstm ${at(o.node.inputs, count).id}`) as readonly Step[];
  const slopeOf = (output: number): string | undefined => {
    const place = attributes.given.indexOf(output);
    return place < 0 ? undefined : o.input(count + 1 + place);
  };
  const ofSteps = slopesOfSteps(o, slopeOf(0));
  const [dLast, dLastCell] = [slopeOf(1), slopeOf(2)];
  const zero = o.op('Expand', [o.float(0), o.ints([units, batch])]);
  const times = (a: string, b: string): string => o.op('Mul', [a, b]);
  const recurrent = o.input(2);
  const products = columnProducts(o, batch);
  let dh = dLast === undefined ? undefined : turned(o, dLast);
  let dc = dLastCell === undefined ? undefined : turned(o, dLastCell);
  for (const { t, column, local, showing, forget, real } of [...steps].reverse()) {
    const [dOut, passed] = masked(o, sum(o, dh, ofSteps?.[t]) ?? zero, real);
    const [dCarried, dcPassed] = dc === undefined ? [undefined, undefined] : masked(o, dc, real);
    const dCell = sum(o, dCarried, times(dOut, showing)) ?? zero;
    const ofGates = local.map((slope, gate) => times(gate === 3 ? dOut : dCell, slope));
    const dz = o.op('Concat', ofGates, { axis: 0 });
    products.add(column, dz);
    dh = sum(o, o.op('Gemm', [recurrent, dz]), passed);
    dc = sum(o, times(dCell, forget), dcPassed);
  }
  const { sum: weights, rights } = products.finish();
  const [dRecurrent = '', dKernel = '', dBias = ''] = o.ops('Split', [weights, o.ints([units, n, 1])], 3, { axis: 0 });
  o.set(inputSlope(o, o.input(1), rights, attributes), 'rows', 0);
  o.set(dKernel, 'rows', 1);
  o.set(dRecurrent, 'rows', 2);
  o.set(o.op('Reshape', [dBias, o.ints([4 * units])]), 'rows', 3);
  o.set(turned(o, dh ?? zero), 'rows', 4);
  o.set(turned(o, dc ?? zero), 'rows', 5);
}
