/**
 * A whole LSTM over time, with tanh and sigmoid: x [time, batch, n], kernel [n, 4u], recurrent [u, 4u], bias [4u] and the
 * states before the first step [batch, u], gates in Keras' order (input, forget, cell, output). Results: h and c of every
 * step [time, batch, u] and the gates after their activations [time, batch, 4u], which the gradient needs.
 * Engines have kernels for the forward step, and the gradient of the weights is one product over all steps.
 */
import { lstmGradientOnnx, lstmOnnx } from '../../onnx/lstm.ts';
import type { Graph } from '../graph.ts';
import type { NdArray } from '../ndarray.ts';
import { at, primitive, sizeOf, type Tensor, type TensorInfo } from '../tensor.ts';
import { constantOf } from './constant.ts';

export const lstmOp = primitive({
  name: 'lstm',
  result([x, , recurrent]) {
    if (!x || !recurrent) return [];
    const { time, batch, units } = sizesOf(x, recurrent);
    const state: TensorInfo = { dtype: 'float32', shape: [time, batch, units] };
    return [state, state, { dtype: 'float32', shape: [time, batch, 4 * units] }];
  },
  macs: ([x, kernel, recurrent]) =>
    x && kernel && recurrent
      ? at(x.shape, 0) * at(x.shape, 1) * (sizeOf(kernel.shape) + sizeOf(recurrent.shape))
      : 0,
  evaluate([x, kernel, recurrent, bias, h0, c0]) {
    if (!x || !kernel || !recurrent || !bias || !h0 || !c0) return [];
    const { time, batch, units } = sizesOf(x, recurrent);
    const [h, c] = [new Float64Array(time * batch * units), new Float64Array(time * batch * units)];
    const gates = new Float64Array(time * batch * 4 * units);
    for (let t = 0; t < time; t++) {
      for (let b = 0; b < batch; b++) {
        const row = t * batch + b;
        const before = (states: Float64Array, initial: NdArray, k: number): number =>
          at(t === 0 ? initial.data : states, (t === 0 ? b : row - batch) * units + k);
        for (let j = 0; j < 4 * units; j++) {
          let z = at(bias.data, j) + along(x, row, kernel, j);
          for (let k = 0; k < units; k++) z += before(h, h0, k) * at(recurrent.data, k * 4 * units + j);
          gates[row * 4 * units + j] = Math.floor(j / units) === 2 ? Math.tanh(z) : 1 / (1 + Math.exp(-z));
        }
        for (let k = 0; k < units; k++) {
          const gate = (part: number): number => at(gates, (row * 4 + part) * units + k);
          c[row * units + k] = gate(1) * before(c, c0, k) + gate(0) * gate(2);
          h[row * units + k] = gate(3) * Math.tanh(at(c, row * units + k));
        }
      }
    }
    return [h, c, gates];
  },
  gradient(g, { inputs, outputs }, [dh, dc, dGates]) {
    if (dGates) throw new Error('The gates of an LSTM are for its gradient only.');
    const [h, c, gates] = [at(outputs, 0), at(outputs, 1), at(outputs, 2)];
    if (!dh && !dc) return [];
    const none = (): Tensor => constantOf(g, new Array<number>(sizeOf(h.shape)).fill(0), h.shape);
    // The bias has no say in any slope.
    const [x, kernel, recurrent, , h0, c0] = inputs;
    if (!x || !kernel || !recurrent || !h0 || !c0) return [];
    return g.apply(lstmGradientOp, [x, kernel, recurrent, h0, c0, h, c, gates, dh ?? none(), ...(dc ? [dc] : [])], {});
  },
  onnx: lstmOnnx,
});

/**
 * From the inputs but the bias, the results, and the slopes of h and (if there are any) c: the slopes of x, kernel,
 * recurrent, bias and the two states.
 */
export const lstmGradientOp = primitive({
  name: 'lstmGradient',
  result([x, kernel, recurrent, h0, c0]) {
    if (!x || !kernel || !recurrent || !h0 || !c0) return [];
    const bias = { dtype: 'float32' as const, shape: [at(kernel.shape, 1)] };
    return [x, kernel, recurrent, bias, h0, c0].map(({ shape }) => ({ dtype: 'float32' as const, shape }));
  },
  macs: ([x, kernel, recurrent]) =>
    x && kernel && recurrent
      ? 2 * at(x.shape, 0) * at(x.shape, 1) * (sizeOf(kernel.shape) + sizeOf(recurrent.shape))
      : 0,
  evaluate(inputs) {
    const [x, kernel, recurrent, h0, c0, h, c, gates, dh, dc] = inputs;
    if (!x || !kernel || !recurrent || !h0 || !c0 || !h || !c || !gates || !dh) return [];
    const { time, batch, units } = sizesOf(x, recurrent);
    const width = 4 * units;
    const n = at(x.shape, 2);
    const [dx, dKernel] = [new Float64Array(x.data.length), new Float64Array(kernel.data.length)];
    const [dRecurrent, dBias] = [new Float64Array(recurrent.data.length), new Float64Array(width)];
    const [flowH, flowC] = [new Float64Array(batch * units), new Float64Array(batch * units)];
    const dz = new Float64Array(width);
    for (let t = time - 1; t >= 0; t--) {
      for (let b = 0; b < batch; b++) {
        const row = t * batch + b;
        const before = (states: NdArray, initial: NdArray, k: number): number =>
          at(t === 0 ? initial.data : states.data, (t === 0 ? b : row - batch) * units + k);
        for (let k = 0; k < units; k++) {
          const gate = (part: number): number => at(gates.data, (row * 4 + part) * units + k);
          const [input, forget, cell, output] = [gate(0), gate(1), gate(2), gate(3)];
          const shown = Math.tanh(at(c.data, row * units + k));
          const up = at(dh.data, row * units + k) + at(flowH, b * units + k);
          const own = (dc ? at(dc.data, row * units + k) : 0) + at(flowC, b * units + k);
          const inside = own + up * output * (1 - shown * shown);
          dz[k] = inside * cell * input * (1 - input);
          dz[units + k] = inside * before(c, c0, k) * forget * (1 - forget);
          dz[2 * units + k] = inside * input * (1 - cell * cell);
          dz[3 * units + k] = up * shown * output * (1 - output);
          flowC[b * units + k] = inside * forget;
        }
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < width; j++) {
            dx[row * n + i] = at(dx, row * n + i) + at(dz, j) * at(kernel.data, i * width + j);
            dKernel[i * width + j] = at(dKernel, i * width + j) + at(dz, j) * at(x.data, row * n + i);
          }
        }
        for (let k = 0; k < units; k++) {
          let flow = 0;
          for (let j = 0; j < width; j++) {
            flow += at(dz, j) * at(recurrent.data, k * width + j);
            dRecurrent[k * width + j] = at(dRecurrent, k * width + j) + at(dz, j) * before(h, h0, k);
          }
          flowH[b * units + k] = flow;
        }
        for (let j = 0; j < width; j++) dBias[j] = at(dBias, j) + at(dz, j);
      }
    }
    return [dx, dKernel, dRecurrent, dBias, flowH, flowC];
  },
  onnx: lstmGradientOnnx,
});

export interface LstmInputs {
  /** [time, batch, n]. */
  readonly x: Tensor;
  readonly kernel: Tensor;
  readonly recurrent: Tensor;
  readonly bias: Tensor;
  /** States before the first step, [batch, u]. */
  readonly h: Tensor;
  readonly c: Tensor;
}

/** h and c of every step. */
export function lstm(g: Graph, inputs: LstmInputs): { readonly h: Tensor; readonly c: Tensor } {
  const { x, kernel, recurrent, bias } = inputs;
  const [h, c] = g.apply(lstmOp, [x, kernel, recurrent, bias, inputs.h, inputs.c], {});
  if (!h || !c) throw new Error('An LSTM has three results.');
  return { h, c };
}

function sizesOf(x: TensorInfo, recurrent: TensorInfo) {
  return { time: at(x.shape, 0), batch: at(x.shape, 1), units: at(recurrent.shape, 0) };
}

/** Row of x times column of the kernel. */
function along(x: NdArray, row: number, kernel: NdArray, column: number): number {
  const [n, width] = [at(kernel.shape, 0), at(kernel.shape, 1)];
  let sum = 0;
  for (let i = 0; i < n; i++) sum += at(x.data, row * n + i) * at(kernel.data, i * width + column);
  return sum;
}
