/**
 * `previous`: what came before a row among those that are alike. The rows are sorted once by group and order; a row's history
 * are the places in front of its own.
 */
import type { DataNode } from '../../language/index.ts';
import type { TransformContext } from './context.ts';
import { emptyCell } from './context.ts';
import { isTexts, sizeOf, type Values } from './values.ts';

/** All rows of a table in the order in which they came, group by group. */
export interface Past {
  /** The column whose earlier values are wanted; row i of it is `rows[i]`. */
  readonly values: Values;
  /** Places in `values`, sorted. */
  readonly sorted: Uint32Array;
  /** By row of the table: its place in `sorted`, or −1. */
  readonly placeOf: Int32Array;
  /** By place in `sorted`: where its group begins. */
  readonly start: Uint32Array;
}

/** Inputs of a `previous`, by what they are. */
export function inputsOf(node: DataNode): Readonly<Record<'x' | 'by' | 'order', number | undefined>> {
  const named = (name: string) => {
    const at = node.inputNames?.indexOf(name) ?? (name === 'x' ? 0 : -1);
    return at < 0 ? undefined : node.inputs[at];
  };
  return { x: named('x') ?? node.inputs[0], by: named('by'), order: named('order') };
}

/** The pasts of a pipeline's `previous` nodes, each made once for the rows that there are. */
export class Pasts {
  readonly #evaluate: (id: number, rows: Uint32Array) => Promise<Values>;
  readonly #made = new Map<string, Promise<Past>>();
  #rows: Uint32Array;

  constructor(rows: Uint32Array, evaluate: (id: number, rows: Uint32Array) => Promise<Values>) {
    this.#rows = rows;
    this.#evaluate = evaluate;
  }

  /** Only these rows are there from now on: others were left out. */
  restrict(...parts: readonly Uint32Array[]): void {
    const rows = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      rows.set(part, at);
      at += part.length;
    }
    this.#rows = rows.sort();
    this.#made.clear();
  }

  async previous(rows: Uint32Array, context: TransformContext): Promise<Values> {
    const { x = 0, by, order } = inputsOf(context.node);
    const key = `${x} ${by} ${order}`;
    let past = this.#made.get(key);
    if (past === undefined) {
      past = this.#make(x, by, order, context);
      this.#made.set(key, past);
    }
    return previous(await past, rows, context.node);
  }

  async #make(x: number, by: number | undefined, order: number | undefined, context: TransformContext): Promise<Past> {
    const all = this.#rows;
    const read = async (id: number | undefined): Promise<Values | undefined> => {
      if (id === undefined) return undefined;
      const parts: Values[] = [];
      for (let from = 0; from < all.length; from += CHUNK) {
        parts.push(await this.#evaluate(id, all.subarray(from, from + CHUNK)));
      }
      return joined(parts);
    };
    const values = (await read(x)) ?? joined([]);
    return pastOf(all, values, await read(by), await read(order), context);
  }
}

const CHUNK = 8192;

/** Sorts the rows. Equal places in the order keep the order of the file. */
export function pastOf(
  rows: Uint32Array,
  values: Values,
  by: Values | undefined,
  order: Values | undefined,
  context: TransformContext,
): Past {
  const group = by === undefined ? new Uint32Array(rows.length) : groupsOf(by);
  const times = order?.data;
  if (times) {
    for (let i = 0; i < rows.length; i++) {
      const time = times[i];
      if (time === undefined || Number.isNaN(time)) throw emptyCell(context, i);
    }
  }
  const timeOf = (i: number): number => (times ? Number(times[i]) : 0);
  const sorted = Uint32Array.from(rows.keys()).sort(
    (a, b) => (group[a] ?? 0) - (group[b] ?? 0) || timeOf(a) - timeOf(b) || a - b,
  );
  const placeOf = new Int32Array(rows.reduce((most, row) => Math.max(most, row + 1), 0)).fill(-1);
  const start = new Uint32Array(rows.length);
  let first = 0;
  for (const [place, index] of sorted.entries()) {
    if (group[index] !== group[sorted[first] ?? 0]) first = place;
    start[place] = first;
    placeOf[rows[index] ?? 0] = place;
  }
  return { values, sorted, placeOf, start };
}

function groupsOf(by: Values): Uint32Array {
  const numbers = new Map<string | number, number>();
  return Uint32Array.from({ length: by.count }, (_, i) => {
    const value = by.data[i] ?? '';
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  });
}

/** The values before each of some rows, the latest last, with 0 in front where there are fewer; or which of them are real. */
export function previous(past: Past, rows: Uint32Array, node: DataNode): Values {
  const length = Number(node.settings.n);
  const { shape, dtype, data: from } = past.values;
  const size = sizeOf(shape);
  const known = new Uint8Array(rows.length * length);
  const places = new Uint32Array(rows.length * length);
  for (const [i, row] of rows.entries()) {
    const place = past.placeOf[row] ?? -1;
    if (place < 0) continue;
    const first = Math.max(past.start[place] ?? 0, place - length);
    for (let earlier = first; earlier < place; earlier++) {
      const at = i * length + length - (place - earlier);
      known[at] = 1;
      places[at] = past.sorted[earlier] ?? 0;
    }
  }
  if (node.output === 1) return { dtype: 'bool', shape: [length], count: rows.length, data: known };
  const result = { dtype, shape: [length, ...shape], count: rows.length };
  if (isTexts(from)) {
    const texts: string[] = [];
    for (const [at, place] of places.entries())
      for (let k = 0; k < size; k++) texts.push(known[at] === 1 ? (from[place * size + k] ?? '') : '');
    return { ...result, data: texts };
  }
  const data = new Float64Array(places.length * size);
  for (const [at, place] of places.entries()) {
    if (known[at] === 1) for (let k = 0; k < size; k++) data[at * size + k] = from[place * size + k] ?? 0;
  }
  return { ...result, data };
}

/** One after the other. */
export function joined(parts: readonly Values[]): Values {
  const [first] = parts;
  if (first === undefined) return { dtype: 'float32', shape: [], count: 0, data: new Float64Array(0) };
  if (parts.length === 1) return first;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  if (isTexts(first.data)) return { ...first, count, data: parts.flatMap((part) => Array.from(part.data, String)) };
  const data = new Float64Array(count * sizeOf(first.shape));
  let at = 0;
  for (const part of parts) {
    if (!isTexts(part.data)) data.set(part.data, at);
    at += part.data.length;
  }
  return { ...first, count, data };
}
