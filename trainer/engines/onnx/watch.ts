/** Norms of gradients, weights and updates, read from the memory that the kernel updates. */
import type { WeightNorms } from '../../engine.ts';
import type { TrainMemory } from './memory.ts';

/** Above this, the weights from before an update are not kept only to tell how far it moved them. */
const MOST_KEPT = 64 * 2 ** 20;
/** The kernel takes four numbers at a time; the gaps between weights are zeros. */
const STRIDE = 16;

/** Before an update; what it answers is called after it. */
export function watchWeights(
  store: TrainMemory,
  squares: (at: number, bytes: number) => number,
): () => ReadonlyMap<string, WeightNorms> {
  const { memory, blockBytes, addresses } = store;
  const block = new Float32Array(memory.buffer, addresses.weights, blockBytes / 4);
  const before = blockBytes <= MOST_KEPT ? block.slice() : undefined;
  return () => {
    const norms = new Map<string, WeightNorms>();
    for (const [path, sum] of store.sums) {
      const weight = store.weights.get(path);
      if (weight === undefined || sum.length === 0) continue;
      const bytes = Math.ceil(sum.byteLength / STRIDE) * STRIDE;
      const start = (weight.byteOffset - addresses.weights) / 4;
      norms.set(path, {
        gradient: Math.sqrt(squares(sum.byteOffset, bytes)),
        weight: Math.sqrt(squares(weight.byteOffset, bytes)),
        update: before && distance(before.subarray(start, start + weight.length), weight),
      });
    }
    return norms;
  };
}

function distance(before: Float32Array, after: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < after.length; i++) sum += ((after[i] ?? 0) - (before[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
