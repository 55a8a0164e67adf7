/** The parts of a pipeline's rows: which rows there are, before anything is learned, and which of them have values that nobody learned. */
import type { DataNode, PlanData } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { type Cleaning, columnOfNode } from './cleaning.ts';
import { nameOf } from './context.ts';
import { type FittedNodes, isFitted } from './fit.ts';
import { nodeOf, reachable } from './nodes.ts';
import { choosingNodes, eachRow, keptRows, type Look, partRows, refuseLearned } from './rows.ts';
import type { Table } from './source.ts';
import type { Parts } from './split.ts';
import { grouped, sizeOf } from './values.ts';
import { windowOf } from './windows.ts';

export function wholeParts(rows: Uint32Array): Parts {
  return { train: new Uint32Array(0), validation: new Uint32Array(0), test: rows };
}

/** The parts of the rows that are left, before anything is learned. */
export async function partsOf(
  data: PlanData,
  table: Table,
  needed: readonly number[],
  look: Look,
  whole: boolean,
  cleaning: Cleaning,
  where: (node: number, row: number) => string,
): Promise<Parts> {
  const drops = needed.map((id) => nodeOf(data, id)).filter((node) => nameOf(node.op) === 'drop');
  const choosing = [...drops, ...choosingNodes(data).map((id) => nodeOf(data, id))];
  // Windows over the rows of a table take them in the order of the file, as a text's characters are taken.
  const sequence = table.kind === 'sequence' || windowOf(data, needed) !== undefined;
  const [first] = choosing;
  if (sequence && first !== undefined) {
    throw new Failure(
      'data/drop-sequence',
      'Rows are chosen one by one here, but the characters of a text, or rows that `windows` cuts, belong together.',
      first.place,
    );
  }
  for (const node of choosing) {
    const own = nameOf(node.op) === 'drop' ? node.inputs : [node.id];
    const learned = [...reachable(data, own)].map((id) => nodeOf(data, id)).find(isFitted);
    if (learned !== undefined) refuseLearned(node, learned);
  }
  const kept = await keptRows(data, table.rows, drops, look, cleaning, where);
  if (whole) return wholeParts(kept);
  if (kept.length === 0 && table.rows > 0) {
    const why = cleaning.lines.map(({ text }) => text).join(' ');
    throw new Failure(
      'data/empty',
      `None of the ${grouped(table.rows)} rows is left to train on: ${why} Leave fewer of them out.`,
      first?.place ?? data.place,
    );
  }
  return partRows(data, kept, sequence || !data.shuffle, look);
}

/** The parts without the rows whose value an `Index(unseen: skip)` has not learned. */
export async function withoutUnseen(
  parts: Parts,
  data: PlanData,
  needed: readonly number[],
  fitted: FittedNodes,
  evaluate: Look,
  cleaning: Cleaning,
  where: (node: number, row: number) => string,
): Promise<Parts> {
  const skipping = needed.map((id) => nodeOf(data, id)).filter((node) => node.settings.unseen === 'skip');
  const kept = async (part: Uint32Array, node: DataNode): Promise<Uint32Array> => {
    const learned = fitted.get(node.id);
    if (learned === undefined || !('places' in learned) || part.length === 0) return part;
    const { places } = learned;
    const left: number[] = [];
    await eachRow(part, node.inputs[0] ?? 0, evaluate, (row, values, at) => {
      const size = sizeOf(values.shape);
      for (let i = at * size; i < (at + 1) * size; i++) {
        if (places.has(values.data[i] ?? '')) continue;
        const column = columnOfNode(data, node.id);
        const tell = (count: string): string =>
          `${count} of validation and test are left out: no training row has their value${column === undefined ? '' : ` of \`${column}\``} (\`unseen: skip\`).`;
        cleaning.note('unseen', column, () => where(node.id, row), tell);
        return;
      }
      left.push(row);
    });
    return Uint32Array.from(left);
  };
  let { validation, test } = parts;
  for (const node of skipping) [validation, test] = [await kept(validation, node), await kept(test, node)];
  return { train: parts.train, validation, test };
}
