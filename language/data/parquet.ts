/** The schema of a Parquet file, from its footer: the columns of single values, and how many rows there are. */
import type { ColumnSample, DataHeader } from '../files.ts';
import { readStruct, type ThriftStruct, type ThriftValue } from './thrift.ts';

const MAGIC = 0x50415231;
const TYPES: Readonly<Record<number, ColumnSample['type']>> = {
  0: 'bool',
  1: 'int',
  2: 'int',
  3: 'int',
  4: 'float',
  5: 'float',
  6: 'string',
  7: 'string',
};
const OPTIONAL = 1;
const REPEATED = 2;
/** `converted_type` of decimal numbers. */
const DECIMAL = 5;

/** `tail` is the end of the file. Undefined: no Parquet file. A footer that does not lie within `tail` has no columns. */
export function parseParquet(tail: Uint8Array): DataHeader | undefined {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  if (tail.length < 12 || view.getUint32(tail.length - 4) !== MAGIC) return undefined;
  const length = view.getUint32(tail.length - 8, true);
  const start = tail.length - 8 - length;
  const footer = start < 0 ? undefined : readStruct(tail.subarray(start, tail.length - 8));
  const rows = footer?.get(3);
  if (!footer || typeof rows !== 'number') return { kind: 'parquet', columns: undefined, rows: 0 };
  return { kind: 'parquet', columns: columnsOf(listOf(footer.get(2))), rows };
}

/** The columns in the schema's flat list (a tree in depth-first order); nested ones are left out. */
function columnsOf(schema: readonly ThriftStruct[]): readonly ColumnSample[] {
  const columns: ColumnSample[] = [];
  let at = 1;
  const skip = (): void => {
    const children = numberIn(schema[at++], 5) ?? 0;
    for (let child = 0; child < children && at < schema.length; child++) skip();
  };
  const root = numberIn(schema[0], 5) ?? 0;
  for (let child = 0; child < root && at < schema.length; child++) {
    const element = schema[at];
    const name = element?.get(4);
    const nested = (numberIn(element, 5) ?? 0) > 0 || numberIn(element, 3) === REPEATED;
    if (element && typeof name === 'string' && !nested) columns.push(columnOf(name, element));
    skip();
  }
  return columns;
}

function columnOf(name: string, element: ThriftStruct): ColumnSample {
  const type = numberIn(element, 6) === DECIMAL ? 'float' : (TYPES[numberIn(element, 1) ?? 6] ?? 'string');
  const isOptional = numberIn(element, 3) === OPTIONAL;
  // A whole number that may be empty is decimal, as in tables of text; whether one is empty, the footer does not tell.
  return { name, type: type, missing: 0, sampled: isOptional ? 0 : 1, distinct: 0, values: [] };
}

function listOf(value: ThriftValue | undefined): readonly ThriftStruct[] {
  return Array.isArray(value) ? value.filter((item): item is ThriftStruct => item instanceof Map) : [];
}

function numberIn(struct: ThriftStruct | undefined, field: number): number | undefined {
  const value = struct?.get(field);
  return typeof value === 'number' ? value : undefined;
}
