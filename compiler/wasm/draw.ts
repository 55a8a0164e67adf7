/** Drawing by counter (`philox.ts`) as WebAssembly: a block of four words fills four numbers. */
import { code, op, type WasmFunction } from './assemble.ts';

/**
 * `uniform(at, count, path, stepLow, stepHigh, key0, key1)` and
 * `keep(at, count, path, stepLow, stepHigh, key0, key1, threshold, value)`: `value` where the upper 24 bits of a word reach
 * `threshold`, else 0. `count` is a multiple of four.
 */
export function drawFunctions(): readonly WasmFunction[] {
  const [pointer, count, path, stepLow, stepHigh, key0, key1] = [0, 1, 2, 3, 4, 5, 6];
  const write = (
    name: string,
    extra: readonly ('i32' | 'f32')[],
    number: (word: number, first: number) => number[],
  ): WasmFunction => {
    const first = 7 + extra.length;
    const [block, a, b, c, d, x, y, round, p0, p1] = Array.from({ length: 10 }, (_, i) => first + i) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const set = (target: number, value: readonly number[]): number[] => [...value, ...op.store(target)];
    const product = (word: number, factor: bigint): number[] => [
      ...op.local(word),
      code.extend,
      ...op.i64(factor),
      code.i64Multiply,
    ];
    const upper = (wide: number): number[] => [...op.local(wide), ...op.i64(32n), code.i64ShiftRight, code.wrap];
    const mixed = (wide: number, word: number, key: number): number[] => [
      ...upper(wide),
      ...op.local(word),
      code.i32Xor,
      ...op.local(key),
      code.i32Xor,
    ];
    const bump = (word: number, by: number): number[] => [...op.local(word), ...op.i32(by), code.i32Add];
    const rounds = [
      ...set(p0, product(a, 0xd2511f53n)),
      ...set(p1, product(c, 0xcd9e8d57n)),
      ...set(a, mixed(p1, b, x)),
      ...set(c, mixed(p0, d, y)),
      ...set(b, [...op.local(p1), code.wrap]),
      ...set(d, [...op.local(p0), code.wrap]),
      ...set(x, bump(x, 0x9e3779b9 | 0)),
      ...set(y, bump(y, 0xbb67ae85 | 0)),
      ...op.local(round),
      ...op.i32(1),
      code.i32Add,
      ...op.tee(round),
    ];
    const stores = [a, b, c, d].flatMap((word, i) => [
      ...op.local(pointer),
      ...number(word, 7),
      ...op.storeFloat(i * 4),
    ]);
    const body = [
      ...set(a, op.local(block)),
      ...set(b, op.local(path)),
      ...set(c, op.local(stepLow)),
      ...set(d, op.local(stepHigh)),
      ...set(x, op.local(key0)),
      ...set(y, op.local(key1)),
      ...set(round, op.i32(0)),
      ...op.loop(rounds, [...op.i32(10), code.i32Less]),
      ...stores,
      ...set(pointer, bump(pointer, 16)),
      ...set(count, [...op.local(count), ...op.i32(4), code.i32Sub]),
      ...set(block, bump(block, 1)),
      ...op.local(count),
    ];
    return {
      name,
      parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', ...extra],
      results: [],
      locals: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i64', 'i64'],
      body: op.loop(body, []),
    };
  };
  const upper24 = (word: number): number[] => [...op.local(word), ...op.i32(8), code.i32ShiftRight];
  return [
    write('uniform', [], (word) => [...upper24(word), code.toFloat, ...op.f32(2 ** -24), code.f32Multiply]),
    write('keep', ['i32', 'f32'], (word, first) => [
      ...op.local(first + 1),
      ...op.f32(0),
      ...upper24(word),
      ...op.local(first),
      code.i32GreaterEqual,
      code.select,
    ]),
  ];
}
