/** Thrift's compact protocol, read only as far as a Parquet footer needs it. Bytes become texts; nothing is written. */

export type ThriftValue = number | boolean | string | readonly ThriftValue[] | ThriftStruct;
/** By the number of the field. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

const DEPTH = 24;

/** The struct at the start of `bytes`; undefined where they end too early or are none. */
export function readStruct(bytes: Uint8Array): ThriftStruct | undefined {
  try {
    return struct({ bytes, at: 0 }, 0);
  } catch {
    return undefined;
  }
}

function byte(reader: Reader): number {
  const value = reader.bytes[reader.at++];
  if (value === undefined) throw new RangeError('The footer ends too early.');
  return value;
}

/** Whole numbers of up to 64 bits; beyond 2^53 they are rounded. */
function variable(reader: Reader): number {
  let value = 0;
  let factor = 1;
  for (let count = 0; count < 10; count++) {
    const next = byte(reader);
    value += (next & 127) * factor;
    if (next < 128) return value;
    factor *= 128;
  }
  throw new RangeError('The number is too long.');
}

function zigzag(reader: Reader): number {
  const value = variable(reader);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function struct(reader: Reader, depth: number): ThriftStruct {
  if (depth > DEPTH) throw new RangeError('The footer is nested too deeply.');
  const fields = new Map<number, ThriftValue>();
  let id = 0;
  for (let head = byte(reader); head !== 0; head = byte(reader)) {
    const step = head >> 4;
    id = step === 0 ? zigzag(reader) : id + step;
    fields.set(id, value(reader, head & 15, depth));
  }
  return fields;
}

function value(reader: Reader, type: number, depth: number): ThriftValue {
  switch (type) {
    case 1:
      return true;
    case 2:
      return false;
    case 3:
      return byte(reader);
    case 4:
    case 5:
    case 6:
      return zigzag(reader);
    case 7: {
      const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + reader.at, 8);
      reader.at += 8;
      return view.getFloat64(0, true);
    }
    case 8:
      return text(reader);
    case 9:
    case 10:
      return list(reader, depth);
    case 12:
      return struct(reader, depth + 1);
    default:
      throw new RangeError('The footer has a value of an unknown type.');
  }
}

function text(reader: Reader): string {
  const length = variable(reader);
  const end = reader.at + length;
  if (end > reader.bytes.length) throw new RangeError('The footer ends too early.');
  let result = '';
  // Names are nearly always ASCII; other bytes keep apart, which is enough to tell names from one another.
  for (const code of reader.bytes.subarray(reader.at, end)) result += String.fromCharCode(code);
  reader.at = end;
  return result;
}

function list(reader: Reader, depth: number): readonly ThriftValue[] {
  const head = byte(reader);
  const size = head >> 4 === 15 ? variable(reader) : head >> 4;
  if (size > reader.bytes.length) throw new RangeError('The list is longer than the footer.');
  const type = head & 15;
  // Truth values in a list have a byte each.
  return Array.from({ length: size }, () => (type <= 2 ? byte(reader) === 1 : value(reader, type, depth)));
}
