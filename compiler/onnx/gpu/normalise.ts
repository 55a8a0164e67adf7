/** Normalisations that the provider lacks, from sums and differences. */
import type { GpuWriter } from './rewrite.ts';

/** Shifted by the largest number, so that nothing overflows. */
export function logSoftmax(w: GpuWriter): boolean {
  const { inputs, outputs, attributes } = w.operation;
  const [x = ''] = inputs;
  const axes = w.ints([Number(attributes.axis ?? -1)]);
  const shifted = w.op('Sub', [x, w.op('ReduceMax', [x, axes], { keepdims: 1 })]);
  const total = w.op('ReduceSum', [w.op('Exp', [shifted]), axes], { keepdims: 1 });
  w.op('Sub', [shifted, w.op('Log', [total])], {}, outputs[0]);
  return true;
}

/** With the batch's own statistics, over all axes but the second; those that are given run in one pass as they are. */
export function batchNormalization(w: GpuWriter): boolean {
  const { inputs, outputs, attributes } = w.operation;
  if (attributes.training_mode !== 1) return false;
  const [x = '', factor = '', shift = ''] = inputs;
  const shape = w.shape(0);
  const axes = w.ints(shape.map((_, i) => i).filter((axis) => axis !== 1));
  const channels = shape[1] ?? 1;
  const flat = w.ints([channels]);
  const wide = w.ints(shape.map((_, i) => (i === 1 ? channels : 1)));
  const mean = w.op('ReduceMean', [x, axes], { keepdims: 1 });
  const centred = w.op('Sub', [x, mean]);
  const variance = w.op('ReduceMean', [w.op('Mul', [centred, centred]), axes], { keepdims: 1 });
  const epsilon = w.float(Number(attributes.epsilon ?? 1e-5));
  const deviation = w.op('Sqrt', [w.op('Add', [variance, epsilon])]);
  const slope = w.op('Div', [w.op('Reshape', [factor, wide]), deviation]);
  const scaled = w.op('Mul', [centred, slope]);
  w.op('Add', [scaled, w.op('Reshape', [shift, wide])], {}, outputs[0]);
  if (outputs[1] !== undefined) w.op('Reshape', [mean, flat], {}, outputs[1]);
  if (outputs[2] !== undefined) w.op('Reshape', [variance, flat], {}, outputs[2]);
  return true;
}
