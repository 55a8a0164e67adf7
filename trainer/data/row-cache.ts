/**
 * Rows that are kept once they are made, before augmentation: in memory that all data workers share, or in files that later
 * runs of the same data find again. Which rows are there stands in one byte a row.
 */
import type { PlanData } from '../../language/index.ts';
import type { HostTensor } from '../engine.ts';
import { nameOf, type Visit } from './context.ts';
import { reachable } from './nodes.ts';
import { allUnpacked, type FieldRows, type Packing } from './packed.ts';
import type { Pipeline } from './pipeline.ts';
import { Pool } from './pool.ts';
import { sizeOf } from './values.ts';

/** Where the bytes of one field's rows lie. */
export interface RowStore {
  read(row: number, to: Uint8Array): void;
  /** The bytes of a row as they lie there, or a copy. */
  view(row: number): Uint8Array;
  write(row: number, bytes: Uint8Array): void;
}

/** What all workers know of a cache. */
export interface SharedRows {
  /** 1 for each row that is there. */
  readonly there: SharedArrayBuffer;
  /** By field; of a cache on disk there are none. */
  readonly fields: Readonly<Record<string, SharedArrayBuffer>>;
}

export interface CachedField {
  readonly name: string;
  readonly dtype: HostTensor['dtype'];
  readonly shape: readonly number[];
  /** What is kept are bytes that stand for the numbers. */
  readonly packing: Packing | undefined;
  /** Of one row. */
  readonly bytes: number;
}

/** The fields whose rows are the same in every epoch. */
export function cachedFields(data: PlanData, packings: Pipeline['packings']): readonly CachedField[] {
  return data.fields.flatMap((field): CachedField[] => {
    const nodes = [...reachable(data, [field.node])];
    const drawn = nodes.some((id) => nameOf(data.nodes[id]?.op ?? '') === 'hide');
    if (!field.used || drawn || field.dtype === 'string') return [];
    const { name, dtype, shape } = field;
    const packing = packings.get(name);
    const width = packing === undefined && (dtype === 'float32' || dtype === 'int32') ? 4 : 1;
    return [{ name, dtype, shape, packing, bytes: sizeOf(shape) * width }];
  });
}

/** Bytes that a row takes in all. */
export function bytesOfRow(fields: readonly CachedField[]): number {
  return 1 + fields.reduce((sum, field) => sum + field.bytes, 0);
}

/** Memory for the first `rows` rows; nothing is taken before it is written to. */
export function sharedRows(fields: readonly CachedField[], rows: number): SharedRows {
  return {
    there: new SharedArrayBuffer(rows),
    fields: Object.fromEntries(fields.map(({ name, bytes }) => [name, new SharedArrayBuffer(rows * bytes)])),
  };
}

export function memoryStore(shared: SharedArrayBuffer, bytes: number): RowStore {
  const all = new Uint8Array(shared);
  return {
    read: (row, to) => to.set(all.subarray(row * bytes, (row + 1) * bytes)),
    view: (row) => all.subarray(row * bytes, (row + 1) * bytes),
    write: (row, from) => all.set(from, row * bytes),
  };
}

/** The pipeline, with rows that were made before taken from the stores. */
export function withCache(
  pipeline: Pipeline,
  fields: readonly CachedField[],
  there: Uint8Array,
  stores: ReadonlyMap<string, RowStore>,
): Pipeline {
  const names = new Set(fields.map((field) => field.name));
  /** Makes and keeps those that are not there yet; answers them where these are all. */
  const make = async (rows: Uint32Array, visit: Visit): Promise<Readonly<Record<string, FieldRows>> | undefined> => {
    const absent = rows.filter((row) => Atomics.load(there, row) === 0);
    if (absent.length === 0) return undefined;
    const made = await pipeline.packedFields(absent, visit, (name) => names.has(name));
    for (const { name, bytes } of fields) {
      const tensor = made[name];
      const store = stores.get(name);
      if (tensor === undefined || store === undefined) continue;
      for (const [i, row] of absent.entries()) store.write(row, bytesOf(tensor, i, bytes));
    }
    for (const row of absent) Atomics.store(there, row, 1);
    return absent.length === rows.length ? made : undefined;
  };
  const packedFields: Pipeline['packedFields'] = async (rows, visit, wanted) => {
    // Rows beyond what there is room for are made each time.
    if (rows.some((row) => row >= there.length)) return pipeline.packedFields(rows, visit, wanted);
    const made = await make(rows, visit);
    const kept: Record<string, FieldRows> = {};
    for (const field of fields) {
      const own = made?.[field.name];
      if (own !== undefined && wanted?.(field.name) !== false) {
        kept[field.name] = own;
        continue;
      }
      const store = stores.get(field.name);
      if (store !== undefined && wanted?.(field.name) !== false) kept[field.name] = taken(store, field, rows);
    }
    const rest = await pipeline.packedFields(rows, visit, (name) => !names.has(name) && wanted?.(name) !== false);
    return { ...kept, ...rest };
  };
  return {
    ...pipeline,
    packedFields,
    fields: async (rows, visit, wanted) => allUnpacked(await packedFields(rows, visit, wanted), new Pool()),
  };
}

/** Of the i-th row. */
function bytesOf(field: FieldRows, i: number, bytes: number): Uint8Array {
  if (field.dtype === 'packed') return field.rows[i] ?? new Uint8Array(bytes);
  const { buffer, byteOffset } = field.data;
  return new Uint8Array(buffer, byteOffset + i * bytes, bytes);
}

function taken(store: RowStore, { dtype, shape, bytes, packing }: CachedField, rows: Uint32Array): FieldRows {
  if (packing !== undefined) {
    const views = Array.from(rows, (row) => store.view(row));
    return { dtype: 'packed', shape: [rows.length, ...shape], rows: views, table: packing.table };
  }
  const all = new Uint8Array(rows.length * bytes);
  for (const [i, row] of rows.entries()) store.read(row, all.subarray(i * bytes, (i + 1) * bytes));
  const whole = [rows.length, ...shape];
  switch (dtype) {
    case 'float32':
      return { dtype, shape: whole, data: new Float32Array(all.buffer) };
    case 'int32':
      return { dtype, shape: whole, data: new Int32Array(all.buffer) };
    case 'uint8':
    case 'bool':
      return { dtype, shape: whole, data: all };
  }
}
