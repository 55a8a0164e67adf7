/**
 * A data declaration at work: the table of its source, its nodes, what was learned, and the three parts of its rows.
 * Rows are prepared when they are asked for, so that a data set takes no more memory than its file.
 */
import type { DataNode, PlanData, PlanField } from '../../language/index.ts';
import type { HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import { Cleaning, changesCell, columnOfNode, noteChanged } from './cleaning.ts';
import { nameOf, type TransformContext, type Visit } from './context.ts';
import { toField } from './convert.ts';
import type { PartName } from './feed.ts';
import { type Fitted, type FittedNodes, fitNode, isFitted } from './fit.ts';
import { endsBefore } from './hide.ts';
import { Pasts } from './history.ts';
import { gatherRows } from './idx.ts';
import type { Picture } from './image/decode.ts';
import { bringsToOneSize, channelsOf, decodeEach, decodePictures, isDecoded, stacked } from './media.ts';
import { dependents, drawingNodes, fieldOf, nodeOf, reachable } from './nodes.ts';
import { allUnpacked, type FieldRows, type Packing, packed, packedPictures, packingOf } from './packed.ts';
import { partsOf, wholeParts, withoutUnseen } from './parts.ts';
import { Pool } from './pool.ts';
import type { Look } from './rows.ts';
import { decodeSounds } from './sound.ts';
import { isColumn, type Table } from './source.ts';
import { type Parts, rangeOfRows } from './split.ts';
import { textsOf } from './texts.ts';
import { transform } from './transforms.ts';
import { grouped, isTexts, sizeOf, type Values } from './values.ts';
import { cutWindows, windowLength, windowOf, windowParts } from './windows.ts';

export interface Pipeline {
  readonly parts: Parts;
  readonly fitted: FittedNodes;
  /** What was done to rows and cells on the way. */
  readonly cleaning: Cleaning;
  /** The number of the table's rows. */
  readonly rows: number;
  /** The fields that the model, the loss or a metric reads, for these rows; `wanted`: some of them alone. */
  fields(
    rows: Uint32Array,
    visit: Visit,
    wanted?: (name: string) => boolean,
  ): Promise<Readonly<Record<string, HostTensor>>>;
  /** The same, pictures as bytes where they can be (`packings`). */
  packedFields(
    rows: Uint32Array,
    visit: Visit,
    wanted?: (name: string) => boolean,
  ): Promise<Readonly<Record<string, FieldRows>>>;
  /** By field. */
  readonly packings: ReadonlyMap<string, Packing>;
  /** What a node of the plan holds for these rows. */
  node(id: number, rows: Uint32Array): Promise<Values>;
  /** One field alone. */
  field(name: string, rows: Uint32Array, visit: Visit): Promise<HostTensor>;
  /** What a person calls a row of a part, seen from a field. */
  where(name: string, row: number, part: PartName): string;
}

export interface PipelineOptions {
  /** Learned by an earlier start of the run, or by the run that is evaluated. */
  readonly fitted?: FittedNodes | undefined;
  /** All rows are one part (`test`): evaluation of other data than the run's. */
  readonly whole?: boolean;
  /** No row is left out (`predict`): what says otherwise is about training. */
  readonly every?: boolean;
  /** Of what is drawn for training rows, where it is another than the data's own. */
  readonly trainingSeed?: number;
}

const CHUNK = 4096;
/** A sequence of more places is not kept whole: each window is made from its own. */
const MOST_WHOLE = 1 << 24;
/** Rows with more cells are not looked through for those that `fill` and `clip` change. */
const MOST_CELLS = 64;
/** While rows are chosen and values learned. */
const BEFORE: Visit = { part: undefined, epoch: 0 };

/** Some rows on their way through the nodes. */
interface Passage {
  readonly rows: Uint32Array;
  readonly visit: Visit;
  /** Empty cells are no mistake. */
  readonly gaps: boolean;
  readonly known: Map<number, Promise<Values>>;
}

function passage(rows: Uint32Array, visit: Visit, gaps = false): Passage {
  return { rows, visit, gaps, known: new Map() };
}

/** Splits the rows and learns what is to be learned. */
export async function createPipeline(data: PlanData, table: Table, options: PipelineOptions = {}): Promise<Pipeline> {
  const used = data.fields.filter((field) => field.used);
  const roots = [...used.map((field) => field.node), ...(options.every || options.whole ? [] : drawingNodes(data))];
  const needed = [...reachable(data, roots)].sort((a, b) => a - b);
  const windows = windowOf(data, needed);
  const fitted = new Map<number, Fitted>(options.fitted ?? []);
  const whole = new Map<number, Promise<Values>>();
  const behindWindow = dependents(data, (node) => nameOf(node.op) === 'windows');

  const where = (id: number, row: number): string => {
    const column = [...reachable(data, [id])]
      .map((each) => data.nodes[each])
      .find((node) => node !== undefined && isColumn(node.op));
    const text = table.columns.get(String(column?.settings.name))?.where(row) ?? `row ${grouped(row + 1)}`;
    return behindWindow.has(id) ? `the window at ${text}` : text;
  };

  const evaluate = (id: number, some: Passage): Promise<Values> => {
    const before = some.known.get(id);
    if (before !== undefined) return before;
    const value = compute(nodeOf(data, id), some);
    some.known.set(id, value);
    return value;
  };

  const compute = async (node: DataNode, some: Passage): Promise<Values> => {
    const { rows } = some;
    if (isColumn(node.op)) return columnOf(table, node).gather(rows);
    const name = nameOf(node.op);
    if (name === 'constant') return constant(node);
    if (name === 'windows') return windowsOf(node, rows);
    const context = contextOf(node, some);
    if (name === 'previous') return pasts.previous(rows, context);
    if (bringsToOneSize(node, data) && rows.length > 1) {
      const single = (row: number): Promise<Values> =>
        evaluate(node.id, { ...some, rows: Uint32Array.of(row), known: new Map() });
      return stacked(await Promise.all(Array.from(rows, single)), node);
    }
    const inputs: Values[] = [];
    // One after the other: the first mistake in the order of the program is the one that is told.
    for (const input of node.inputs) inputs.push(await evaluate(input, some));
    const [files] = inputs;
    if (files !== undefined && name === 'decodeImage')
      return decodePictures(textsOf(files, context), channelsOf(node, data), context);
    if (files !== undefined && name === 'decodeAudio') return decodeSounds(textsOf(files, context), context);
    return transform(inputs, context);
  };

  const contextOf = (node: DataNode, { rows, visit, gaps }: Passage): TransformContext => ({
    node,
    fitted: fitted.get(node.id),
    gaps,
    ...(nameOf(node.op) === 'hide'
      ? { ends: endsBefore(Array.from(reachable(data, node.inputs), (id) => nodeOf(data, id))) }
      : {}),
    draw: { ...visit, seed: visit.part === 'train' ? (options.trainingSeed ?? data.seed) : data.seed, rows },
    where: (i, input) => where(input === undefined ? node.id : (node.inputs[input] ?? node.id), rows[i] ?? 0),
  });

  /** A node over the whole sequence, kept: windows overlap, so each place would else be made again and again. */
  const wholeOf = (id: number): Promise<Values> => {
    const kept = whole.get(id);
    if (kept !== undefined) return kept;
    const value = evaluate(id, passage(rangeOfRows(0, table.rows), BEFORE));
    whole.set(id, value);
    return value;
  };

  const pasts = new Pasts(rangeOfRows(0, table.rows), (id, rows) => evaluate(id, passage(rows, BEFORE)));

  const windowsOf = async (node: DataNode, starts: Uint32Array): Promise<Values> => {
    const [input = 0, length] = [node.inputs[0], windowLength(node)];
    if (table.rows <= MOST_WHOLE) return cutWindows(await wholeOf(input), starts, length);
    const places = new Uint32Array(starts.length * length);
    for (const [i, start] of starts.entries()) for (let k = 0; k < length; k++) places[i * length + k] = start + k;
    const values = await evaluate(input, passage(places, BEFORE));
    return { ...values, shape: [length, ...values.shape], count: starts.length };
  };

  const cleaning = new Cleaning();
  const look: Look = (id, rows) => evaluate(id, passage(rows, BEFORE, true));
  const positions =
    options.every === true
      ? wholeParts(rangeOfRows(0, table.rows))
      : await partsOf(data, table, needed, look, options.whole === true, cleaning, where);
  pasts.restrict(positions.train, positions.validation, positions.test);
  const parts = windows === undefined ? positions : windowParts(positions, windows, data);

  const learn = async (node: DataNode): Promise<void> => {
    if (fitted.has(node.id) || !isFitted(node)) return;
    const rows = behindWindow.has(node.id) ? parts.train : positions.train;
    if (rows.length === 0)
      throw new Failure(
        'data/nothing-to-learn',
        `\`${nameOf(node.op)}\` learns on the training part, which has no rows.`,
        node.place,
      );
    const input = node.inputs[0] ?? 0;
    const chunks = (async function* (): AsyncGenerator<Values> {
      for (let from = 0; from < rows.length; from += CHUNK)
        yield await evaluate(input, passage(rows.subarray(from, from + CHUNK), BEFORE));
    })();
    fitted.set(node.id, await fitNode(node, chunks, (i) => where(node.id, rows[i] ?? 0)));
  };

  for (const id of needed) await learn(nodeOf(data, id));
  const seen =
    options.every === true
      ? parts
      : await withoutUnseen(
          parts,
          data,
          needed,
          fitted,
          (id, rows) => evaluate(id, passage(rows, BEFORE)),
          cleaning,
          where,
        );

  pasts.restrict(seen.train, seen.validation, seen.test);

  if (options.every !== true) {
    for (const id of needed) {
      const node = nodeOf(data, id);
      if (changesCell(node) === undefined || sizeOf(node.shape ?? []) > MOST_CELLS || isDecoded(data, id)) continue;
      for (const rows of Object.values(windows === undefined ? seen : positions)) {
        for (let from = 0; from < rows.length; from += CHUNK) {
          const chunk = rows.subarray(from, from + CHUNK);
          const values = await look(node.inputs[0] ?? 0, chunk);
          noteChanged(cleaning, node, columnOfNode(data, id), values, (i) => where(id, chunk[i] ?? 0));
        }
      }
    }
  }

  const makeField = async (field: PlanField, some: Passage): Promise<HostTensor> => {
    const value = repeated(await evaluate(field.node, some), some.rows.length);
    return toField(value, field, (i) => where(field.node, some.rows[i] ?? 0));
  };

  const packings = new Map(
    used.flatMap((field) => {
      const packing = packingOf(data, field);
      return packing ? [[field.name, packing] as const] : [];
    }),
  );
  /** Pictures that one field alone is made of need not stand in one array. */
  const decodeNode = async (node: DataNode, some: Passage): Promise<readonly Picture[]> => {
    const context = contextOf(node, some);
    return decodeEach(textsOf(await evaluate(node.inputs[0] ?? 0, some), context), channelsOf(node, data), context);
  };
  const makeRows = async (field: PlanField, some: Passage): Promise<FieldRows> => {
    const packing = packings.get(field.name);
    if (packing === undefined) return makeField(field, some);
    const node = nodeOf(data, packing.node);
    const alone =
      nameOf(node.op) === 'decodeImage' &&
      used.every((one) => one === field || !reachable(data, [one.node]).has(node.id));
    const bytes = alone
      ? packedPictures(await decodeNode(node, some), field, packing)
      : packed(await evaluate(node.id, some), field, packing);
    // What is not as it was planned is told by the usual way.
    return bytes ?? makeField(field, some);
  };
  const packedFields: Pipeline['packedFields'] = async (rows, visit, wanted) => {
    const some = passage(rows, visit);
    const made: Record<string, FieldRows> = {};
    for (const field of used) if (wanted?.(field.name) !== false) made[field.name] = await makeRows(field, some);
    return made;
  };

  return {
    parts: seen,
    fitted,
    cleaning,
    rows: table.rows,
    packings,
    packedFields,
    fields: async (rows, visit, wanted) => allUnpacked(await packedFields(rows, visit, wanted), new Pool()),
    node: (id, rows) => evaluate(id, passage(rows, BEFORE)),
    field: (name, rows, visit) => makeField(fieldOf(data, name), passage(rows, visit)),
    where: (name, row) => where(fieldOf(data, name).node, row),
  };
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
