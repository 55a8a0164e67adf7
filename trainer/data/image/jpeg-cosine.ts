/**
 * The inverse cosine transform of a block of 8 × 8 in whole numbers, after Loeffler, Ligtenberg and Moschytz (1989), with the
 * precision that libjpeg's "slow" transform has: 13 bits of fraction, two of them kept between the passes.
 */

const FRACTION = 13;
const KEPT = 2;
/** The constants, times 2^13. */
const C = {
  a: 2446,
  b: 4433,
  c: 6270,
  d: 3196,
  e: 7373,
  f: 9633,
  g: 12299,
  h: 15137,
  i: 16069,
  j: 16819,
  k: 20995,
  l: 25172,
} as const;

const work = new Int32Array(64);

/** Transforms `block` in place and writes its samples. */
export function inverseCosine(block: Int32Array, to: Uint8Array, start: number, stride: number): void {
  for (let column = 0; column < 8; column++) {
    if (isFlat(block, column)) {
      const value = (block[column] ?? 0) << KEPT;
      for (let row = 0; row < 8; row++) work[row * 8 + column] = value;
    } else line(block, column, 8, work, column, 8, FRACTION - KEPT, 0);
  }
  for (let row = 0; row < 8; row++) {
    line(work, row * 8, 1, block, row * 8, 1, FRACTION + KEPT + 3, 128);
    const at = start + row * stride;
    for (let column = 0; column < 8; column++) {
      const value = block[row * 8 + column] ?? 0;
      to[at + column] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
}

function isFlat(block: Int32Array, column: number): boolean {
  for (let at = column + 8; at < 64; at += 8) if (block[at] !== 0) return false;
  return true;
}

/** One line of eight: the even half, the odd half, and both put together. */
function line(
  from: Int32Array,
  at: number,
  step: number,
  to: Int32Array,
  start: number,
  stride: number,
  shift: number,
  added: number,
): void {
  const x0 = from[at] ?? 0;
  const x1 = from[at + step] ?? 0;
  const x2 = from[at + 2 * step] ?? 0;
  const x3 = from[at + 3 * step] ?? 0;
  const x4 = from[at + 4 * step] ?? 0;
  const x5 = from[at + 5 * step] ?? 0;
  const x6 = from[at + 6 * step] ?? 0;
  const x7 = from[at + 7 * step] ?? 0;

  const turned = (x2 + x6) * C.b;
  const e2 = turned - x6 * C.h;
  const e3 = turned + x2 * C.c;
  const e0 = (x0 + x4) << FRACTION;
  const e1 = (x0 - x4) << FRACTION;
  const [a0, a3, a1, a2] = [e0 + e3, e0 - e3, e1 + e2, e1 - e2];

  const sum = (x7 + x3 + (x5 + x1)) * C.f;
  const z1 = -(x7 + x1) * C.e;
  const z2 = -(x5 + x3) * C.k;
  const z3 = sum - (x7 + x3) * C.i;
  const z4 = sum - (x5 + x1) * C.d;
  const o0 = x7 * C.a + z1 + z3;
  const o1 = x5 * C.j + z2 + z4;
  const o2 = x3 * C.l + z2 + z3;
  const o3 = x1 * C.g + z1 + z4;

  const half = 1 << (shift - 1);
  to[start] = ((a0 + o3 + half) >> shift) + added;
  to[start + 7 * stride] = ((a0 - o3 + half) >> shift) + added;
  to[start + stride] = ((a1 + o2 + half) >> shift) + added;
  to[start + 6 * stride] = ((a1 - o2 + half) >> shift) + added;
  to[start + 2 * stride] = ((a2 + o1 + half) >> shift) + added;
  to[start + 5 * stride] = ((a2 - o1 + half) >> shift) + added;
  to[start + 3 * stride] = ((a3 + o0 + half) >> shift) + added;
  to[start + 4 * stride] = ((a3 - o0 + half) >> shift) + added;
}
