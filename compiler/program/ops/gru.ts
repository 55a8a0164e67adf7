/**
 * A GRU over a whole sequence with tanh and sigmoid that resets the old state after its matrix, gates in Keras' order (update,
 * reset, content): x [batch, time, n], kernel [n, 3u], recurrent [u, 3u], bias [2, 3u] (of the input and of the state), the state
 * before [batch, u] and, where `masked`, a mask [batch, time] of ones and zeros. Gives the states of all steps [batch, time, u]
 * and the last one. Engines unroll it in their own way.
 */
import { gruGradientOnnx, gruOnnx } from '../../onnx/gru.ts';
import type { Graph } from '../graph.ts';
import type { NdArray } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor, type TensorInfo } from '../tensor.ts';

export interface GruAttributes extends Attributes {
  readonly backwards: boolean;
  readonly masked: boolean;
}

export interface GruGradientAttributes extends GruAttributes {
  /** Which of the two results have a slope; these follow the first result among the inputs. */
  readonly given: readonly number[];
}

/** Inputs of the forward step. */
export const gruInputs = ({ masked }: { readonly masked: boolean }): number => (masked ? 6 : 5);

export const gruOp = primitive<GruAttributes>({
  name: 'gru',
  result([x, , recurrent]) {
    if (!x || !recurrent) return [];
    const [batch, time, units] = [at(x.shape, 0), at(x.shape, 1), at(recurrent.shape, 0)];
    const state: TensorInfo = { dtype: 'float32', shape: [batch, units] };
    return [{ dtype: 'float32', shape: [batch, time, units] }, state];
  },
  macs: ([x, kernel, recurrent]) =>
    x && kernel && recurrent ? at(x.shape, 0) * at(x.shape, 1) * (sizeOf(kernel.shape) + sizeOf(recurrent.shape)) : 0,
  evaluate(inputs, { backwards }) {
    const { batch, time, units } = sizes(inputs);
    const steps = run(inputs, backwards);
    const sequence = new Float64Array(batch * time * units);
    for (const { t, h } of steps) {
      for (let b = 0; b < batch; b++) {
        sequence.set(h.subarray(b * units, (b + 1) * units), (b * time + t) * units);
      }
    }
    return [sequence, at(steps, -1).h];
  },
  gradient(g, { inputs, outputs, attributes }, slopes) {
    const given = slopes.flatMap((slope, i) => (slope ? [i] : []));
    const known = slopes.filter((slope) => slope !== undefined);
    return g.apply(gruGradientOp, [...inputs, at(outputs, 0), ...known], { ...attributes, given });
  },
  onnx: gruOnnx,
});

/** From all inputs, the first result and the slopes that there are: the slopes of the first five inputs. */
export const gruGradientOp = primitive<GruGradientAttributes>({
  name: 'gruGradient',
  result: (inputs) => inputs.slice(0, 5).map(({ dtype, shape }) => ({ dtype, shape })),
  macs: ([x, kernel, recurrent]) =>
    x && kernel && recurrent
      ? 2 * at(x.shape, 0) * at(x.shape, 1) * (sizeOf(kernel.shape) + sizeOf(recurrent.shape))
      : 0,
  evaluate(inputs, attributes) {
    const { backwards, given } = attributes;
    const count = gruInputs(attributes);
    const slopeOf = (output: number): NdArray | undefined => {
      const place = given.indexOf(output);
      return place < 0 ? undefined : at(inputs, count + 1 + place);
    };
    const read = inputs.slice(0, count);
    return differentiate(read, run(read, backwards), slopeOf(0), slopeOf(1));
  },
  onnx: gruGradientOnnx,
});

export interface GruInputs {
  readonly x: Tensor;
  readonly kernel: Tensor;
  readonly recurrent: Tensor;
  readonly bias: Tensor;
  readonly h: Tensor;
  readonly mask?: Tensor;
}

export function gru(
  g: Graph,
  { x, kernel, recurrent, bias, h, mask }: GruInputs,
  backwards: boolean,
): { readonly sequence: Tensor; readonly h: Tensor } {
  const read = [x, kernel, recurrent, bias, h, ...(mask ? [mask] : [])];
  const results = g.apply(gruOp, read, { backwards, masked: mask !== undefined });
  return { sequence: at(results, 0), h: at(results, 1) };
}

function sizes(inputs: readonly TensorInfo[]) {
  const { shape } = at(inputs, 0);
  return { batch: at(shape, 0), time: at(shape, 1), n: at(shape, 2), units: at(at(inputs, 2).shape, 0) };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Step {
  readonly t: number;
  readonly h0: Float64Array;
  readonly update: Float64Array;
  readonly reset: Float64Array;
  readonly content: Float64Array;
  /** What the old state adds to the content before it is reset. */
  readonly shown: Float64Array;
  readonly h: Float64Array;
}

/** The steps in the order in which they are taken. */
function run(inputs: readonly NdArray[], backwards: boolean): readonly Step[] {
  const { batch, time, n, units } = sizes(inputs);
  const [x, kernel, recurrent, bias, , mask] = inputs.map((input) => input.data);
  if (!x || !kernel || !recurrent || !bias) return [];
  const width = 3 * units;
  let h = at(inputs, 4).data;
  const steps: Step[] = [];
  for (let k = 0; k < time; k++) {
    const t = backwards ? time - 1 - k : k;
    const empty = (): Float64Array => new Float64Array(batch * units);
    const step = { t, h0: h, update: empty(), reset: empty(), content: empty(), shown: empty(), h: empty() };
    for (let b = 0; b < batch; b++) {
      for (let u = 0; u < units; u++) {
        const fromInput = (q: number): number => {
          let z = at(bias, q * units + u);
          for (let i = 0; i < n; i++) z += at(x, (b * time + t) * n + i) * at(kernel, i * width + q * units + u);
          return z;
        };
        const fromState = (q: number): number => {
          let z = at(bias, width + q * units + u);
          for (let i = 0; i < units; i++) {
            z += at(step.h0, b * units + i) * at(recurrent, i * width + q * units + u);
          }
          return z;
        };
        const place = b * units + u;
        const update = sigmoid(fromInput(0) + fromState(0));
        const reset = sigmoid(fromInput(1) + fromState(1));
        const shown = fromState(2);
        const content = Math.tanh(fromInput(2) + reset * shown);
        const old = at(step.h0, place);
        const fresh = update * old + (1 - update) * content;
        const real = mask ? at(mask, b * time + t) : 1;
        step.update[place] = update;
        step.reset[place] = reset;
        step.shown[place] = shown;
        step.content[place] = content;
        step.h[place] = real * fresh + (1 - real) * old;
      }
    }
    steps.push(step);
    h = step.h;
  }
  return steps;
}

function differentiate(
  inputs: readonly NdArray[],
  steps: readonly Step[],
  dSequence: NdArray | undefined,
  dLast: NdArray | undefined,
): readonly Float64Array[] {
  const { batch, time, n, units } = sizes(inputs);
  const [x, kernel, recurrent, bias, , mask] = inputs.map((input) => input.data);
  if (!x || !kernel || !recurrent || !bias) return [];
  const width = 3 * units;
  const [dx, dKernel, dRecurrent, dBias] = [x, kernel, recurrent, bias].map((data) => new Float64Array(data.length));
  if (!dx || !dKernel || !dRecurrent || !dBias) return [];
  const add = (target: Float64Array, place: number, value: number): void => {
    target[place] = at(target, place) + value;
  };
  let dh = dLast ? dLast.data.slice() : new Float64Array(batch * units);
  for (const { t, h0, update, reset, content, shown } of [...steps].reverse()) {
    const next = new Float64Array(batch * units);
    for (let b = 0; b < batch; b++) {
      const real = mask ? at(mask, b * time + t) : 1;
      for (let u = 0; u < units; u++) {
        const place = b * units + u;
        const total = at(dh, place) + (dSequence ? at(dSequence.data, (b * time + t) * units + u) : 0);
        const through = total * real;
        const [z, r, c, s] = [at(update, place), at(reset, place), at(content, place), at(shown, place)];
        const dUpdate = through * (at(h0, place) - c) * z * (1 - z);
        const dContent = through * (1 - z) * (1 - c * c);
        const dReset = dContent * s * r * (1 - r);
        add(next, place, total * (1 - real) + through * z);
        [dUpdate, dReset, dContent].forEach((slope, q) => {
          const column = q * units + u;
          const ofState = q === 2 ? slope * r : slope;
          add(dBias, column, slope);
          add(dBias, width + column, ofState);
          for (let i = 0; i < n; i++) {
            const from = (b * time + t) * n + i;
            add(dKernel, i * width + column, slope * at(x, from));
            add(dx, from, slope * at(kernel, i * width + column));
          }
          for (let i = 0; i < units; i++) {
            add(dRecurrent, i * width + column, ofState * at(h0, b * units + i));
            add(next, b * units + i, ofState * at(recurrent, i * width + column));
          }
        });
      }
    }
    dh = next;
  }
  return [dx, dKernel, dRecurrent, dBias, dh];
}
