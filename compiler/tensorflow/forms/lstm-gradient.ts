/**
 * The gradient of an LSTM on TensorFlow: one kernel and one product a step, the weights' slopes as products over all steps,
 * each lane of the batch by itself.
 */
import { inputCount, type LstmGradientAttributes } from '../../program/ops/lstm.ts';
import { at } from '../../program/tensor.ts';
import { form } from '../emitter.ts';
import {
  type Forward,
  kernelAttributes,
  type Lane,
  laneOf,
  noteOf,
  product,
  reordered,
  reshape,
  sizesOf,
  sum,
  type T,
  timeFirst,
  timeSecond,
  unstacked,
} from './lstm-parts.ts';
import { concatenate, slice } from './space.ts';

/** Gates come back into Keras' order as they left it: the same two places change again. */
const restored = reordered;

export const lstmGradientForm = form<LstmGradientAttributes>((t) => {
  const count = inputCount(t.node.attributes);
  const lanes = t.notes.get(noteOf(at(t.node.inputs, count).id)) as readonly Forward[];
  const slopeOf = (output: number): string | undefined => {
    const place = t.node.attributes.given.indexOf(output);
    return place < 0 ? undefined : t.input(count + 1 + place);
  };
  const sequence = slopeOf(0);
  const slopes: Slopes = {
    sequence: sequence === undefined ? undefined : timeFirst(t, sequence),
    state: slopeOf(1),
    cell: slopeOf(2),
  };
  const all = lanes.map((lane) => laneGradient(t, lane, slopes));
  const added = (name: 'kernel' | 'recurrent' | 'bias', axis: number): string =>
    restored(
      t,
      all.map((lane) => lane[name]).reduce((a, b) => sum(t, a, b) ?? a),
      axis,
    );
  const joined = (name: 'x' | 'state' | 'cell', axis: number): string =>
    concatenate(
      t,
      all.map((lane) => lane[name]),
      axis,
    );
  const results = [
    timeSecond(t, joined('x', 1)),
    added('kernel', 1),
    added('recurrent', 1),
    added('bias', 0),
    joined('state', 0),
    joined('cell', 0),
  ];
  for (const [place, name] of results.entries()) t.set(name, place);
});

/** What the layer's outputs are asked for; time is the first axis of the sequence. */
interface Slopes {
  readonly sequence: string | undefined;
  readonly state: string | undefined;
  readonly cell: string | undefined;
}

interface LaneSlopes {
  readonly x: string;
  readonly kernel: string;
  readonly recurrent: string;
  readonly bias: string;
  readonly state: string;
  readonly cell: string;
}

function laneGradient(t: T, lane: Forward, slopes: Slopes): LaneSlopes {
  const { time, units, n } = sizesOf(t);
  const { steps, weights, x, states, before, size } = lane;
  const zero = t.constant({ dtype: 'float32', shape: [size, units], data: new Float32Array(size * units) });
  const sequence =
    slopes.sequence === undefined ? [] : unstacked(t, laneOf(t, lane, slopes.sequence, [time, 0, units], 1), time);
  const ownPart = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : laneOf(t, lane, name, [0, units], 0);
  const recurrent = reordered(t, t.input(2), 1);
  const dzs = new Array<string>(time);
  let dh = ownPart(slopes.state);
  let dc = ownPart(slopes.cell);
  for (let k = time - 1; k >= 0; k--) {
    const { x: own, cellBefore, stateBefore, saved, real } = at(steps, k);
    const [cell, passedCell] = masked(t, dc, real);
    const [state, passedState] = masked(t, sum(t, dh, sequence[k]), real);
    const inputs = [own, cellBefore, stateBefore, ...weights, ...saved, cell ?? zero, state ?? zero];
    const names = t.ops('LSTMBlockCellGrad', inputs, 5, kernelAttributes);
    dzs[k] = at(names, 1);
    dc = sum(t, at(names, 0), passedCell);
    dh = sum(t, product(t, at(dzs, k), recurrent, false, true), passedState);
  }
  const dz = concatenate(t, dzs, 0);
  const dx = product(t, dz, reordered(t, t.input(1), 1), false, true);
  return {
    x: reshape(t, dx, [time, size, n]),
    kernel: product(t, reshape(t, x, [time * size, n]), dz, true, false),
    recurrent: recurrentSlope(t, lane, reshape(t, states, [time * size, units]), before, dz),
    bias: t.typed('BiasAddGrad', [dz], 'float32'),
    state: dh ?? zero,
    cell: dc ?? zero,
  };
}

/** By the states before each step: the first, and those after all others, which are rows of one tensor: nothing is copied. */
function recurrentSlope(t: T, { size }: Lane, states: string, before: string, dz: string): string {
  const { time, units } = sizesOf(t);
  const first = product(t, before, slice(t, dz, [0, 0], [size, 4 * units]), true, false);
  if (time === 1) return first;
  const rows = (time - 1) * size;
  const others = slice(t, dz, [size, 0], [rows, 4 * units]);
  return sum(t, first, product(t, slice(t, states, [0, 0], [rows, units]), others, true, false)) ?? first;
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
