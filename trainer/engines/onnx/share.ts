/**
 * What two threads see of one part of a batch: numbers in shared memory and two counters. The training thread writes a part's
 * inputs and counts one more asked for; the other thread computes, writes the results and counts one more done.
 */
import type { HostTensor } from '../../engine.ts';

/** A tensor at a place of shared memory. */
export interface SharedTensor {
  /** In the model. */
  readonly name: string;
  readonly dtype: HostTensor['dtype'];
  readonly shape: readonly number[];
  readonly buffer: SharedArrayBuffer;
  readonly offset: number;
}

/** What a part's thread is started with. */
export interface PartRequest {
  readonly model: SharedArrayBuffer;
  readonly inputs: readonly SharedTensor[];
  readonly outputs: readonly SharedTensor[];
  readonly counters: SharedArrayBuffer;
  /** The model's output that ends the handing over of results. */
  readonly sequence: string | undefined;
}

/** What a part's thread says: once that it is ready, and whatever fails. */
export type FromPart = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly message: string };

/** Places of the counters. */
export const counter = { asked: 0, done: 1 } as const;

export function bytesOf({ dtype, shape }: Pick<HostTensor, 'dtype' | 'shape'>): number {
  const size = shape.reduce((product, n) => product * n, 1);
  return dtype === 'float32' || dtype === 'int32' ? size * 4 : size;
}

/** The numbers of a tensor where they lie. */
export function viewOf({ dtype, shape, buffer, offset }: Omit<SharedTensor, 'name'>): HostTensor['data'] {
  const size = shape.reduce((product, n) => product * n, 1);
  if (dtype === 'float32') return new Float32Array(buffer, offset, size);
  return dtype === 'int32' ? new Int32Array(buffer, offset, size) : new Uint8Array(buffer, offset, size);
}
