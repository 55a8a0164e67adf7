/** The order of rows: it depends on nothing but a seed, a purpose and a round, so that a resumed run meets the same one. */
import { stream } from '../../compiler/index.ts';

/** The numbers 0 … count − 1 in the order that the seed, the purpose and the round (an epoch) give (Fisher and Yates). */
export function shuffled(count: number, seed: number, purpose: string, round: number): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const words = stream(seed, purpose, 'rows', round);
  for (let i = count - 1, drawn = 0; i > 0; i--, drawn++) {
    // 32 bits scaled to i + 1 places: the bias is below (i + 1) / 2^32, far under what a shuffle can show.
    const j = Math.floor(((words.word(drawn) >>> 0) / 4294967296) * (i + 1));
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}
