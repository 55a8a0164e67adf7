/**
 * Rows that are kept once they are made, before augmentation: in memory that all data workers share, or in files that later
 * runs of the same data find again. Which rows are there stands in one byte a row.
 */
import type { PlanData } from '../../language/index.ts';
import type { HostTensor } from '../engine.ts';
import { nameOf, type Visit } from './context.ts';
import { reachable } from './nodes.ts';
import type { Pipeline } from './pipeline.ts';
import { sizeOf } from './values.ts';

/** Where the bytes of one field's rows lie. */
export interface RowStore {
  read(row: number, to: Uint8Array): void;
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
  /** Of one row. */
  readonly bytes: number;
}

/** The fields whose rows are the same in every epoch. */
export function cachedFields(data: PlanData): readonly CachedField[] {
  return data.fields.flatMap((field): CachedField[] => {
    const nodes = [...reachable(data, [field.node])];
    const drawn = nodes.some((id) => nameOf(data.nodes[id]?.op ?? '') === 'hide');
    if (!field.used || drawn || field.dtype === 'string') return [];
    const width = field.dtype === 'float32' || field.dtype === 'int32' ? 4 : 1;
    return [{ name: field.name, dtype: field.dtype, shape: field.shape, bytes: sizeOf(field.shape) * width }];
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
  const make = async (rows: Uint32Array, visit: Visit): Promise<Readonly<Record<string, HostTensor>> | undefined> => {
    const absent = rows.filter((row) => Atomics.load(there, row) === 0);
    if (absent.length === 0) return undefined;
    const made = await pipeline.fields(absent, visit, (name) => names.has(name));
    for (const { name, bytes } of fields) {
      const tensor = made[name];
      const store = stores.get(name);
      if (tensor === undefined || store === undefined) continue;
      const all = new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
      for (const [i, row] of absent.entries()) store.write(row, all.subarray(i * bytes, (i + 1) * bytes));
    }
    for (const row of absent) Atomics.store(there, row, 1);
    return absent.length === rows.length ? made : undefined;
  };
  return {
    ...pipeline,
    async fields(rows, visit, wanted) {
      // Rows beyond what there is room for are made each time.
      if (rows.some((row) => row >= there.length)) return pipeline.fields(rows, visit, wanted);
      const made = await make(rows, visit);
      const kept: Record<string, HostTensor> = {};
      for (const field of fields) {
        const own = made?.[field.name];
        if (own !== undefined && wanted?.(field.name) !== false) {
          kept[field.name] = own;
          continue;
        }
        const store = stores.get(field.name);
        if (store !== undefined && wanted?.(field.name) !== false) kept[field.name] = taken(store, field, rows);
      }
      const rest = await pipeline.fields(rows, visit, (name) => !names.has(name) && wanted?.(name) !== false);
      return { ...kept, ...rest };
    },
  };
}

function taken(store: RowStore, { dtype, shape, bytes }: CachedField, rows: Uint32Array): HostTensor {
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
