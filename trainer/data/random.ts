/**
 * Numbers by chance that depend on nothing but a seed, a purpose and a position (Philox 4×32-10, Salmon et al. 2011), so
 * that a resumed run, another engine or another batch size meets the same ones.
 */

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** Ten rounds of Philox: four 32-bit words from a counter of four and a key of two. */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): readonly [number, number, number, number] {
  let [a, b, c, d] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(M0, a);
    const low0 = Math.imul(M0, a) >>> 0;
    const high1 = multiplyHigh(M1, c);
    const low1 = Math.imul(M1, c) >>> 0;
    [a, b, c, d] = [(high1 ^ b ^ k0) >>> 0, low1, (high0 ^ d ^ k1) >>> 0, low0];
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  return [a, b, c, d];
}

/** The upper 32 bits of a product of two 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 65536);
  const cross = aLow * bHigh + (middle % 65536);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) >>> 0;
}

/** A 32-bit number that stands for a text (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The numbers 0 … count − 1 in the order that the seed, the purpose and the round (an epoch) give. */
export function shuffled(count: number, seed: number, purpose: string, round: number): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const key = [seed >>> 0, hashText(purpose)] as const;
  const upper = Math.floor(Math.abs(seed) / 2 ** 32) >>> 0;
  let words: readonly number[] = [];
  for (let i = count - 1, drawn = 0; i > 0; i--, drawn++) {
    if (drawn % 4 === 0) words = philox([drawn >>> 2, round >>> 0, upper, 0], key);
    // 32 bits scaled to i + 1 places: the bias is below (i + 1) / 2^32, far under what a shuffle can show.
    const j = Math.floor(((words[drawn % 4] ?? 0) / 4294967296) * (i + 1));
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}
