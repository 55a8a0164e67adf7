/** The run's own data, opened for a warm model when a row is first asked for, with columns as a person would give them. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { PlanData } from '../../language/index.ts';
import type { DataPartName, UseValue } from '../../protocol/index.ts';
import { fetchDownloads } from '../data/downloads.ts';
import { columnsOfFiles } from '../data/media.ts';
import { wantedColumns } from '../data/nodes.ts';
import { loadOtherParts, withOtherParts } from '../data/other.ts';
import { createPipeline, type Pipeline } from '../data/pipeline.ts';
import { isColumn, loadSource } from '../data/source.ts';
import { isNumbers, sizeOf, type Values } from '../data/values.ts';
import { sayAside } from './aside.ts';
import type { Used } from './use-open.ts';

export interface OpenData {
  readonly joined: Pipeline;
  /** The declaration and the pipeline of a part, which may be rows of other data. */
  of(part: DataPartName): { readonly data: PlanData; readonly pipeline: Pipeline };
}

/** Loads it once; it stays while the process does. */
export function openData(used: Used): Promise<OpenData> {
  return used.keep('data', false, async () => {
    const { plan, fitted, deps, doing } = used;
    doing('data');
    const { data } = plan;
    const program = plan.sources[data.source.place.source]?.path ?? plan.file;
    const place = { program, dataFolder: deps.dataFolder };
    await fetchDownloads(data, { dataFolder: deps.dataFolder, say: sayAside });
    const loaded = await loadSource(data, place, wantedColumns(data));
    const own = await createPipeline(data, loaded.table, { fitted });
    const others = await loadOtherParts(data, own.fitted, place);
    const joined = withOtherParts(own, others);
    doing('answer');
    return {
      value: { joined, of: (part) => others[part] ?? { data, pipeline: own } },
    };
  });
}

/** Larger files are not handed to the page. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What a row holds in some columns, as it could be given. */
export async function givenByRow(
  data: PlanData,
  pipeline: Pipeline,
  row: number,
  columns: ReadonlySet<string>,
): Promise<Readonly<Record<string, UseValue>>> {
  const files = columnsOfFiles(data);
  const given: Record<string, UseValue> = {};
  for (const node of data.nodes) {
    const name = String(node.settings.name);
    if (!isColumn(node.op) || !columns.has(name)) continue;
    const values = await pipeline.node(node.id, Uint32Array.of(row));
    const value = givenValue(values, files.has(name));
    if (value !== undefined) given[name] = value;
  }
  return given;
}

function givenValue({ data, shape, dtype }: Values, isFile: boolean): UseValue | undefined {
  const [first] = data;
  if (isFile) return fileOf(String(first));
  if (shape.length === 0) {
    // An empty cell is left empty.
    if (typeof first === 'number' && Number.isNaN(first)) return undefined;
    return { kind: 'value', value: first };
  }
  if (isNumbers(data) && dtype === 'uint8' && shape.length >= 2)
    return { kind: 'pixels', shape, pixels: Buffer.from(Uint8Array.from(data)).toString('base64') };
  return sizeOf(shape) > MOST_NUMBERS ? undefined : { kind: 'value', value: nested(Array.from<unknown>(data), shape) };
}

const MOST_NUMBERS = 10_000;

function nested(flat: readonly unknown[], [length, ...rest]: readonly number[]): unknown {
  if (length === undefined) return flat[0];
  const size = flat.length / length;
  return Array.from({ length }, (_, i) => nested(flat.slice(i * size, (i + 1) * size), rest));
}

function fileOf(path: string): UseValue | undefined {
  const { size } = statSync(path);
  if (size > MOST_BYTES) return undefined;
  return { kind: 'file', name: basename(path), bytes: readFileSync(path).toString('base64') };
}
