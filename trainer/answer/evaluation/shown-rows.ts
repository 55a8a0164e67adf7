/**
 * The rows of an evaluated part for people: loaded once more in this thread, with what the source holds of them, the texts of
 * their tokens, their sounds, and the values by which they are parted.
 */
import type { DataNode, Plan, PlanData, PlanField } from '../../../language/index.ts';
import type { DataCell, Example, ExampleInput, ExampleSound } from '../../../protocol/index.ts';
import { nameOf } from '../../data/context.ts';
import type { PartName } from '../../data/feed.ts';
import { type Fitted, parseFitted } from '../../data/fit.ts';
import { nodeOf, reachable, wantedColumns } from '../../data/nodes.ts';
import { loadOtherParts, withOtherParts } from '../../data/other.ts';
import { createPipeline, type Pipeline } from '../../data/pipeline.ts';
import { isColumn, loadSource } from '../../data/source.ts';
import { special } from '../../data/texts.ts';
import { codeOf } from '../../data/tokens/index.ts';
import { isNumbers, sizeOf, type Values } from '../../data/values.ts';
import type { HostTensor } from '../../engine.ts';
import { cellsOf } from '../data-cells.ts';
import { rowName } from '../row-name.ts';

/** Which rows an evaluation looks at, and how they are made: what a later look needs. */
export interface ShownPart {
  readonly plan: Plan;
  readonly part: Exclude<PartName, 'train'>;
  readonly whole: boolean;
}

export interface ShownRows {
  readonly count: number;
  /** Rows by their numbers within the part; one that is not there is left out. */
  examples(rows: readonly number[]): Promise<readonly Example[]>;
  /** The fields of one row as the model gets them. */
  fields(row: number): Promise<Readonly<Record<string, HostTensor>>>;
  /** What each row has in a field, as a text. */
  values(field: string): Promise<readonly string[]>;
}

/** Loads the rows; `fitted`: the run's `fitted.json`. */
export async function openShownRows(
  { plan, part, whole }: ShownPart,
  fitted: string | undefined,
  dataFolder: string | undefined,
): Promise<ShownRows> {
  const { data } = plan;
  const program = plan.sources[data.source.place.source]?.path ?? plan.file;
  const place = { program, dataFolder };
  const sliced = new Set(plan.evaluation?.slices.flatMap((slice) => (slice.kind === 'field' ? [slice.name] : [])));
  const more = { ...data, fields: data.fields.map((one) => ({ ...one, used: one.used || sliced.has(one.name) })) };
  const loaded = await loadSource(data, place, wantedColumns(more));
  const own = await createPipeline(data, loaded.table, {
    fitted: fitted === undefined ? undefined : parseFitted(fitted),
    whole,
  });
  const others = whole ? {} : await loadOtherParts(data, own.fitted, place);
  const joined = withOtherParts(own, others);
  const shown: Shown = {
    data: others[part]?.data ?? data,
    pipeline: others[part]?.pipeline ?? own,
    part,
    rows: joined.parts[part],
  };
  return {
    count: shown.rows.length,
    async examples(wanted) {
      const there = wanted.filter((row) => row < shown.rows.length);
      const rows = Uint32Array.from(there, (row) => shown.rows[row] ?? 0);
      return there.length === 0 ? [] : examplesOf(shown, there, rows);
    },
    fields: (row) => shown.pipeline.fields(shown.rows.subarray(row, row + 1), { part, epoch: 0 }),
    values: (field) => valuesOf(shown, field),
  };
}

interface Shown {
  readonly data: PlanData;
  readonly pipeline: Pipeline;
  readonly part: PartName;
  readonly rows: Uint32Array;
}

async function examplesOf(shown: Shown, numbers: readonly number[], rows: Uint32Array): Promise<readonly Example[]> {
  const { data, pipeline, part } = shown;
  const used = data.fields.filter((field) => field.used);
  const inputs: ExampleInput[][] = numbers.map(() => []);
  for (const field of used) {
    for (const [i, input] of (await inputsOf(shown, field, rows)).entries()) inputs[i]?.push(input);
  }
  const columns: { readonly name: string; readonly cells: readonly DataCell[] }[] = [];
  for (const id of [
    ...reachable(
      data,
      used.map(({ node }) => node),
    ),
  ].sort((a, b) => a - b)) {
    const node = nodeOf(data, id);
    if (!isColumn(node.op)) continue;
    const cells = cellsOf(await pipeline.node(id, rows), rows.length, true);
    // Pictures and sounds are shown as inputs; a column that is a number or a text stands for itself.
    if (cells.some(({ kind }) => kind === 'picture' || kind === 'sound' || kind === 'numbers')) continue;
    columns.push({ name: String(node.settings.name), cells });
  }
  const [first] = used;
  return numbers.map(
    (row, i): Example => ({
      row,
      where: first === undefined ? String(row + 1) : rowName(pipeline.where(first.name, rows[i] ?? 0, part)),
      columns: columns.map(({ name, cells }) => ({ name, cell: cells[i] ?? { kind: 'empty' } })),
      inputs: inputs[i] ?? [],
    }),
  );
}

async function inputsOf(
  { data, pipeline, part }: Shown,
  field: PlanField,
  rows: Uint32Array,
): Promise<readonly ExampleInput[]> {
  const tensor = await pipeline.field(field.name, rows, { part, epoch: 0 });
  const [count = 0, ...shape] = tensor.shape;
  const cells = cellsOf({ dtype: tensor.dtype, shape, count, data: tensor.data }, rows.length, false);
  const raw = cells.some(({ kind }) => kind === 'picture') ? await rawPictures(field, data, pipeline, rows) : undefined;
  const tokens = shape.length === 1 && tensor.dtype !== 'bool' ? tokenTexts(field, data, pipeline) : undefined;
  const sounds = await soundsOf(field, data, pipeline, rows);
  const size = sizeOf(shape);
  return cells.map((cell, i): ExampleInput => {
    const before = raw?.[i];
    const sound = sounds?.[i];
    return {
      name: field.name,
      cell,
      ...(before?.kind === 'picture' ? { raw: before } : {}),
      ...(tokens === undefined ? {} : { tokens: Array.from(tensor.data.slice(i * size, (i + 1) * size), tokens) }),
      ...(sound === undefined ? {} : { sound }),
    };
  });
}

/** The nodes that a field is made of, from itself on towards the source, by their first inputs. */
function chainOf(field: PlanField, data: PlanData): readonly DataNode[] {
  const chain: DataNode[] = [];
  for (let node: DataNode | undefined = nodeOf(data, field.node); node !== undefined; ) {
    chain.push(node);
    const [input]: readonly number[] = node.inputs;
    node = input === undefined ? undefined : nodeOf(data, input);
  }
  return chain;
}

/** The picture as it was before what changes its numbers: the earliest that is bytes. */
async function rawPictures(
  field: PlanField,
  data: PlanData,
  pipeline: Pipeline,
  rows: Uint32Array,
): Promise<readonly DataCell[] | undefined> {
  for (const node of [...chainOf(field, data)].reverse()) {
    if (node.dtype !== 'uint8' || node.shape === undefined || node.shape.some((size) => size < 0)) continue;
    const cells = cellsOf(await pipeline.node(node.id, rows), rows.length, false);
    if (cells.every(({ kind }) => kind === 'picture')) return cells;
  }
  return undefined;
}

/** Steps that give the same numbers another form. */
const FORMS: ReadonlySet<string> = new Set(['index', 'pad', 'fit', 'windows', 'previous', 'expand', 'reshape']);

/** What a number stands for, where a field's numbers are learned words, signs or pieces. */
function tokenTexts(field: PlanField, data: PlanData, { fitted }: Pipeline): ((number: number) => string) | undefined {
  for (const node of chainOf(field, data)) {
    const name = nameOf(node.op);
    const learned = fitted.get(node.id);
    if (learned !== undefined) return textOfNumber(learned, node);
    if (!FORMS.has(name)) return undefined;
  }
  return undefined;
}

function textOfNumber(learned: Fitted, node: DataNode): ((number: number) => string) | undefined {
  const clean = (value: string | number | undefined): string =>
    String(value ?? '')
      .replace('\u{E000}', '⟨')
      .replace('\u{E001}', '⟩');
  if (learned.kind === 'Index') return (number) => clean(learned.values[number]);
  if (learned.kind === 'Words') {
    const first = special(node.settings);
    return (number) => (number === 1 ? '?' : clean(learned.values[number - first]));
  }
  if (learned.kind !== 'BytePairs') return undefined;
  const [code, first] = [codeOf(learned), special(node.settings)];
  return (number) => (number < first ? (number === 1 ? '?' : '') : code.decode([number - first]));
}

/** A sound of more samples is cut off: half a minute. */
const MOST_SAMPLES = 480_000;

/** Where a field is made of decoded sound: its samples. */
async function soundsOf(
  field: PlanField,
  data: PlanData,
  pipeline: Pipeline,
  rows: Uint32Array,
): Promise<readonly ExampleSound[] | undefined> {
  const chain = chainOf(field, data);
  const decoded = chain.find((node) => nameOf(node.op) === 'decodeAudio');
  const rate = decoded?.settings.rate;
  // A step behind the decoding has brought all of them to one length.
  const node = chain.find(({ shape }) => shape?.length === 1 && (shape[0] ?? -1) > 0);
  if (decoded === undefined || node === undefined || typeof rate !== 'number') return undefined;
  const values = await pipeline.node(node.id, rows);
  const samples = values.data;
  if (!isNumbers(samples)) return undefined;
  const size = sizeOf(values.shape);
  return Array.from(rows, (_, row) => {
    const bytes = Buffer.alloc(2 * Math.min(size, MOST_SAMPLES));
    for (let i = 0; i < bytes.length / 2; i++) {
      const value = Math.max(-1, Math.min(1, samples[row * size + i] ?? 0));
      bytes.writeInt16LE(Math.round(value * 32_767), 2 * i);
    }
    return { rate, samples: bytes.toString('base64') };
  });
}

const CHUNK = 4096;

/** Values as people wrote them: before they were numbered. */
async function valuesOf({ data, pipeline, rows }: Shown, name: string): Promise<readonly string[]> {
  const field = data.fields.find((each) => each.name === name);
  if (field === undefined) return [];
  const node = nodeOf(data, field.node);
  const id = nameOf(node.op) === 'Index' ? (node.inputs[0] ?? node.id) : node.id;
  const found: string[] = [];
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.subarray(from, from + CHUNK);
    found.push(...texts(await pipeline.node(id, chunk), chunk.length));
  }
  return found;
}

function texts({ data, dtype, count }: Values, rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const value = data[count === 1 ? 0 : row];
    return dtype === 'bool' ? String(value === 1) : String(value ?? '');
  });
}
