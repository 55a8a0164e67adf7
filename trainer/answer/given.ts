/**
 * What is given to a model from outside, as batches of its inputs: what stands under a model input's name goes straight in;
 * what stands under a raw column's name goes through the pipeline that the run saved.
 */

import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { npyHead, type Plan, type PlanNode, type PlanType } from '../../language/index.ts';
import { isRecord, parseJson } from '../../protocol/index.ts';
import { bytesInMemory } from '../data/bytes.ts';
import { newShelf } from '../data/columns.ts';
import { nameOf } from '../data/context.ts';
import { readCsv } from '../data/csv.ts';
import { readParquet } from '../data/duck.ts';
import { type FittedNodes, parseFitted } from '../data/fit.ts';
import { readIdx } from '../data/idx.ts';
import { readJsonl } from '../data/jsonl.ts';
import { reason, unpack } from '../data/locate.ts';
import { columnsOfFiles } from '../data/media.ts';
import { dataBudget } from '../data/memory.ts';
import { nodeOf, reachable, wantedColumns } from '../data/nodes.ts';
import { readNpy } from '../data/npy.ts';
import { createPipeline, type Pipeline } from '../data/pipeline.ts';
import { type Column, isColumn, type SourceFile, type Table, tableForm } from '../data/source.ts';
import { readText } from '../data/text.ts';
import { grouped, shapeText, sizeOf, type Values } from '../data/values.ts';
import { bytesOfMember, isArchive } from '../data/zip.ts';
import type { Batch, HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import { textOf } from '../run/folder-files.ts';

/** What is given for an input: a file, or the values themselves. */
type Given = { readonly file: string } | { readonly value: unknown };

/** Examples in an answer. */
export const CHUNK = 256;

/** The plan with only those fields used that the model itself reads: labels need not be given. */
export function onlyInputs(plan: Plan): Plan {
  const names = new Set(plan.graph.inputs.map((input) => input.name));
  const fields = plan.data.fields.map((field) => ({ ...field, used: names.has(field.name) }));
  return { ...plan, data: { ...plan.data, fields } };
}

export interface Batches {
  readonly count: number;
  readonly notes: readonly string[];
  readonly size: number;
  /** What raw columns go through; its rows are those of its part `test`. */
  readonly pipeline: Pipeline | undefined;
  /** The examples from that number on, as many as an answer holds. */
  readonly at: (first: number, most?: number) => Promise<Batch>;
}

/** Fields of some examples, and how many there are in all. */
interface Source {
  readonly count: number;
  readonly note?: string | undefined;
  /** Where raw columns are given. */
  readonly pipeline?: Pipeline;
  readonly fields: (rows: Uint32Array) => Promise<Readonly<Record<string, HostTensor>>>;
}

/** `fitted`: what the run learned, where it has been read already. */
export async function batchesOf(
  plan: Plan,
  folder: string,
  inputs: Readonly<Record<string, unknown>>,
  fitted?: FittedNodes,
): Promise<Batches> {
  refuseUnknown(plan, inputs);
  const sources: [string, Source][] = [];
  const missing: string[] = [];
  for (const { name, node } of plan.graph.inputs) {
    if (name in inputs) sources.push([name, await straight(name, givenOf(inputs[name]), plan.graph.nodes[node], plan)]);
    else missing.push(name);
  }
  if (missing.length > 0) sources.push([missing.join(', '), await piped(plan, folder, missing, inputs, fitted)]);
  const count = sources[0]?.[1].count ?? 0;
  if (sources.some(([, source]) => source.count !== count)) {
    const counts = sources.map(([name, source]) => `${name}: ${source.count}`).join('; ');
    throw new Failure(
      'data/count-mismatch',
      `The inputs differ in their number of examples (${counts}). Give as many of each.`,
    );
  }
  const at = async (first: number, most = CHUNK): Promise<Batch> => {
    const rows = Uint32Array.from({ length: Math.min(most, count - first) }, (_, i) => first + i);
    const fields = await Promise.all(sources.map(([, source]) => source.fields(rows)));
    return { size: rows.length, fields: Object.assign({}, ...fields) };
  };
  return {
    count,
    size: Math.min(CHUNK, count),
    at,
    notes: sources.flatMap(([, { note }]) => note ?? []),
    pipeline: sources.at(-1)?.[1].pipeline,
  };
}

/** A name that is neither an input nor a column would be passed over without a word; a table brings its own names. */
function refuseUnknown(plan: Plan, inputs: Readonly<Record<string, unknown>>): void {
  const names = plan.graph.inputs.map((input) => input.name);
  const columns = wantedColumns(plan.data, true);
  const bringsNames = /(csv|text|jsonl|parquet|sql)$/.test(plan.data.source.call);
  const unknown = Object.entries(inputs).find(
    ([name, value]) => !names.includes(name) && !columns.has(name) && !(bringsNames && 'file' in givenOf(value)),
  );
  if (unknown === undefined) return;
  throw new Failure(
    'data/unknown-input',
    `The model has no input \`${unknown[0]}\`, and its data no such column. Give the inputs (${names.join(', ')}) or the columns that they are made of (${[...columns].join(', ')}).`,
  );
}

function givenOf(value: unknown): Given {
  return isRecord(value) && typeof value.file === 'string' ? { file: value.file } : { value };
}

/** An input's own values, for one example or several. */
async function straight(name: string, given: Given, node: PlanNode | undefined, plan: Plan): Promise<Source> {
  const type = node?.outputs[0];
  if (type === undefined)
    throw new Failure('train/plan', `The plan has no type for the input \`${name}\`.`, plan.place);
  const values = 'file' in given ? await valuesOfFile(given.file, name, plan) : valuesOf(given.value, name);
  const size = sizeOf(type.shape);
  const flat = values.data;
  const numbers = Array.from(flat, Number);
  const bad = numbers.findIndex((number) => Number.isNaN(number));
  if (bad >= 0)
    throw new Failure(
      'data/not-a-number',
      `The input \`${name}\` needs numbers, but ${JSON.stringify(flat[bad])} is given at place ${bad}.${'value' in given && typeof given.value === 'string' ? ' There is no file of this name either.' : ''}`,
    );
  if (flat.length % size !== 0 || flat.length === 0) {
    throw new Failure(
      'data/shape',
      `The input \`${name}\` takes ${shapeText(type.shape)}, which is ${grouped(size)} numbers for each example, but ${grouped(flat.length)} are given.`,
    );
  }
  const fields = async (rows: Uint32Array): Promise<Record<string, HostTensor>> => {
    const first = rows[0] ?? 0;
    const part = numbers.slice(first * size, (first + rows.length) * size);
    return { [name]: hostTensor(type.dtype, [rows.length, ...type.shape], part) };
  };
  const note = 'file' in given && values.dtype === 'uint8' ? rawBytes(name, given.file, plan) : undefined;
  return { count: numbers.length / size, fields, note };
}

/** Transforms that give the same numbers another form. */
const FORMS: ReadonlySet<string> = new Set(['expand', 'reshape', 'stack', 'concat', 'index', 'fit', 'centerCrop']);

/** Bytes given for an input whose rows were no bytes any more when the model learned from them. */
function rawBytes(name: string, file: string, { data }: Plan): string | undefined {
  const field = data.fields.find((each) => each.name === name);
  const nodes = field ? Array.from(reachable(data, [field.node]), (id) => nodeOf(data, id)) : [];
  const column = nodes.find((node) => isColumn(node.op));
  const changes = nodes.flatMap(({ op }) =>
    isColumn(op) || op === 'constant' || FORMS.has(nameOf(op)) ? [] : nameOf(op),
  );
  if (column === undefined || changes.length === 0) return undefined;
  const source = String(column.settings.name);
  return `"${basename(file)}" holds bytes, which go straight into the input \`${name}\`, but the rows that the model learned from went through ${changes.map((each) => `\`${each}\``).join(', ')} first. Give the file under the name of its column to send it the same way: \`--input ${source}=…\`.`;
}

function hostTensor(dtype: PlanType['dtype'], shape: readonly number[], numbers: readonly number[]): HostTensor {
  if (dtype === 'int32') return { dtype, shape, data: Int32Array.from(numbers) };
  if (dtype === 'uint8' || dtype === 'bool') return { dtype, shape, data: Uint8Array.from(numbers) };
  return { dtype: 'float32', shape, data: Float32Array.from(numbers) };
}

/** What the run learned of its data; undefined where nothing is kept. */
export function fittedOf(folder: string): FittedNodes | undefined {
  const text = textOf(join(folder, 'fitted.json'));
  return text === undefined ? undefined : parseFitted(text);
}

/** Fields made of raw columns by the run's pipeline. */
async function piped(
  plan: Plan,
  folder: string,
  names: readonly string[],
  inputs: Readonly<Record<string, unknown>>,
  known: FittedNodes | undefined,
): Promise<Source> {
  const fields = plan.data.fields.map((field) => ({ ...field, used: names.includes(field.name) }));
  const data = { ...plan.data, fields };
  const wanted = wantedColumns(data, true);
  const table = await tableOf(plan, wanted, inputs);
  const absent = [...wanted].filter((name) => !table.columns.has(name));
  if (absent.length > 0) {
    const inputNames = plan.graph.inputs.map((input) => input.name).join(', ');
    throw new Failure(
      'data/missing-input',
      `To predict, give the model's inputs (${inputNames}) or the columns that they are made of (${[...wanted].join(', ')}). Missing: ${absent.join(', ')}.`,
    );
  }
  const pipeline = await createPipeline(data, table, { fitted: known ?? fittedOf(folder), every: true });
  const { test } = pipeline.parts;
  return {
    count: test.length,
    pipeline,
    fields: (rows) =>
      pipeline.fields(
        rows.map((row) => test[row] ?? 0),
        { part: 'test', epoch: 0 },
      ),
  };
}

async function tableOf(
  plan: Plan,
  wanted: ReadonlySet<string>,
  inputs: Readonly<Record<string, unknown>>,
): Promise<Table> {
  const at = plan.data.source.place;
  const columns = new Map<string, Column>();
  const shelf = newShelf(dataBudget());
  const pictures = columnsOfFiles(plan.data);
  const add = (table: Table): void => {
    for (const [name, column] of table.columns) columns.set(name, column);
    rows = Math.max(rows, table.rows);
    if (table.kind === 'sequence') kind = 'sequence';
  };
  let rows = 0;
  let kind: Table['kind'] = 'rows';
  for (const [key, input] of Object.entries(inputs)) {
    const given = givenOf(input);
    if ('file' in given && pictures.has(key)) {
      const paths = pathsOf(given.file, key);
      columns.set(key, columnOf({ dtype: 'string', shape: [], count: paths.length, data: paths }, key));
      rows = Math.max(rows, paths.length);
    } else if ('file' in given) {
      const file: SourceFile = {
        key,
        path: given.file,
        found: given.file,
        bytes: bytesInMemory(bytesOf(given.file, key)),
      };
      const { call, settings } = plan.data.source;
      if (call.endsWith('csv')) add(await readCsv(file, wanted, at, tableForm(settings), shelf));
      else if (call.endsWith('parquet') || /\.parquet$/i.test(given.file))
        add(await readParquet(file, wanted, at, shelf));
      // Rows as a query gives them come in a table.
      else if (call.endsWith('sql')) add(await readCsv(file, wanted, at, tableForm({}), shelf));
      else if (call.endsWith('jsonl')) add(await readJsonl(file, wanted, at));
      else if (call.endsWith('npy')) add(await readNpy([file], at, shelf));
      else if (call.endsWith('text')) add(await readText(file, wanted, at, shelf));
      else add(await readIdx([file], at, shelf));
    } else if (typeof given.value === 'string' && plan.data.source.call.endsWith('text')) {
      const bytes = bytesInMemory(Buffer.from(given.value));
      add(await readText({ key, path: key, found: key, bytes }, wanted, at, shelf));
    } else {
      const values = perRow(valuesOf(given.value, key), plan, key);
      columns.set(key, columnOf(values, key));
      rows = Math.max(rows, values.count);
    }
  }
  return { rows, kind, columns };
}

/** A picture or sound itself, or a JSON file that lists several. */
function pathsOf(file: string, name: string): string[] {
  if (!/\.json$/i.test(file)) return [file];
  const list = parseJson(bytesOf(file, name).toString('utf8'));
  if (Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'string'))
    return list.map((path) => resolve(dirname(file), path));
  throw new Failure(
    'data/unreadable',
    `The file "${file}" for \`${name}\` should list the names of files, like ["a.jpg", "b.jpg"].`,
  );
}

function bytesOf(file: string, name: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Failure(
      'data/unreadable',
      `The file "${file}" for the input \`${name}\` cannot be read: ${reason(error)}.`,
    );
  }
  return unpack(file, bytes, undefined);
}

async function valuesOfFile(file: string, name: string, plan: Plan): Promise<Values> {
  const bytes = bytesOf(file, name);
  const json = looksLikeJson(bytes) ? parseJson(bytes.toString('utf8')) : undefined;
  if (json !== undefined) return valuesOf(json, name);
  if (/\.[ct]sv(\.gz)?$/i.test(file)) {
    throw new Failure(
      'data/unreadable',
      `The table "${file}" is given for the model's own input \`${name}\`, which takes an IDX, NPY or JSON file. Give a table under a name of its own (\`--input rows=…\`): its columns then go through the pipeline of the data.`,
    );
  }
  // What is given by hand has no place in the program.
  const member = isArchive(bytes) ? bytesOfMember(file, file, `${name}.npy`, undefined) : undefined;
  const given = { key: name, path: file, found: file, bytes: member ?? bytesInMemory(bytes) };
  const isNpy = member !== undefined || npyHead(bytes) !== undefined;
  if (!isNpy) refuseUndecoded(file, bytes, name, plan);
  const table = await (isNpy ? readNpy : readIdx)([given], undefined, newShelf(dataBudget()));
  const rows = Uint32Array.from({ length: table.rows }, (_, i) => i);
  const column = table.columns.get(name);
  if (column === undefined)
    throw new Failure('data/unreadable', `The file "${file}" holds nothing for the input \`${name}\`.`);
  return column.gather(rows);
}

/** A picture or sound under the name of the input that is made of it: it has to be decoded first. */
function refuseUndecoded(file: string, bytes: Buffer, name: string, { data }: Plan): void {
  const field = data.fields.find((each) => each.name === name);
  if (field === undefined || bytes.subarray(0, 2).every((byte) => byte === 0)) return;
  const names = [...reachable(data, [field.node])].map((id) => nodeOf(data, id).settings.name);
  const column = [...columnsOfFiles(data)].find((each) => names.includes(each));
  if (column === undefined) return;
  throw new Failure(
    'data/unreadable',
    `The input \`${name}\` takes numbers, in an IDX, NPY or JSON file, but "${file}" is none of these. To have it decoded as the rows that the model learned from, give it under the name of their column: \`--input ${column}=${basename(file)}\`.`,
  );
}

/** By its first character, so that a large file of numbers is not read as a text. */
function looksLikeJson(bytes: Buffer): boolean {
  return /^\s*[[{"\d-]/.test(bytes.toString('latin1', 0, 16));
}

/** Nested lists of numbers or texts, flattened; their shape as the first entries show it. */
function valuesOf(value: unknown, name: string): Values {
  const shape: number[] = [];
  for (let inner = value; Array.isArray(inner); inner = inner[0]) shape.push(inner.length);
  const flat: unknown[] = Array.isArray(value) ? value.flat(shape.length) : [value];
  if (flat.length !== sizeOf(shape))
    throw new Failure('data/ragged', `The lists given for \`${name}\` are of unequal lengths.`);
  if (flat.every((each) => typeof each === 'string'))
    return { dtype: 'string', shape, count: 1, data: flat.map(String) };
  // Nothing is an empty cell, not a zero.
  const numbers = Float64Array.from(flat, (each) => (each === null ? Number.NaN : Number(each)));
  return { dtype: numbers.every(Number.isInteger) ? 'int32' : 'float32', shape, count: 1, data: numbers };
}

/** One row, or several where the values have one axis more than a row of that column. */
function perRow(values: Values, plan: Plan, name: string): Values {
  const node = plan.data.nodes.find((each) => each.settings.name === name && each.op.endsWith('column'));
  const rank = node?.shape?.length ?? 0;
  if (values.shape.length <= rank) return values;
  return { ...values, shape: values.shape.slice(1), count: values.shape[0] ?? 0 };
}

function columnOf(values: Values, name: string): Column {
  const size = sizeOf(values.shape);
  return {
    gather: (rows) => {
      const picked: (string | number)[] = [];
      for (const row of rows) {
        for (let i = row * size; i < (row + 1) * size; i++) picked.push(values.data[i] ?? Number.NaN);
      }
      const data = values.dtype === 'string' ? picked.map(String) : Float64Array.from(picked, Number);
      return { ...values, count: rows.length, data };
    },
    where: (row) => `example ${grouped(row + 1)} of \`${name}\``,
  };
}
