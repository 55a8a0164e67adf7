/**
 * Which rows there are, and which of them are for training, validation and test: what `keep` and `deduplicate` leave, then
 * the parts, by a share of the rows, by a condition, or by shares of groups and classes. All of it before anything is learned.
 */
import type { DataNode, PlanData, PlanPart } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { isEmpty } from './cells.ts';
import { type Cleaning, columnOfNode } from './cleaning.ts';
import { nameOf } from './context.ts';
import { shuffled } from './random.ts';
import { contiguousParts, type Parts, rangeOfRows, rowsOfShare, splitRows } from './split.ts';
import { sizeOf, type Values } from './values.ts';

const CHUNK = 4096;

/** What a node holds for some rows; empty cells are no mistake in it. */
export type Look = (node: number, rows: Uint32Array) => Promise<Values>;

/** Nodes of the plan that choose rows. */
export function choosingNodes(data: PlanData): readonly number[] {
  const parts = [data.parts?.validation, data.parts?.test].flatMap((part): (number | undefined)[] => {
    if (part === undefined || part.kind === 'data') return [];
    return part.kind === 'condition' ? [part.node] : [part.by, part.stratify];
  });
  return [data.keep, ...(data.deduplicate ?? []), ...parts].filter((node) => node !== undefined);
}

/** The rows that are left of `rows`: for which `keep` is true, the first of those that are alike, none that a `drop` finds empty. */
export async function keptRows(
  data: PlanData,
  rows: number,
  drops: readonly DataNode[],
  look: Look,
  cleaning: Cleaning,
  where: (node: number, row: number) => string,
): Promise<Uint32Array> {
  const all = rangeOfRows(0, rows);
  const gone = new Uint8Array(rows);
  const { keep } = data;
  if (keep !== undefined) {
    await eachRow(all, keep, look, (row, values, at) => {
      if (values.data[at] === 1) return;
      gone[row] = 1;
      const tell = (count: string): string => `\`keep\` leaves out ${count} for which its condition is not true.`;
      cleaning.note('keep', undefined, () => where(keep, row), tell);
    });
  }
  for (const drop of drops) {
    const input = drop.inputs[0] ?? 0;
    const column = columnOfNode(data, input);
    await eachRow(all, input, look, (row, values, at) => {
      const size = sizeOf(values.shape);
      for (let i = at * size; i < (at + 1) * size; i++) {
        // A row that is gone already is counted once.
        if (!isEmpty(values.data[i]) || gone[row] === 1) continue;
        gone[row] = 1;
        const what = column === undefined ? 'a cell' : `\`${column}\``;
        cleaning.note(
          'drop',
          column,
          () => where(input, row),
          (count) => `\`drop\` leaves out ${count} in which ${what} is empty.`,
        );
      }
    });
  }
  const left = all.filter((row) => gone[row] === 0);
  return data.deduplicate === undefined ? left : withoutTwins(left, data.deduplicate, look, cleaning, where);
}

async function withoutTwins(
  rows: Uint32Array,
  nodes: readonly number[],
  look: Look,
  cleaning: Cleaning,
  where: (node: number, row: number) => string,
): Promise<Uint32Array> {
  const keys = Array.from(rows, () => '');
  for (const node of nodes) {
    let index = 0;
    await eachRow(rows, node, look, (_row, values, at) => {
      const size = sizeOf(values.shape);
      const cells: (string | number | undefined)[] = [];
      for (let i = at * size; i < (at + 1) * size; i++) cells.push(values.data[i]);
      keys[index] += `${JSON.stringify(cells)} `;
      index++;
    });
  }
  const seen = new Set<string>();
  return rows.filter((row, index) => {
    const key = keys[index] ?? '';
    if (seen.has(key)) {
      const tell = (count: string): string => `\`deduplicate\` leaves out ${count}, each like an earlier one.`;
      cleaning.note('deduplicate', undefined, () => where(nodes[0] ?? 0, row), tell);
      return false;
    }
    seen.add(key);
    return true;
  });
}

/** Calls with each row, the values of its chunk, and its place among them. */
export async function eachRow(
  rows: Uint32Array,
  node: number,
  look: Look,
  tell: (row: number, values: Values, at: number) => void,
): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.subarray(from, from + CHUNK);
    const values = await look(node, chunk);
    for (const [at, row] of chunk.entries()) tell(row, values, values.count === 1 ? 0 : at);
  }
}

/** Splits the kept rows into parts, each in ascending order. `contiguous`: from the end of the file, not by chance. */
export async function partRows(data: PlanData, kept: Uint32Array, contiguous: boolean, look: Look): Promise<Parts> {
  const { validation, test, parts, seed } = data;
  if (parts === undefined) {
    const fractions = { validation, test };
    const split = contiguous ? contiguousParts(kept.length, fractions) : splitRows(kept.length, fractions, seed);
    const rowsOf = (places: Uint32Array) => places.map((place) => kept[place] ?? 0);
    return { train: rowsOf(split.train), validation: rowsOf(split.validation), test: rowsOf(split.test) };
  }
  const chosen = async (
    part: PlanPart | undefined,
    share: number,
    left: Uint32Array,
    purpose: string,
  ): Promise<ReadonlySet<number>> => {
    // The rows of other data are none of these (`other.ts`).
    if (part?.kind === 'data') return new Set();
    if (part?.kind === 'condition') return where(part.node, left, look);
    const size = rowsOfShare(part?.share ?? share, kept.length);
    const order = contiguous
      ? left.slice().reverse()
      : shuffled(left.length, seed, purpose, 0).map((place) => left[place] ?? 0);
    return new Set(part === undefined ? order.subarray(0, size) : await pickShare(part, order, kept, look));
  };
  const forValidation = await chosen(parts.validation, validation, kept, 'split');
  const rest = kept.filter((row) => !forValidation.has(row));
  const forTest = await chosen(parts.test, test, rest, 'split test');
  return {
    validation: kept.filter((row) => forValidation.has(row)),
    test: rest.filter((row) => forTest.has(row)),
    train: rest.filter((row) => !forTest.has(row)),
  };
}

async function where(node: number, rows: Uint32Array, look: Look): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  await eachRow(rows, node, look, (row, values, at) => {
    if (values.data[at] === 1) found.add(row);
  });
  return found;
}

/** Whole groups until the share is reached, or the share of each class; rows come in the order of `order`. */
async function pickShare(
  part: Extract<PlanPart, { kind: 'share' }>,
  order: Uint32Array,
  kept: Uint32Array,
  look: Look,
): Promise<readonly number[]> {
  const groups = part.by === undefined ? undefined : await valuesBy(part.by, order, look);
  const classes = part.stratify === undefined ? undefined : await valuesBy(part.stratify, kept, look);
  const units = new Map<string, number[]>();
  for (const row of order) addTo(units, groups?.get(row) ?? String(row), row);
  const sizes = new Map<string, number>();
  const classOf = (row: number | undefined) => (row === undefined ? '' : (classes?.get(row) ?? ''));
  for (const row of kept) sizes.set(classOf(row), (sizes.get(classOf(row)) ?? 0) + 1);
  const picked: number[] = [];
  const taken = new Map<string, number>();
  for (const rows of units.values()) {
    const one = classOf(rows[0]);
    const before = taken.get(one) ?? 0;
    // Half a row too many is as good as half a row too few.
    if (before + rows.length / 2 > Math.round((sizes.get(one) ?? 0) * part.share)) continue;
    taken.set(one, before + rows.length);
    picked.push(...rows);
  }
  return picked;
}

async function valuesBy(node: number, rows: Uint32Array, look: Look): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  await eachRow(rows, node, look, (row, values, at) => found.set(row, String(values.data[at])));
  return found;
}

function addTo(map: Map<string, number[]>, key: string, row: number): void {
  const list = map.get(key);
  if (list) list.push(row);
  else map.set(key, [row]);
}

/** Says where something that is learned would choose the rows that it is learned from. */
export function refuseLearned(node: DataNode, learned: DataNode): never {
  const what = nameOf(node.op) === 'drop' ? '`drop`' : 'A condition on rows';
  throw new Failure(
    'data/drop-late',
    `${what} says which rows there are, before \`${nameOf(learned.op)}\` learns from them: use the raw column.`,
    node.place,
  );
}
