/**
 * An LSTM by TensorFlow's kernels: all time in one (with a mask: one kernel a step). Inside, time is the first axis and runs as
 * the layer reads, and the gates stand in the kernels' order: input, cell, forget, output. Where several operations may run at
 * once, parts of the batch are read in lanes of their own: a step's products are too small to be shared out.
 */
import type { LstmAttributes } from '../../program/ops/lstm.ts';
import { at } from '../../program/tensor.ts';
import { form } from '../emitter.ts';
import {
  type Forward,
  kernelAttributes,
  type Lane,
  laneOf,
  lanesOf,
  noteOf,
  reordered,
  reshape,
  type Step,
  sizesOf,
  type T,
  timeFirst,
  timeSecond,
  unstacked,
} from './lstm-parts.ts';
import { concatenate, slice } from './space.ts';

const forwardAttributes = { ...kernelAttributes, forget_bias: { float: 0 }, cell_clip: { float: 0 } } as const;
/** Places of the cell and the state among the results of a forward kernel. */
const [cellAt, stateAt] = [1, 6];

export const lstmForm = form<LstmAttributes>((t) => {
  const { batch, time, units } = sizesOf(t);
  const x = timeFirst(t, t.input(0));
  const none = t.constant({ dtype: 'float32', shape: [units], data: new Float32Array(units) });
  const kernel = concatenate(t, [reordered(t, t.input(1), 1), reordered(t, t.input(2), 1)], 0);
  const weights = [kernel, none, none, none, reordered(t, t.input(3), 0)];
  const lanes = lanesOf(t.lanes, batch).map((lane) =>
    t.node.attributes.masked ? stepByStep(t, lane, x, weights) : atOnce(t, lane, x, weights),
  );
  t.notes.set(noteOf(at(t.node.outputs, 0).id), lanes satisfies readonly Forward[]);
  const last = ({ size }: Forward, sequence: string): string =>
    reshape(t, slice(t, sequence, [time - 1, 0, 0], [1, size, units]), [size, units]);
  const states = lanes.map((lane) => lane.states);
  t.set(timeSecond(t, concatenate(t, states, 1)));
  for (const [place, name] of (['states', 'cells'] as const).entries()) {
    const ends = lanes.map((lane) => last(lane, lane[name]));
    t.set(concatenate(t, ends, 0), place + 1);
  }
});

/** All steps by one kernel. */
function atOnce(t: T, lane: Lane, all: string, weights: readonly string[]): Forward {
  const { time, units, n } = sizesOf(t);
  const length = t.constant({ dtype: 'int64', shape: [], data: [time] });
  const x = laneOf(t, lane, all, [time, 0, n], 1);
  const [h0, c0] = [laneOf(t, lane, t.input(4), [0, units], 0), laneOf(t, lane, t.input(5), [0, units], 0)];
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
  return { ...lane, states, cells, steps, before: h0, x, weights };
}

/** One kernel a step: where the mask is zero, the states stay as they were. */
function stepByStep(t: T, lane: Lane, all: string, weights: readonly string[]): Forward {
  const { batch, time, units, n } = sizesOf(t);
  const masks = laneOf(t, lane, timeFirst(t, reshape(t, t.input(6), [batch, time, 1])), [time, 0, 1], 1);
  const mask = unstacked(t, masks, time);
  const x = laneOf(t, lane, all, [time, 0, n], 1);
  const xs = unstacked(t, x, time);
  const steps: Step[] = [];
  const [states, cells]: [string[], string[]] = [[], []];
  const h0 = laneOf(t, lane, t.input(4), [0, units], 0);
  let h = h0;
  let c = laneOf(t, lane, t.input(5), [0, units], 0);
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
  const stacked = (list: readonly string[]): string => reshape(t, concatenate(t, list, 0), [time, lane.size, units]);
  return { ...lane, states: stacked(states), cells: stacked(cells), steps, before: h0, x, weights };
}
