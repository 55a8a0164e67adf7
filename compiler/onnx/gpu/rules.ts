/** By type of operation the form that ONNX Runtime's WebGPU provider runs. */
import { broadcastShapes, sameShape, sizeOf } from '../../program/tensor.ts';
import { convolution, transposedConvolution } from './convolutions.ts';
import { joined, split, sum } from './many.ts';
import { batchNormalization, logSoftmax } from './normalise.ts';
import { fusedGemm, fusedMatMul } from './products.ts';
import type { GpuRule, GpuWriter } from './rewrite.ts';

export const rules: Readonly<Record<string, GpuRule>> = {
  FusedMatMul: fusedMatMul,
  FusedGemm: fusedGemm,
  LogSoftmax: logSoftmax,
  BatchNormalization: batchNormalization,
  Concat: joined,
  Split: split,
  Sum: sum,
  Round: round,
  Sign: sign,
  Or: either,
  HardSigmoid: steep,
  Pow: power,
  ArgMax: largestPlace,
  SpaceToDepth: spaceToDepth,
  Conv: convolution,
  ConvTranspose: transposedConvolution,
};

function result({ operation }: GpuWriter): string {
  return operation.outputs[0] ?? '';
}

function first({ operation }: GpuWriter): string {
  return operation.inputs[0] ?? '';
}

/** To the nearest whole number, halves to the even one. */
function round(w: GpuWriter): boolean {
  const x = first(w);
  const up = w.op('Floor', [w.op('Add', [x, w.float(0.5)])]);
  const isHalf = w.op('Equal', [w.op('Sub', [up, x]), w.float(0.5)]);
  const half = w.op('Mul', [up, w.float(0.5)]);
  const isEven = w.op('Equal', [w.op('Floor', [half]), half]);
  const down = w.op('Sub', [up, w.float(1)]);
  w.op('Where', [isHalf, w.op('Where', [isEven, up, down]), up], {}, result(w));
  return true;
}

function sign(w: GpuWriter): boolean {
  const [x, zero] = [first(w), w.float(0)];
  const below = w.op('Where', [w.op('Less', [x, zero]), w.float(-1), x]);
  w.op('Where', [w.op('Greater', [x, zero]), w.float(1), below], {}, result(w));
  return true;
}

/** a or b is not (not a and not b). */
function either(w: GpuWriter): boolean {
  const [a = '', b = ''] = w.operation.inputs;
  const neither = w.op('And', [w.op('Not', [a]), w.op('Not', [b])]);
  w.op('Not', [neither], {}, result(w));
  return true;
}

/** As a number of 32 bits, since those of 64 are taken to the processor: the first place that holds the largest number. */
function largestPlace(w: GpuWriter): boolean {
  const shape = w.shape(0);
  const axis = Number(w.operation.attributes.axis ?? 0);
  const [x, axes, count] = [first(w), w.ints([axis]), shape[axis] ?? 1];
  const isLargest = w.op('Equal', [x, w.op('ReduceMax', [x, axes], { keepdims: 1 })]);
  const places = w.floats(
    shape.map((_, i) => (i === axis ? count : 1)),
    Array.from({ length: count }, (_, i) => i),
  );
  const candidates = w.op('Where', [isLargest, places, w.float(count)]);
  w.op('Cast', [w.op('ReduceMin', [candidates, axes], { keepdims: 0 })], { to: 6 }, result(w));
  return true;
}

/** Squares of cells become channels. */
function spaceToDepth(w: GpuWriter): boolean {
  const [batch = 1, channels = 1, height = 1, width = 1] = w.shape(0);
  const size = Number(w.operation.attributes.blocksize ?? 1);
  const [rows, columns] = [height / size, width / size];
  const apart = w.op('Reshape', [first(w), w.ints([batch, channels, rows, size, columns, size])]);
  const inOrder = w.op('Transpose', [apart], { perm: [0, 3, 5, 1, 2, 4] });
  w.op('Reshape', [inOrder, w.ints([batch, channels * size * size, rows, columns])], {}, result(w));
  return true;
}

/** Its kernel fails on a factor that is stretched along the last axis. */
function power(w: GpuWriter): boolean {
  const shapes = [w.shape(0), w.shape(1)];
  const whole = shapes.reduce((a, b) => broadcastShapes(a, b));
  const isStretched = shapes.map((shape) => sizeOf(shape) > 1 && !sameShape(shape, whole));
  if (!isStretched.includes(true)) return false;
  const inputs = w.operation.inputs.map((name, i) => (isStretched[i] ? w.op('Expand', [name, w.ints(whole)]) : name));
  w.op('Pow', inputs, {}, result(w));
  return true;
}

/** A slope so steep that it is a mask: 1 where x > 0. Shader compilers may refuse, or lose, numbers of that size. */
function steep(w: GpuWriter): boolean {
  if (Number(w.operation.attributes.alpha ?? 0) < 1e20) return false;
  const isPositive = w.op('Greater', [first(w), w.float(0)]);
  w.op('Where', [isPositive, w.float(1), w.float(0)], {}, result(w));
  return true;
}
