/** Assembles WebAssembly modules: functions over one imported memory, their bodies as bytes. */

export type WasmType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly WasmType[];
  readonly results: readonly WasmType[];
  readonly locals: readonly WasmType[];
  readonly body: readonly number[];
}

const types: Readonly<Record<WasmType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** A module that imports `env.memory` and exports every function by its name. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array {
  const signatures = functions.map((f) => [0x60, ...typeList(f.parameters), ...typeList(f.results)]);
  const bodies = functions.map((f) => {
    const locals = vector(f.locals.map((type) => [1, types[type]]));
    const body = [...locals, ...f.body, 0x0b];
    return [...unsigned(body.length), ...body];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(signatures)),
    ...section(2, vector([[...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(0)]])),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(7, vector(functions.map((f, i) => [...text(f.name), 0x00, ...unsigned(i)]))),
    ...section(10, vector(bodies)),
  ]);
}

/** Instructions by name; operands follow as bytes. */
export const op = {
  local: (index: number) => [0x20, ...unsigned(index)],
  store: (index: number) => [0x21, ...unsigned(index)],
  tee: (index: number) => [0x22, ...unsigned(index)],
  i32: (value: number) => [0x41, ...signed(value)],
  i64: (value: bigint) => [0x42, ...signed64(value)],
  f32: (value: number) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  /** Repeats `body`; `again` says whether once more, at its end. */
  loop: (body: readonly number[], again: readonly number[]) => [0x03, 0x40, ...body, ...again, 0x0d, 0x00, 0x0b],
  /** Does `body` only if the condition on the stack holds. */
  when: (body: readonly number[]) => [0x04, 0x40, ...body, 0x0b],
  simd: (code: number) => [0xfd, ...unsigned(code)],
  loadVector: () => [0xfd, 0x00, 0x04, 0x00],
  loadSplat: (offset: number) => [0xfd, 0x09, 0x02, ...unsigned(offset)],
  storeVector: () => [0xfd, 0x0b, 0x04, 0x00],
  storeFloat: (offset: number) => [0x38, 0x02, ...unsigned(offset)],
  storeDouble: (offset: number) => [0x39, 0x03, ...unsigned(offset)],
  /** The lower or the upper two of four numbers, as float64. */
  promoted: (index: number, half: 'lower' | 'upper') => {
    const vector = [0x20, ...unsigned(index)];
    const upper = [8, 9, 10, 11, 12, 13, 14, 15];
    const moved = half === 'lower' ? vector : [...vector, ...vector, 0xfd, 13, ...upper, ...upper];
    return [...moved, 0xfd, 95];
  },
  /** Both of two float64 numbers, added. */
  lanesAdded: (index: number) => [0x20, ...unsigned(index), 0xfd, 33, 0, 0x20, ...unsigned(index), 0xfd, 33, 1, 0xa0],
} as const;

/** Plain instructions of one byte. */
export const code = {
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Xor: 0x73,
  i32ShiftRight: 0x76,
  i32Less: 0x49,
  i32GreaterEqual: 0x4f,
  i64Multiply: 0x7e,
  i64ShiftRight: 0x88,
  wrap: 0xa7,
  extend: 0xad,
  toFloat: 0xb3,
  f32Multiply: 0x94,
  select: 0x1b,
  f64Add: 0xa0,
} as const;

export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 128 : low);
  } while (rest > 0);
  return bytes;
}

function signed(value: number): number[] {
  return signed64(BigInt(value | 0));
}

function signed64(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 127n);
    rest >>= 7n;
    const done = (rest === 0n && (low & 64) === 0) || (rest === -1n && (low & 64) !== 0);
    bytes.push(done ? low : low | 128);
    if (done) return bytes;
  }
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function typeList(list: readonly WasmType[]): number[] {
  return vector(list.map((type) => [types[type]]));
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function text(value: string): number[] {
  return [...unsigned(value.length), ...Array.from(value, (character) => character.charCodeAt(0))];
}
