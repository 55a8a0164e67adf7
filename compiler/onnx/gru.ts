/**
 * A GRU on ONNX Runtime: update and reset as fused products of state and input together, the content as a fused product of the
 * input that starts from what the reset leaves of the state.
 */
import { type GruAttributes, type GruGradientAttributes, gruInputs } from '../program/ops/gru.ts';
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

/** What a step of the forward pass leaves for its gradient, all as columns. */
interface Step {
  readonly t: number;
  /** The state before, with a row of ones below. */
  readonly before: string;
  /** The input, with a row of ones below. */
  readonly input: string;
  /** Slopes of update and content by the state's, and of the reset by the content's. */
  readonly ofUpdate: string;
  readonly ofContent: string;
  readonly ofReset: string;
  readonly update: string;
  readonly reset: string;
  readonly real: string | undefined;
}

export function gruOnnx(o: OnnxNode<GruAttributes>): void {
  const { batch, time, units } = sizesOf(o);
  const columns = inputColumns(o);
  const [inputBias = '', stateBias = ''] = parts(o, o.input(3), 2, 1);
  // Rows of the weights: the gates' of the input with its bias, the gates' of the state with its bias.
  const ofInput = parts(o, turned(o, o.op('Concat', [o.input(1), inputBias], { axis: 0 })), 3, units);
  const ofState = parts(o, turned(o, o.op('Concat', [o.input(2), stateBias], { axis: 0 })), 3, units);
  const both = [0, 1].map((gate) => o.op('Concat', [at(ofState, gate), at(ofInput, gate)], { axis: 1 }));
  const masks = maskRows(o, o.node.attributes.masked ? o.input(5) : undefined);
  const one = o.float(1);
  const ones = o.op('Expand', [one, o.ints([1, batch])]);
  const times = (a: string, b: string): string => o.op('Mul', [a, b]);
  let h = turned(o, o.input(4));
  const steps: Step[] = [];
  const states = new Array<string>(time);
  for (let k = 0; k < time; k++) {
    const t = o.node.attributes.backwards ? time - 1 - k : k;
    const input = at(columns, t);
    const before = o.op('Concat', [h, ones], { axis: 0 });
    const column = o.op('Concat', [before, input], { axis: 0 });
    const gate = (index: number): string =>
      o.op('FusedGemm', [at(both, index), column], { activation: 'Sigmoid' }, fused);
    const [update, reset] = [gate(0), gate(1)];
    const shown = o.op('Gemm', [at(ofState, 2), before]);
    const left = times(reset, shown);
    const content = o.op('FusedGemm', [at(ofInput, 2), input, left], { activation: 'Tanh' }, fused);
    const change = o.op('Sub', [h, content]);
    const kept = times(update, change);
    const fresh = o.op('Add', [content, kept]);
    const rest = o.op('Sub', [one, update]);
    const ofUpdate = times(kept, rest);
    const ofContent = times(rest, o.op('Sub', [one, times(content, content)]));
    const ofReset = times(left, o.op('Sub', [one, reset]));
    const real = masks?.[t];
    h = blend(o, fresh, h, real);
    states[t] = h;
    steps.push({ t, before, input, ofUpdate, ofContent, ofReset, update, reset, real });
  }
  o.notes.set(`gru ${at(o.node.outputs, 0).id}`, steps);
  o.set(sequenceOf(o, states));
  o.set(turned(o, h), 'rows', 1);
}

export function gruGradientOnnx(o: OnnxNode<GruGradientAttributes>): void {
  const { batch, n, units } = sizesOf(o);
  const { attributes } = o.node;
  const count = gruInputs(attributes);
  const steps = o.notes.get(`gru ${at(o.node.inputs, count).id}`) as readonly Step[];
  const slopeOf = (output: number): string | undefined => {
    const place = attributes.given.indexOf(output);
    return place < 0 ? undefined : o.input(count + 1 + place);
  };
  const ofSteps = slopesOfSteps(o, slopeOf(0));
  const dLast = slopeOf(1);
  const zero = o.op('Expand', [o.float(0), o.ints([units, batch])]);
  const times = (a: string, b: string): string => o.op('Mul', [a, b]);
  const stateProducts = columnProducts(o, batch);
  const inputProducts = columnProducts(o, batch);
  let dh = dLast === undefined ? undefined : turned(o, dLast);
  for (const { t, before, input, ofUpdate, ofContent, ofReset, update, reset, real } of [...steps].reverse()) {
    const [through, passed] = masked(o, sum(o, dh, ofSteps?.[t]) ?? zero, real);
    const dUpdate = times(through, ofUpdate);
    const dContent = times(through, ofContent);
    const gates = [dUpdate, times(dContent, ofReset)];
    const ofState = o.op('Concat', [...gates, times(dContent, reset)], { axis: 0 });
    stateProducts.add(before, ofState);
    inputProducts.add(input, o.op('Concat', [...gates, dContent], { axis: 0 }));
    dh = sum(o, o.op('Gemm', [o.input(2), ofState, times(through, update)]), passed);
  }
  const [state, fromInput] = [stateProducts.finish(), inputProducts.finish()];
  const split = (name: string, rows: number): readonly string[] =>
    o.ops('Split', [name, o.ints([rows, 1])], 2, { axis: 0 });
  const [dRecurrent = '', dStateBias = ''] = split(state.sum, units);
  const [dKernel = '', dInputBias = ''] = split(fromInput.sum, n);
  o.set(inputSlope(o, o.input(1), fromInput.rights, attributes), 'rows', 0);
  o.set(dKernel, 'rows', 1);
  o.set(dRecurrent, 'rows', 2);
  o.set(o.op('Concat', [dInputBias, dStateBias], { axis: 0 }), 'rows', 3);
  o.set(turned(o, dh ?? zero), 'rows', 4);
}
