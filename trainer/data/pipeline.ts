/**
 * A data declaration at work: the table of its source, its nodes, what was learned, and the three parts of its rows.
 * Rows are prepared when they are asked for, so that a data set takes no more memory than its file.
 */
import type { DataNode, PlanData, PlanField } from '../../language/index.ts';
import type { HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import { nameOf, type TransformContext } from './context.ts';
import { toField } from './convert.ts';
import { type Fitted, type FittedNodes, fitNode, isFitted } from './fit.ts';
import { gatherRows } from './idx.ts';
import { choosingNodes, keptRows, type Look, partRows, refuseLearned } from './rows.ts';
import { decodeSounds } from './sound.ts';
import { isColumn, type Table } from './source.ts';
import { type Parts, rangeOfRows } from './split.ts';
import { textsOf } from './texts.ts';
import { transform } from './transforms.ts';
import { grouped, isTexts, sizeOf, type Values } from './values.ts';

export interface Pipeline {
  readonly parts: Parts;
  readonly fitted: FittedNodes;
  /** The fields that the model, the loss or a metric reads, for these rows. */
  fields(rows: Uint32Array): Readonly<Record<string, HostTensor>>;
  /** One field alone. */
  field(name: string, rows: Uint32Array): HostTensor;
  /** What a person calls a row, seen from a field. */
  where(name: string, row: number): string;
}

export interface PipelineOptions {
  /** Learned by an earlier start of the run, or by the run that is evaluated. */
  readonly fitted?: FittedNodes | undefined;
  /** All rows are one part (`test`): evaluation of other data than the run's. */
  readonly whole?: boolean;
  /** No row is left out (`predict`): what says otherwise is about training. */
  readonly every?: boolean;
}

/** The columns that the used fields read, and what chooses rows; `every`: no row is left out, so nothing chooses them. */
export function wantedColumns(data: PlanData, every = false): ReadonlySet<string> {
  const names = new Set<string>();
  const used = data.fields.filter((field) => field.used).map((field) => field.node);
  for (const id of reachable(data, every ? used : [...used, ...choosingNodes(data)])) {
    const node = data.nodes[id];
    if (node !== undefined && isColumn(node.op)) names.add(String(node.settings.name));
  }
  return names;
}

function reachable(data: PlanData, from: readonly number[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const visit = (id: number): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const input of data.nodes[id]?.inputs ?? []) visit(input);
  };
  for (const id of from) visit(id);
  return seen;
}

const CHUNK = 4096;

/** Splits the rows and learns what is to be learned. */
export function createPipeline(data: PlanData, table: Table, options: PipelineOptions = {}): Pipeline {
  const used = data.fields.filter((field) => field.used);
  const needed = [
    ...reachable(
      data,
      used.map((field) => field.node),
    ),
  ].sort((a, b) => a - b);
  const windows = windowOf(data, needed);
  const fitted = new Map<number, Fitted>(options.fitted ?? []);
  const whole = new Map<number, Values>();
  const behindWindow = dependents(data, (node) => nameOf(node.op) === 'windows');

  const where = (id: number, row: number): string => {
    const column = [...reachable(data, [id])]
      .map((each) => data.nodes[each])
      .find((node) => node !== undefined && isColumn(node.op));
    const text = table.columns.get(String(column?.settings.name))?.where(row) ?? `row ${grouped(row + 1)}`;
    return behindWindow.has(id) ? `the window at ${text}` : text;
  };

  const evaluate = (id: number, rows: Uint32Array, known: Map<number, Values>, gaps = false): Values => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const node = nodeOf(data, id);
    const value = compute(node, rows, known, gaps);
    known.set(id, value);
    return value;
  };

  const compute = (node: DataNode, rows: Uint32Array, known: Map<number, Values>, gaps: boolean): Values => {
    if (isColumn(node.op)) return columnOf(table, node).gather(rows);
    const name = nameOf(node.op);
    if (name === 'constant') return constant(node);
    if (name === 'windows') return cutWindows(wholeOf(node.inputs[0] ?? 0), rows, lengthOf(node));
    const context: TransformContext = {
      node,
      fitted: fitted.get(node.id),
      gaps,
      where: (i, input) => where(input === undefined ? node.id : (node.inputs[input] ?? node.id), rows[i] ?? 0),
    };
    const sound = soundOf(node, data);
    if (sound !== undefined) {
      const files = textsOf(evaluate(sound.files, rows, known, gaps), context);
      return decodeSounds(files, sound.length, sound.rate, context);
    }
    const inputs = node.inputs.map((input) => evaluate(input, rows, known, gaps));
    return transform(inputs, context);
  };

  /** A node over the whole sequence, kept: windows overlap, so each place would else be made again and again. */
  const wholeOf = (id: number): Values => {
    const kept = whole.get(id);
    if (kept !== undefined) return kept;
    const value = evaluate(id, rangeOfRows(0, table.rows), new Map());
    whole.set(id, value);
    return value;
  };

  const look: Look = (id, rows) => evaluate(id, rows, new Map(), true);
  const positions =
    options.every === true ? wholeParts(rangeOfRows(0, table.rows)) : partsOf(data, table, needed, look, options);
  const parts = windows === undefined ? positions : windowParts(positions, windows, data);

  const learn = (node: DataNode): void => {
    if (fitted.has(node.id) || !isFitted(node)) return;
    const rows = behindWindow.has(node.id) ? parts.train : positions.train;
    if (rows.length === 0)
      throw new Failure(
        'data/nothing-to-learn',
        `\`${nameOf(node.op)}\` learns on the training part, which has no rows.`,
        node.place,
      );
    const input = node.inputs[0] ?? 0;
    const chunks = (function* (): Generator<Values> {
      for (let from = 0; from < rows.length; from += CHUNK)
        yield evaluate(input, rows.subarray(from, from + CHUNK), new Map());
    })();
    fitted.set(
      node.id,
      fitNode(node, chunks, (i) => where(node.id, rows[i] ?? 0)),
    );
  };

  for (const id of needed) learn(nodeOf(data, id));
  const seen =
    options.every === true
      ? parts
      : withoutUnseen(parts, data, needed, fitted, (id, rows) => evaluate(id, rows, new Map()));

  const makeField = (field: PlanField, rows: Uint32Array, known: Map<number, Values>): HostTensor => {
    const value = repeated(evaluate(field.node, rows, known), rows.length);
    return toField(value, field, (i) => where(field.node, rows[i] ?? 0));
  };

  return {
    parts: seen,
    fitted,
    fields(rows) {
      const known = new Map<number, Values>();
      return Object.fromEntries(used.map((field) => [field.name, makeField(field, rows, known)]));
    },
    field: (name, rows) => makeField(fieldOf(data, name), rows, new Map()),
    where: (name, row) => where(fieldOf(data, name).node, row),
  };
}

/** `decodeAudio`, or it with the `fit` behind it: sounds of many lengths are only held in one. */
function soundOf(node: DataNode, data: PlanData) {
  const before = nameOf(node.op) === 'fit' ? nodeOf(data, node.inputs[0] ?? 0) : node;
  if (nameOf(before.op) !== 'decodeAudio') return undefined;
  const { rate } = before.settings;
  return {
    files: before.inputs[0] ?? 0,
    rate: typeof rate === 'number' ? rate : undefined,
    length: before === node ? undefined : Number(node.settings.samples),
  };
}

function fieldOf(data: PlanData, name: string): PlanField {
  const field = data.fields.find((each) => each.name === name);
  if (field === undefined) throw new Failure('data/plan', `The plan has no field \`${name}\`.`, data.place);
  return field;
}

function nodeOf(data: PlanData, id: number): DataNode {
  const node = data.nodes[id];
  if (node === undefined) throw new Failure('data/plan', `The plan has no data node ${id}.`, data.place);
  return node;
}

function columnOf(table: Table, node: DataNode): NonNullable<ReturnType<Table['columns']['get']>> {
  const column = table.columns.get(String(node.settings.name));
  if (column === undefined)
    throw new Failure(
      'data/missing-column',
      `The column \`${String(node.settings.name)}\` is not in the source.`,
      node.place,
    );
  return column;
}

/** One row that stands for all. */
function constant(node: DataNode): Values {
  const { value } = node.settings;
  if (typeof value === 'string') return { dtype: 'string', shape: [], count: 1, data: [value] };
  if (typeof value === 'boolean') return { dtype: 'bool', shape: [], count: 1, data: Uint8Array.of(value ? 1 : 0) };
  const number = Number(value);
  const whole = node.dtype === undefined ? Number.isInteger(number) : node.dtype === 'int32';
  return { dtype: whole ? 'int32' : 'float32', shape: [], count: 1, data: Float64Array.of(number) };
}

/** A value of one row (a constant) for each of `count` rows. */
function repeated(x: Values, count: number): Values {
  if (x.count === count) return x;
  if (isTexts(x.data))
    return {
      ...x,
      count,
      data: Array.from({ length: count }, () => x.data)
        .flat()
        .map(String),
    };
  return { ...x, count, data: gatherRows(x.data, new Uint32Array(count), sizeOf(x.shape)) };
}

// ---- parts

function wholeParts(rows: Uint32Array): Parts {
  return { train: new Uint32Array(0), validation: new Uint32Array(0), test: rows };
}

/** The parts of the rows that are left, before anything is learned. */
function partsOf(
  data: PlanData,
  table: Table,
  needed: readonly number[],
  look: Look,
  { whole }: PipelineOptions,
): Parts {
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
  const kept = keptRows(data, table.rows, drops, look);
  return whole === true ? wholeParts(kept) : partRows(data, kept, sequence || !data.shuffle, look);
}

/** The parts without the rows whose value an `Index(unseen: skip)` has not learned. */
function withoutUnseen(
  parts: Parts,
  data: PlanData,
  needed: readonly number[],
  fitted: FittedNodes,
  evaluate: (id: number, rows: Uint32Array) => Values,
): Parts {
  const skipping = needed.map((id) => nodeOf(data, id)).filter((node) => node.settings.unseen === 'skip');
  const kept = (part: Uint32Array, node: DataNode): Uint32Array => {
    const learned = fitted.get(node.id);
    if (learned === undefined || !('places' in learned) || part.length === 0) return part;
    const values = evaluate(node.inputs[0] ?? 0, part);
    const size = sizeOf(values.shape);
    return part.filter((_, row) => {
      for (let i = row * size; i < (row + 1) * size; i++) if (!learned.places.has(values.data[i] ?? '')) return false;
      return true;
    });
  };
  return skipping.reduce(
    (before, node) => ({
      train: before.train,
      validation: kept(before.validation, node),
      test: kept(before.test, node),
    }),
    parts,
  );
}

interface Windows {
  readonly length: number;
  readonly stride: number;
  readonly node: DataNode;
}

function windowOf(data: PlanData, needed: readonly number[]): Windows | undefined {
  const nodes = needed.map((id) => nodeOf(data, id)).filter((node) => nameOf(node.op) === 'windows');
  const [first] = nodes;
  if (first === undefined) return undefined;
  const length = Math.max(...nodes.map(lengthOf));
  return { length, stride: Number(first.settings.stride ?? 1), node: first };
}

function lengthOf(node: DataNode): number {
  return Number(node.settings.n ?? node.settings.length ?? node.settings.size ?? 1);
}

/** Windows that lie within a part: the text is split before it is cut, so that no window looks over a border. */
function windowParts(positions: Parts, windows: Windows, data: PlanData): Parts {
  const starts = (part: Uint32Array): Uint32Array => {
    const first = part[0] ?? 0;
    const count = Math.max(0, Math.floor((part.length - windows.length) / windows.stride) + 1);
    return Uint32Array.from({ length: part.length === 0 ? 0 : count }, (_, i) => first + i * windows.stride);
  };
  const parts = {
    train: starts(positions.train),
    validation: starts(positions.validation),
    test: starts(positions.test),
  };
  for (const part of ['train', 'validation', 'test'] as const) {
    if (positions[part].length > 0 && parts[part].length === 0) {
      throw new Failure(
        'data/window-too-long',
        `A window of ${grouped(windows.length)} does not fit into the ${part} part, which has ${grouped(positions[part].length)} characters (${grouped(positions.train.length + positions.validation.length + positions.test.length)} in all). ` +
          'Cut shorter windows, or give that part more of the text.',
        part === 'train' ? windows.node.place : data.place,
      );
    }
  }
  return parts;
}

function cutWindows(sequence: Values, starts: Uint32Array, length: number): Values {
  const size = sizeOf(sequence.shape);
  const shape = [length, ...sequence.shape];
  if (isTexts(sequence.data)) {
    const texts: string[] = [];
    for (const start of starts)
      for (let i = 0; i < length * size; i++) texts.push(sequence.data[start * size + i] ?? '');
    return { dtype: sequence.dtype, shape, count: starts.length, data: texts };
  }
  const from = sequence.data;
  const data = gatherRows(from, new Uint32Array(starts.length), length * size);
  for (let i = 0; i < starts.length; i++) {
    const at = (starts[i] ?? 0) * size;
    data.set(from.subarray(at, at + length * size), i * length * size);
  }
  return { dtype: sequence.dtype, shape, count: starts.length, data };
}

/** Nodes that depend on one that `is` says yes to, these included. */
function dependents(data: PlanData, is: (node: DataNode) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  for (const node of data.nodes) {
    if (is(node) || node.inputs.some((input) => found.has(input))) found.add(node.id);
  }
  return found;
}
