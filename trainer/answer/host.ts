/** Tensors as JSON: numbers in nested lists, by the axes of one example. */
import { type EventNumber, eventNumber } from '../../protocol/index.ts';
import type { HostTensor } from '../engine.ts';

export type Nested = EventNumber | boolean | Nested[];

/** The examples of a tensor: the first axis is the batch. */
export function nested(tensor: HostTensor): Nested[] {
  const size = tensor.shape.slice(1).reduce((product, each) => product * each, 1);
  return Array.from({ length: tensor.shape[0] ?? 0 }, (_, row) =>
    part(tensor, tensor.shape.slice(1), row * size, size),
  );
}

function part(tensor: HostTensor, shape: readonly number[], offset: number, size: number): Nested {
  const [first, ...rest] = shape;
  if (first === undefined) {
    const value = tensor.data[offset] ?? 0;
    return tensor.dtype === 'bool' ? value !== 0 : eventNumber(value);
  }
  const step = size / first;
  return Array.from({ length: first }, (_, i) => part(tensor, rest, offset + i * step, step));
}
