/**
 * Random numbers by counter: Philox 4×32 with 10 rounds (Salmon et al., 2011). The same key and counter give the same
 * numbers on every engine and machine, in any order, so that nothing has to be remembered to go on after a stop.
 */

const m0 = 0xd2511f53;
const m1 = 0xcd9e8d57;
const w0 = 0x9e3779b9;
const w1 = 0xbb67ae85;

/** Writes four words of 32 bits for a counter of four words and a key of two. */
export function philox(out: Uint32Array, c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void {
  let [a, b, c, d] = [c0, c1, c2, c3];
  let [x, y] = [k0, k1];
  for (let round = 0; round < 10; round++) {
    const high0 = high(m0, a);
    const high1 = high(m1, c);
    const next = high1 ^ b ^ x;
    const third = high0 ^ d ^ y;
    b = Math.imul(m1, c);
    d = Math.imul(m0, a);
    a = next;
    c = third;
    x = (x + w0) | 0;
    y = (y + w1) | 0;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** Upper half of the product of two words. */
function high(a: number, b: number): number {
  const [a0, a1] = [a & 0xffff, a >>> 16];
  const [b0, b1] = [b & 0xffff, b >>> 16];
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + Math.floor(middle / 65536) + Math.floor(other / 65536)) | 0;
}

/** A word for a text (FNV-1a, then mixed), for keys: which weight, which purpose. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    hash = Math.imul(hash ^ (code & 255), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A stream of words for one purpose: word i is the same whoever asks, whenever. */
export interface Stream {
  /** 32 bits. */
  word(index: number): number;
  /** At least 0, below 1, with 24 bits. */
  uniform(index: number): number;
  /** Mean 0, deviation 1. */
  normal(index: number): number;
}

/** `purpose` and `path` name the stream; `step` sets streams of one purpose apart. */
export function stream(seed: number, purpose: string, path: string, step = 0): Stream {
  const key0 = seed >>> 0;
  const key1 = (hashText(purpose) ^ Math.floor(seed / 2 ** 32)) >>> 0;
  const path0 = hashText(path);
  const block = new Uint32Array(4);
  let held = -1;
  const word = (index: number): number => {
    const number = Math.floor(index / 4);
    if (number !== held) {
      philox(block, number, path0, step >>> 0, Math.floor(step / 2 ** 32), key0, key1);
      held = number;
    }
    return block[index % 4] ?? 0;
  };
  const uniform = (index: number): number => (word(index) >>> 8) / 2 ** 24;
  return {
    word,
    uniform,
    normal(index) {
      // Box and Muller: two words make two normal numbers.
      const first = index - (index % 2);
      const radius = Math.sqrt(-2 * Math.log(1 - uniform(first)));
      const angle = 2 * Math.PI * uniform(first + 1);
      return radius * (index % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    },
  };
}
