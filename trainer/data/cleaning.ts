/**
 * What happened to rows and cells before training, counted: rows that were left out, cells that were filled or clipped,
 * values far from all others. Nothing of it happens without a word.
 */

import type { DataNode, PlanData } from '../../language/index.ts';
import type { CleaningLine } from '../../protocol/index.ts';
import { isEmpty } from './cells.ts';
import { nameOf } from './context.ts';
import { isColumn } from './source.ts';
import { grouped, sizeOf, type Values } from './values.ts';

/** So many rows are named. */
const NAMED = 3;

interface Tally {
  readonly rule: string;
  readonly column: string | undefined;
  readonly tell: (rows: string) => string;
  rows: number;
  readonly examples: string[];
}

export class Cleaning {
  readonly #tallies = new Map<string, Tally>();

  /** One row that a rule concerns. `tell` makes the sentence of how many there were. */
  note(rule: string, column: string | undefined, where: () => string, tell: (rows: string) => string): void {
    const key = `${rule} ${column ?? ''}`;
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = { rule, column, tell, rows: 0, examples: [] };
      this.#tallies.set(key, tally);
    }
    tally.rows++;
    if (tally.examples.length < NAMED) tally.examples.push(where());
  }

  get lines(): readonly CleaningLine[] {
    return [...this.#tallies.values()].map(({ rule, column, tell, rows, examples }) => ({
      rule,
      column,
      rows,
      text: tell(rows === 1 ? '1 row' : `${grouped(rows)} rows`),
      examples: [...examples],
    }));
  }
}

/** The column that a node is made of; undefined for several. */
export function columnOfNode(data: PlanData, id: number): string | undefined {
  const names = new Set<string>();
  const visit = (node: DataNode | undefined): void => {
    if (node === undefined) return;
    if (isColumn(node.op)) names.add(String(node.settings.name));
    for (const input of node.inputs) visit(data.nodes[input]);
  };
  visit(data.nodes[id]);
  return names.size === 1 ? [...names][0] : undefined;
}

/** Rules that change single cells, and whether they change this one. */
export function changesCell(node: DataNode): ((value: string | number | undefined) => boolean) | undefined {
  if (nameOf(node.op) === 'fill') return isEmpty;
  const { range } = node.settings;
  if (nameOf(node.op) !== 'clip' || !Array.isArray(range)) return undefined;
  const [low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY] = range.map((end) =>
    typeof end === 'number' ? end : undefined,
  );
  return (value) => typeof value === 'number' && (value < low || value > high);
}

/** Notes the rows of which a `fill` or `clip` changes a cell; `values` are what goes into it. */
export function noteChanged(
  cleaning: Cleaning,
  node: DataNode,
  column: string | undefined,
  values: Values,
  where: (row: number) => string,
): void {
  const changes = changesCell(node);
  if (changes === undefined) return;
  const rule = nameOf(node.op);
  const what = column === undefined ? 'a cell' : `\`${column}\``;
  const tell = (rows: string): string =>
    rule === 'fill'
      ? `${what} was empty in ${rows} and is filled.`
      : `${what} lay outside of its range in ${rows} and is clipped.`;
  const size = sizeOf(values.shape);
  for (let row = 0; row < values.count; row++) {
    for (let i = row * size; i < (row + 1) * size; i++) {
      if (!changes(values.data[i])) continue;
      cleaning.note(rule, column, () => where(row), tell);
      break;
    }
  }
}

/** A value this many deviations from the mean is told. */
const FAR = 20;

/** Mean, deviation, and the least and greatest value of a field of single numbers. */
export class Extremes {
  #count = 0;
  #mean = 0;
  #squares = 0;
  #least = { value: Number.POSITIVE_INFINITY, row: 0 };
  #greatest = { value: Number.NEGATIVE_INFINITY, row: 0 };

  add(values: ArrayLike<number>, rows: Uint32Array): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      this.#count++;
      const away = value - this.#mean;
      this.#mean += away / this.#count;
      this.#squares += away * (value - this.#mean);
      if (value < this.#least.value) this.#least = { value, row: rows[i] ?? 0 };
      if (value > this.#greatest.value) this.#greatest = { value, row: rows[i] ?? 0 };
    }
  }

  tell(cleaning: Cleaning, field: string, where: (row: number) => string): void {
    const deviation = Math.sqrt(this.#squares / Math.max(1, this.#count));
    for (const { value, row } of [this.#least, this.#greatest]) {
      if (deviation === 0 || Math.abs(value - this.#mean) < FAR * deviation) continue;
      const spread = `mean ${short(this.#mean)}, deviation ${short(deviation)}`;
      const text = `The field \`${field}\` has a value far from all others, ${short(value)} (${spread}): a mistake in the file? \`clip\` holds such values.`;
      cleaning.note(
        'outlier',
        field,
        () => where(row),
        () => text,
      );
    }
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
