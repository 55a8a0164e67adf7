/**
 * An LSTM over a whole sequence with tanh and sigmoid, gates in Keras' order (input, forget, cell, output): x [batch, time, n],
 * kernel [n, 4u], recurrent [u, 4u], bias [4u], the states before [batch, u] and, where `masked`, a mask [batch, time] of ones
 * and zeros. Gives the states of all steps [batch, time, u] and the last h and c. Engines unroll it in their own way.
 */
import { lstmGradientOnnx, lstmOnnx } from '../../onnx/lstm.ts';
import type { Graph } from '../graph.ts';
import type { NdArray } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor, type TensorInfo } from '../tensor.ts';

export interface LstmAttributes extends Attributes {
  readonly backwards: boolean;
  readonly masked: boolean;
}

export interface LstmGradientAttributes extends LstmAttributes {
  /** Which of the three results have a slope; these follow the first result among the inputs. */
  readonly given: readonly number[];
}

/** Inputs of the forward step. */
export const inputCount = ({ masked }: { readonly masked: boolean }): number => (masked ? 7 : 6);
export const lstmOp = primitive<LstmAttributes>({
  name: 'lstm',
  result([x, , recurrent]) {
    if (!x || !recurrent) return [];
    const [batch, time, units] = [at(x.shape, 0), at(x.shape, 1), at(recurrent.shape, 0)];
    const state: TensorInfo = { dtype: 'float32', shape: [batch, units] };
    return [{ dtype: 'float32', shape: [batch, time, units] }, state, state];
  },
  macs: ([x, kernel, recurrent]) =>
    x && kernel && recurrent ? at(x.shape, 0) * at(x.shape, 1) * (sizeOf(kernel.shape) + sizeOf(recurrent.shape)) : 0,
  evaluate(inputs, { backwards }) {
    const { batch, units } = sizes(inputs);
    const steps = run(inputs, backwards);
    const last = at(steps, -1);
    return [stacked(steps, batch, units), last.h, last.c];
  },
  gradient(g, { inputs, outputs, attributes }, slopes) {
    const given = slopes.flatMap((slope, i) => (slope ? [i] : []));
    const known = slopes.filter((slope) => slope !== undefined);
    const { backwards, masked } = attributes;
    const read = [...inputs, at(outputs, 0), ...known];
    return g.apply(lstmGradientOp, read, { backwards, masked: masked, given });
  },
  onnx: lstmOnnx,
});
/** From all inputs, the first result and the slopes that there are: the slopes of the first six inputs. */
export const lstmGradientOp = primitive<LstmGradientAttributes>({
  name: 'lstmGradient',
  result: (inputs) => inputs.slice(0, 6).map(({ dtype, shape }) => ({ dtype, shape: shape })),
  macs: ([x, kernel, recurrent]) =>
    x && kernel && recurrent
      ? 2 * at(x.shape, 0) * at(x.shape, 1) * (sizeOf(kernel.shape) + sizeOf(recurrent.shape))
      : 0,
  evaluate(inputs, attributes) {
    const { backwards, given } = attributes;
    const slopes = given.map((_, i) => at(inputs, inputCount(attributes) + 1 + i));
    const slopeOf = (output: number): NdArray | undefined => slopes[given.indexOf(output)];
    const read = inputs.slice(0, inputCount(attributes));
    return differentiate(read, run(read, backwards), [slopeOf(0), slopeOf(1), slopeOf(2)]);
  },
  onnx: lstmGradientOnnx,
});
export interface LstmInputs {
  readonly x: Tensor;
  readonly kernel: Tensor;
  readonly recurrent: Tensor;
  readonly bias: Tensor;
  readonly h: Tensor;
  readonly c: Tensor;
  readonly mask?: Tensor;
}

export function lstm(
  g: Graph,
  inputs: LstmInputs,
  backwards: boolean,
): { readonly sequence: Tensor; readonly h: Tensor; readonly c: Tensor } {
  const { x, kernel, recurrent, bias, h, c, mask } = inputs;
  const read = [x, kernel, recurrent, bias, h, c, ...(mask ? [mask] : [])];
  const results = g.apply(lstmOp, read, { backwards, masked: mask !== undefined });
  return { sequence: at(results, 0), h: at(results, 1), c: at(results, 2) };
}
function sizes(inputs: readonly TensorInfo[]) {
  const { shape } = at(inputs, 0);
  return { batch: at(shape, 0), time: at(shape, 1), n: at(shape, 2), units: at(at(inputs, 2).shape, 0) };
}
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
interface Step {
  readonly t: number;
  readonly h0: Float64Array;
  readonly c0: Float64Array;
  readonly gates: readonly Float64Array[];
  /** The cell before a mask keeps the old one. */
  readonly fresh: Float64Array;
  readonly h: Float64Array;
  readonly c: Float64Array;
}

/** The steps in the order in which they are taken. */
function run(inputs: readonly NdArray[], backwards: boolean): readonly Step[] {
  const { batch, time, n, units } = sizes(inputs);
  const [x, kernel, recurrent, bias, , , mask] = inputs.map((input) => input.data);
  if (!x || !kernel || !recurrent || !bias) return [];
  let [h, c] = [at(inputs, 4).data, at(inputs, 5).data];
  const steps: Step[] = [];
  for (let k = 0; k < time; k++) {
    const t = backwards ? time - 1 - k : k;
    const empty = (): Float64Array => new Float64Array(batch * units);
    const gates = [empty(), empty(), empty(), empty()];
    const [fresh, nextH, nextC] = [empty(), empty(), empty()];
    for (let b = 0; b < batch; b++) {
      for (let u = 0; u < units; u++) {
        const place = b * units + u;
        gates.forEach((gate, q) => {
          const column = q * units + u;
          let z = at(bias, column);
          for (let i = 0; i < n; i++) z += at(x, (b * time + t) * n + i) * at(kernel, i * 4 * units + column);
          for (let i = 0; i < units; i++) z += at(h, b * units + i) * at(recurrent, i * 4 * units + column);
          gate[place] = q === 2 ? Math.tanh(z) : sigmoid(z);
        });
        const [i = 0, f = 0, g = 0, o = 0] = gates.map((gate) => at(gate, place));
        const cell = f * at(c, place) + i * g;
        fresh[place] = cell;
        const real = mask ? at(mask, b * time + t) : 1;
        nextC[place] = real * cell + (1 - real) * at(c, place);
        nextH[place] = real * o * Math.tanh(cell) + (1 - real) * at(h, place);
      }
    }
    steps.push({ t, h0: h, c0: c, gates, fresh, h: nextH, c: nextC });
    [h, c] = [nextH, nextC];
  }
  return steps;
}
function stacked(steps: readonly Step[], batch: number, units: number): Float64Array {
  const result = new Float64Array(batch * steps.length * units);
  for (const { t, h } of steps) {
    for (let b = 0; b < batch; b++) {
      result.set(h.subarray(b * units, (b + 1) * units), (b * steps.length + t) * units);
    }
  }
  return result;
}
function differentiate(
  inputs: readonly NdArray[],
  steps: readonly Step[],
  [dSequence, dLastH, dLastC]: readonly (NdArray | undefined)[],
): readonly Float64Array[] {
  const { batch, time, n, units } = sizes(inputs);
  const [x, kernel, recurrent, bias, , , mask] = inputs.map((input) => input.data);
  if (!x || !kernel || !recurrent || !bias) return [];
  const [dx, dKernel, dRecurrent, dBias] = [x, kernel, recurrent, bias].map((data) => new Float64Array(data.length));
  if (!dx || !dKernel || !dRecurrent || !dBias) return [];
  const add = (target: Float64Array, place: number, value: number): void => {
    target[place] = at(target, place) + value;
  };
  let dh = dLastH ? dLastH.data.slice() : new Float64Array(batch * units);
  let dc = dLastC ? dLastC.data.slice() : new Float64Array(batch * units);
  for (const step of [...steps].reverse()) {
    const [nextDh, nextDc] = [new Float64Array(batch * units), new Float64Array(batch * units)];
    for (let b = 0; b < batch; b++) {
      const real = mask ? at(mask, b * time + step.t) : 1;
      for (let u = 0; u < units; u++) {
        const place = b * units + u;
        const total = at(dh, place) + (dSequence ? at(dSequence.data, (b * time + step.t) * units + u) : 0);
        const [i = 0, f = 0, g = 0, o = 0] = step.gates.map((gate) => at(gate, place));
        const shown = Math.tanh(at(step.fresh, place));
        const dOut = total * real;
        const dCell = at(dc, place) * real + dOut * o * (1 - shown * shown);
        add(nextDh, place, total * (1 - real));
        add(nextDc, place, at(dc, place) * (1 - real) + dCell * f);
        const dz = [
          dCell * g * i * (1 - i),
          dCell * at(step.c0, place) * f * (1 - f),
          dCell * i * (1 - g * g),
          dOut * shown * o * (1 - o),
        ];
        dz.forEach((slope, q) => {
          const column = q * units + u;
          add(dBias, column, slope);
          for (let k = 0; k < n; k++) {
            const from = (b * time + step.t) * n + k;
            add(dKernel, k * 4 * units + column, slope * at(x, from));
            add(dx, from, slope * at(kernel, k * 4 * units + column));
          }
          for (let k = 0; k < units; k++) {
            add(dRecurrent, k * 4 * units + column, slope * at(step.h0, b * units + k));
            add(nextDh, b * units + k, slope * at(recurrent, k * 4 * units + column));
          }
        });
      }
    }
    [dh, dc] = [nextDh, nextDc];
  }
  return [dx, dKernel, dRecurrent, dBias, dh, dc];
}
