/**
 * A GRU on TensorFlow, unrolled: what the gates take of the input as one product over all steps, of the state one product a
 * step, and the slopes of the weights as products over all steps. Inside, time is the first axis and runs as the layer reads.
 * Parts of the batch are read in lanes of their own where several operations may run at once.
 */
import { type GruAttributes, type GruGradientAttributes, gruInputs } from '../../program/ops/gru.ts';
import { at } from '../../program/tensor.ts';
import { form } from '../emitter.ts';
import {
  type Lane,
  laneOf,
  lanesOf,
  product,
  reshape,
  sizesOf,
  sum,
  type T,
  timeFirst,
  timeSecond,
  unstacked,
} from './lstm-parts.ts';
import { concatenate, split } from './space.ts';

/** What a step leaves for its gradient. */
interface Step {
  readonly before: string;
  readonly update: string;
  readonly reset: string;
  readonly content: string;
  /** What the old state adds to the content before it is reset. */
  readonly shown: string;
  /** Ones where the mask lets the step count, [batch, 1]. */
  readonly real: string | undefined;
}

interface Forward extends Lane {
  readonly steps: readonly Step[];
  /** Inputs of all steps as rows. */
  readonly rows: string;
  /** The state after each step. */
  readonly states: readonly string[];
}

export const gruForm = form<GruAttributes>((t) => {
  const { batch, time, units } = sizesOf(t);
  const x = timeFirst(t, t.input(0));
  const biases = split(t, t.input(3), 0, 2).map((row) => reshape(t, row, [3 * units]));
  const lanes = lanesOf(t.lanes, batch).map((lane) => laneForward(t, lane, x, biases));
  t.notes.set(`gru ${at(t.node.outputs, 0).id}`, lanes satisfies readonly Forward[]);
  const sequences = lanes.map(({ states, size }) => reshape(t, concatenate(t, states, 0), [time, size, units]));
  t.set(timeSecond(t, concatenate(t, sequences, 1)));
  t.set(
    concatenate(
      t,
      lanes.map(({ states }) => at(states, time - 1)),
      0,
    ),
    1,
  );
});

function laneForward(t: T, lane: Lane, x: string, [inputBias = '', stateBias = '']: readonly string[]): Forward {
  const { batch, time, n, units } = sizesOf(t);
  const rows = reshape(t, laneOf(t, lane, x, [time, 0, n], 1), [time * lane.size, n]);
  const biased = (name: string, bias: string): string => t.typed('BiasAdd', [name, bias], 'float32');
  const all = biased(product(t, rows, t.input(1), false, false), inputBias);
  const projected = unstacked(t, reshape(t, all, [time, lane.size, 3 * units]), time);
  const masks = t.node.attributes.masked
    ? unstacked(t, laneOf(t, lane, timeFirst(t, reshape(t, t.input(5), [batch, time, 1])), [time, 0, 1], 1), time)
    : undefined;
  const steps: Step[] = [];
  const states: string[] = [];
  let h = laneOf(t, lane, t.input(4), [0, units], 0);
  for (let k = 0; k < time; k++) {
    const fromState = split(t, biased(product(t, h, t.input(2), false, false), stateBias), 1, 3);
    const fromInput = split(t, at(projected, k), 1, 3);
    const added = (gate: number): string => two(t, 'AddV2', at(fromInput, gate), at(fromState, gate));
    const [update, reset] = [t.typed('Sigmoid', [added(0)], 'float32'), t.typed('Sigmoid', [added(1)], 'float32')];
    const shown = at(fromState, 2);
    const left = two(t, 'AddV2', at(fromInput, 2), two(t, 'Mul', reset, shown));
    const content = t.typed('Tanh', [left], 'float32');
    const real = masks?.[k];
    steps.push({ before: h, update, reset, content, shown, real });
    const fresh = two(t, 'AddV2', content, two(t, 'Mul', update, two(t, 'Sub', h, content)));
    h = real === undefined ? fresh : two(t, 'AddV2', h, two(t, 'Mul', two(t, 'Sub', fresh, h), real));
    states.push(h);
  }
  return { ...lane, steps, rows, states };
}

export const gruGradientForm = form<GruGradientAttributes>((t) => {
  const { units } = sizesOf(t);
  const count = gruInputs(t.node.attributes);
  const lanes = t.notes.get(`gru ${at(t.node.inputs, count).id}`) as readonly Forward[];
  const slopeOf = (output: number): string | undefined => {
    const place = t.node.attributes.given.indexOf(output);
    return place < 0 ? undefined : t.input(count + 1 + place);
  };
  const sequence = slopeOf(0);
  const inTime = sequence === undefined ? undefined : timeFirst(t, sequence);
  const all = lanes.map((lane) => laneGradient(t, lane, inTime, slopeOf(1)));
  const joined = (name: 'x' | 'state', axis: number): string =>
    concatenate(
      t,
      all.map((lane) => lane[name]),
      axis,
    );
  const added = (name: 'kernel' | 'recurrent' | 'inputBias' | 'stateBias'): string =>
    all.map((lane) => lane[name]).reduce((a, b) => two(t, 'AddV2', a, b));
  const biases = [added('inputBias'), added('stateBias')].map((name) => reshape(t, name, [1, 3 * units]));
  t.set(timeSecond(t, joined('x', 1)));
  t.set(added('kernel'), 1);
  t.set(added('recurrent'), 2);
  t.set(concatenate(t, biases, 0), 3);
  t.set(joined('state', 0), 4);
});

function laneGradient(t: T, lane: Forward, sequence: string | undefined, last: string | undefined) {
  const { time, n, units } = sizesOf(t);
  const { steps, rows, size } = lane;
  const slopes = sequence === undefined ? [] : unstacked(t, laneOf(t, lane, sequence, [time, 0, units], 1), time);
  const zero = t.constant({ dtype: 'float32', shape: [size, units], data: new Float32Array(size * units) });
  const one = t.float(1);
  const [ofInputs, ofStates] = [new Array<string>(time), new Array<string>(time)];
  let dh = last === undefined ? undefined : laneOf(t, lane, last, [0, units], 0);
  for (let k = time - 1; k >= 0; k--) {
    const { before, update, reset, content, shown, real } = at(steps, k);
    const total: string = sum(t, dh, slopes[k]) ?? zero;
    const through: string = real === undefined ? total : two(t, 'Mul', total, real);
    const passed: string | undefined = real === undefined ? undefined : two(t, 'Sub', total, through);
    const ofContent = two(t, 'TanhGrad', content, two(t, 'Mul', through, two(t, 'Sub', one, update)));
    const ofReset = two(t, 'SigmoidGrad', reset, two(t, 'Mul', ofContent, shown));
    const ofUpdate = two(t, 'SigmoidGrad', update, two(t, 'Mul', through, two(t, 'Sub', before, content)));
    const ofState = concatenate(t, [ofUpdate, ofReset, two(t, 'Mul', ofContent, reset)], 1);
    ofInputs[k] = concatenate(t, [ofUpdate, ofReset, ofContent], 1);
    ofStates[k] = ofState;
    const back = two(t, 'AddV2', two(t, 'Mul', through, update), product(t, ofState, t.input(2), false, true));
    dh = sum(t, back, passed);
  }
  const [ofInput, ofState] = [concatenate(t, ofInputs, 0), concatenate(t, ofStates, 0)];
  const before = steps.map((step) => step.before);
  return {
    x: reshape(t, product(t, ofInput, t.input(1), false, true), [time, size, n]),
    kernel: product(t, rows, ofInput, true, false),
    recurrent: product(t, concatenate(t, before, 0), ofState, true, false),
    inputBias: t.typed('BiasAddGrad', [ofInput], 'float32'),
    stateBias: t.typed('BiasAddGrad', [ofState], 'float32'),
    state: dh ?? zero,
  };
}

function two(t: T, operation: string, a: string, b: string): string {
  return t.typed(operation, [a, b], 'float32');
}
