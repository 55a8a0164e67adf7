/**
 * An LSTM by TensorFlow's kernels: the forward step over all time in one (with a mask: one kernel a step), the gradient with
 * one kernel and one product a step, the weights' slopes as products over all steps. Inside, time is the first axis and runs
 * as the layer reads, and the gates stand in the kernels' order: input, cell, forget, output.
 */
import { inputCount, type LstmAttributes, type LstmGradientAttributes } from '../../program/ops/lstm.ts';
import { at } from '../../program/tensor.ts';
import { form, type TensorflowNode } from '../emitter.ts';
import { concatenate, slice, split } from './space.ts';

type T = TensorflowNode<LstmAttributes> | TensorflowNode<LstmGradientAttributes>;

/** What a step leaves for its gradient. */
interface Step {
  readonly x: string;
  readonly cellBefore: string;
  readonly stateBefore: string;
  /** i, cs, f, o, ci, co: as the kernels give and take them. */
  readonly saved: readonly string[];
  /** Ones where the mask lets the step count, [batch, 1]. */
  readonly real: string | undefined;
}

interface Forward {
  readonly steps: readonly Step[];
  /** Everything but x that the kernels take: joined kernels, peepholes (none), bias. */
  readonly weights: readonly string[];
  /** [time, batch, n]. */
  readonly x: string;
  /** States before each step as rows [time · batch, u]. */
  readonly statesBefore: string;
}

const kernelAttributes = { T: { type: 'float32' }, use_peephole: { flag: false } } as const;
const forwardAttributes = { ...kernelAttributes, forget_bias: { float: 0 }, cell_clip: { float: 0 } } as const;
/** Places of the cell and the state among the results of a forward kernel. */
const [cellAt, stateAt] = [1, 6];

export const lstmForm = form<LstmAttributes>((t) => {
  const { batch, time, units } = sizesOf(t);
  const x = timeFirst(t, t.input(0));
  const none = t.constant({ dtype: 'float32', shape: [units], data: new Float32Array(units) });
  const kernel = concatenate(t, [reordered(t, t.input(1), 1), reordered(t, t.input(2), 1)], 0);
  const weights = [kernel, none, none, none, reordered(t, t.input(3), 0)];
  const forward = t.node.attributes.masked ? stepByStep(t, x, weights) : atOnce(t, x, weights);
  t.notes.set(noteOf(at(t.node.outputs, 0).id), forward satisfies Forward);
  t.set(timeSecond(t, forward.states));
  const last = (sequence: string): string =>
    reshape(t, slice(t, sequence, [time - 1, 0, 0], [1, batch, units]), [batch, units]);
  t.set(last(forward.states), 1);
  t.set(last(forward.cells), 2);
});

export const lstmGradientForm = form<LstmGradientAttributes>((t) => {
  const { batch, time, units, n } = sizesOf(t);
  const count = inputCount(t.node.attributes);
  const { steps, weights, x, statesBefore } = t.notes.get(noteOf(at(t.node.inputs, count).id)) as Forward;
  const slopeOf = (output: number): string | undefined => {
    const place = t.node.attributes.given.indexOf(output);
    return place < 0 ? undefined : t.input(count + 1 + place);
  };
  const sequence = slopeOf(0);
  const slopes = sequence === undefined ? [] : unstacked(t, timeFirst(t, sequence), time);
  const zero = t.constant({ dtype: 'float32', shape: [batch, units], data: new Float32Array(batch * units) });
  const recurrent = reordered(t, t.input(2), 1);
  const dzs = new Array<string>(time);
  let dh = slopeOf(1);
  let dc = slopeOf(2);
  for (let k = time - 1; k >= 0; k--) {
    const { x: own, cellBefore, stateBefore, saved, real } = at(steps, k);
    const [cell, passedCell] = masked(t, dc, real);
    const [state, passedState] = masked(t, sum(t, dh, slopes[k]), real);
    const inputs = [own, cellBefore, stateBefore, ...weights, ...saved, cell ?? zero, state ?? zero];
    const names = t.ops('LSTMBlockCellGrad', inputs, 5, kernelAttributes);
    dzs[k] = at(names, 1);
    dc = sum(t, at(names, 0), passedCell);
    dh = sum(t, product(t, at(dzs, k), recurrent, false, true), passedState);
  }
  const dz = concatenate(t, dzs, 0);
  const dx = product(t, dz, reordered(t, t.input(1), 1), false, true);
  t.set(timeSecond(t, reshape(t, dx, [time, batch, n])));
  t.set(restored(t, product(t, reshape(t, x, [time * batch, n]), dz, true, false), 1), 1);
  t.set(restored(t, product(t, statesBefore, dz, true, false), 1), 2);
  t.set(restored(t, t.typed('Sum', [dz, t.ints([0])], 'float32', { Tidx: { type: 'int32' } }), 0), 3);
  t.set(dh ?? zero, 4);
  t.set(dc ?? zero, 5);
});

/** All steps by one kernel. */
function atOnce(t: T, x: string, weights: readonly string[]) {
  const { batch, time, units } = sizesOf(t);
  const length = t.constant({ dtype: 'int64', shape: [], data: [time] });
  const [h0, c0] = [t.input(4), t.input(5)];
  const results = t.ops('BlockLSTM', [length, x, c0, h0, ...weights], 7, forwardAttributes);
  const [cells, states] = [at(results, cellAt), at(results, stateAt)];
  const inTime = results.map((name) => unstacked(t, name, time));
  const xs = unstacked(t, x, time);
  const before = (result: number, first: string, k: number): string =>
    k === 0 ? first : at(at(inTime, result), k - 1);
  const steps = Array.from(
    { length: time },
    (_, k): Step => ({
      x: at(xs, k),
      cellBefore: before(cellAt, c0, k),
      stateBefore: before(stateAt, h0, k),
      saved: inTime.slice(0, stateAt).map((list) => at(list, k)),
      real: undefined,
    }),
  );
  const first = reshape(t, h0, [1, batch, units]);
  const others = time === 1 ? [] : [slice(t, states, [0, 0, 0], [time - 1, batch, units])];
  const statesBefore = reshape(t, concatenate(t, [first, ...others], 0), [time * batch, units]);
  return { states, cells, steps, statesBefore, x, weights };
}

/** One kernel a step: where the mask is zero, the states stay as they were. */
function stepByStep(t: T, x: string, weights: readonly string[]) {
  const { batch, time, units } = sizesOf(t);
  const mask = unstacked(t, timeFirst(t, reshape(t, t.input(6), [batch, time, 1])), time);
  const xs = unstacked(t, x, time);
  const steps: Step[] = [];
  const [states, cells]: [string[], string[]] = [[], []];
  let h = t.input(4);
  let c = t.input(5);
  for (let k = 0; k < time; k++) {
    const real = at(mask, k);
    const results = t.ops('LSTMBlockCell', [at(xs, k), c, h, ...weights], 7, forwardAttributes);
    steps.push({ x: at(xs, k), cellBefore: c, stateBefore: h, saved: results.slice(0, stateAt), real });
    const counts = t.typed('Greater', [real, t.float(0)], 'float32');
    c = t.typed('SelectV2', [counts, at(results, cellAt), c], 'float32');
    h = t.typed('SelectV2', [counts, at(results, stateAt), h], 'float32');
    states.push(h);
    cells.push(c);
  }
  const stacked = (list: readonly string[]): string => reshape(t, concatenate(t, list, 0), [time, batch, units]);
  const before = steps.map((step) => step.stateBefore);
  const statesBefore = concatenate(t, before, 0);
  return { states: stacked(states), cells: stacked(cells), steps, statesBefore, x, weights };
}

/** The part of a slope that goes through the step, and the part that passes it. */
function masked(
  t: T,
  slope: string | undefined,
  real: string | undefined,
): readonly [string | undefined, string | undefined] {
  if (slope === undefined || real === undefined) return [slope, undefined];
  const through = t.typed('Mul', [slope, real], 'float32');
  return [through, t.typed('Sub', [slope, through], 'float32')];
}

function noteOf(sequence: number): string {
  return `lstm ${sequence}`;
}

function sizesOf(t: T) {
  const [batch = 1, time = 1, n = 1] = at(t.node.inputs, 0).shape;
  return { batch, time, n, units: at(at(t.node.inputs, 2).shape, 0) };
}

/** [batch, time, …] becomes [time, batch, …] in the order of reading. */
function timeFirst(t: T, name: string): string {
  return reversed(t, turned(t, name));
}

function timeSecond(t: T, name: string): string {
  return turned(t, reversed(t, name));
}

function turned(t: T, name: string): string {
  return t.typed('Transpose', [name, t.ints([1, 0, 2])], 'float32', { Tperm: { type: 'int32' } });
}

function reversed(t: T, name: string): string {
  if (!t.node.attributes.backwards) return name;
  return t.typed('ReverseV2', [name, t.ints([0])], 'float32', { Tidx: { type: 'int32' } });
}

/** Gates in Keras' order along an axis come into the kernels' order. */
function reordered(t: T, name: string, axis: number): string {
  const key = `lstm order ${name}`;
  const before = t.notes.get(key);
  if (typeof before === 'string') return before;
  const [i = '', f = '', c = '', o = ''] = split(t, name, axis, 4);
  const made = concatenate(t, [i, c, f, o], axis);
  t.notes.set(key, made);
  return made;
}

/** The same two places change again. */
const restored = reordered;

function sum(t: T, a: string | undefined, b: string | undefined): string | undefined {
  return a !== undefined && b !== undefined ? t.typed('AddV2', [a, b], 'float32') : (a ?? b);
}

function unstacked(t: T, name: string, steps: number): readonly string[] {
  return t.ops('Unpack', [name], steps, { T: { type: 'float32' }, num: { int: steps }, axis: { int: 0 } });
}

function product(t: T, a: string, b: string, transposeA: boolean, transposeB: boolean): string {
  const attributes = { transpose_a: { flag: transposeA }, transpose_b: { flag: transposeB } };
  return t.typed('MatMul', [a, b], 'float32', attributes);
}

function reshape(t: T, name: string, shape: readonly number[]): string {
  return t.typed('Reshape', [name, t.ints(shape)], 'float32', { Tshape: { type: 'int32' } });
}
