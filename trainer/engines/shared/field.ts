/** A field of a batch as a graph takes it. */
import type { Batch, HostTensor } from '../../engine.ts';

/** Throws where the batch does not fit the graph: a fault of the caller, since fields are checked before. */
export function fieldOf(
  batch: Batch,
  { name, dtype, shape }: { readonly name: string; readonly dtype: string; readonly shape: readonly number[] },
): HostTensor {
  const host = batch.fields[name];
  const expected = `${dtype}[${shape.join(', ')}]`;
  if (!host) throw new Error(`The batch lacks the field '${name}' (${expected}).`);
  const received = `${host.dtype}[${host.shape.join(', ')}]`;
  if (received !== expected) throw new Error(`The field '${name}' came as ${received}; the program takes ${expected}.`);
  return host;
}
