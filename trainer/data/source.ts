/** Where rows come from: each kind of source reads its files into a table of raw columns. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import {
  downloadOf,
  nearest,
  type PlanData,
  type Settings,
  type SettingValue,
  titleOfDownload,
} from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { bytesOfFile, type DataBytes } from './bytes.ts';
import { newShelf, type Shelf } from './columns.ts';
import { readCsv, type TableForm } from './csv.ts';
import { readParquet, readSql } from './duck.ts';
import { readFolder } from './folder.ts';
import { readIdx } from './idx.ts';
import { readJsonl } from './jsonl.ts';
import { type DataPlace, fingerprint, locate, locateFolder, placeOfDownload } from './locate.ts';
import { dataBudget } from './memory.ts';
import { readNpy } from './npy.ts';
import { rangeOfRows } from './split.ts';
import { readText } from './text.ts';
import type { Values } from './values.ts';
import { bytesOfMember, isArchive } from './zip.ts';

export interface Table {
  /** Rows, or places of the sequence (characters of a text). */
  readonly rows: number;
  /** `sequence`: neighbouring rows belong together, so that a split keeps them so and `windows` can be cut. */
  readonly kind: 'rows' | 'sequence';
  readonly columns: ReadonlyMap<string, Column>;
}

export interface Column {
  /** The values of these rows. */
  gather(rows: Uint32Array): Values | Promise<Values>;
  /** What a person calls that row: `row 17 of "people.csv" (line 18)`. */
  where(row: number): string;
}

/** A file of a source as the program names it, and where its bytes come from. */
export interface SourceFile {
  /** The setting that names it: `images`, `file`. */
  readonly key: string;
  readonly path: string;
  /** Where it lies. */
  readonly found: string;
  readonly bytes: DataBytes;
}

export interface Loaded {
  readonly table: Table;
  /** SHA-256 over names, sizes and samples of the files. */
  readonly hash: string;
}

/** Reads the source of a data declaration. `wanted`: the columns that the pipeline reads. */
export async function loadSource(
  data: PlanData,
  place: Omit<DataPlace, 'at'>,
  wanted: ReadonlySet<string>,
): Promise<Loaded> {
  const at = data.source.place;
  const kind = data.source.call.slice(data.source.call.lastIndexOf('/') + 1);
  const hash = createHash('sha256');
  if (kind === 'folder') return loadFolder(data, { ...place, at }, wanted);
  const files: SourceFile[] = [];
  for (const { key, path, found } of filesOf(kind, data.source.settings, { ...place, at })) {
    const bytes =
      kind === 'npy' && startsAsArchive(found)
        ? bytesOfMember(path, found, `${key}.npy`, at)
        : bytesOfFile(path, found, at);
    files.push({ key, path, found, bytes });
    hash.update(fingerprint(path, found));
  }
  if (kind === 'sql') hash.update(String(data.source.settings.query));
  const table = await readTable(kind, files, data, wanted, newShelf(dataBudget()));
  for (const name of wanted) {
    if (!table.columns.has(name)) throw missingColumn(name, table, files, data);
  }
  if (table.rows === 0) {
    throw new Failure(
      'data/empty',
      `${files.map((file) => `"${file.path}"`).join(' and ')} has no rows to train on.`,
      at,
    );
  }
  return { table, hash: hash.digest('hex') };
}

function startsAsArchive(found: string): boolean {
  const start = Buffer.alloc(2);
  const file = openSync(found, 'r');
  try {
    readSync(file, start, 0, 2, 0);
  } finally {
    closeSync(file);
  }
  return isArchive(start);
}

/** A folder's files are read when their rows are asked for: the hash is of their names. */
async function loadFolder(data: PlanData, place: DataPlace, wanted: ReadonlySet<string>): Promise<Loaded> {
  const { settings } = data.source;
  const path = String(settings.path);
  const table = readFolder(locateFolder(path, place), path, settings, place.at);
  for (const name of wanted) if (!table.columns.has(name)) throw missingColumn(name, table, [], data);
  if (table.rows === 0)
    throw new Failure('data/empty', `No file in "${path}" fits \`files:\`, so there are no rows.`, place.at);
  const names = (await table.columns.get('file')?.gather(rangeOfRows(0, table.rows)))?.data ?? [];
  return {
    table,
    hash: createHash('sha256')
      .update(JSON.stringify([path, names.length, names[0]]))
      .digest('hex'),
  };
}

async function readTable(
  kind: string,
  files: readonly SourceFile[],
  data: PlanData,
  wanted: ReadonlySet<string>,
  shelf: Shelf,
): Promise<Table> {
  const at = data.source.place;
  const [first] = files;
  if (first === undefined) throw new Failure('data/no-file', `The source \`${kind}\` names no file.`, at);
  switch (kind) {
    case 'idx':
      return readIdx(files, at, shelf);
    case 'csv':
      return readCsv(first, wanted, at, tableForm(data.source.settings), shelf);
    case 'jsonl':
      return readJsonl(first, wanted, at);
    case 'npy':
      return readNpy(files, at, shelf);
    case 'parquet':
      return readParquet(first, wanted, at, shelf);
    case 'sql':
      return readSql(String(data.source.settings.query), files, wanted, at, shelf);
    case 'text':
      return readText(first, wanted, at, shelf);
    default:
      throw new Failure(
        'data/unknown-source',
        `The trainer has no source \`${kind}\`. It has idx, npy, csv, jsonl, parquet, sql, folder and text; the plan comes from another version of Modelwright.`,
        at,
      );
  }
}

/** Sources whose every text is a file; of the others only `file` is one. */
const FILES_BY_COLUMN: ReadonlySet<string> = new Set(['idx', 'npy', 'sql']);

/** The files that the settings name: how the program calls them, and where they lie. */
function filesOf(kind: string, settings: Settings, place: DataPlace): Omit<SourceFile, 'bytes'>[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    if (key === 'query' || !(FILES_BY_COLUMN.has(kind) || key === 'file')) return [];
    if (typeof value === 'string') return [{ key, path: value, found: locate(value, place) }];
    const download = downloadOf(value);
    if (download === undefined) return [];
    // Its title alone: where downloads lie is no part of what the rows are.
    return [{ key, path: titleOfDownload(download), found: placeOfDownload(download, place.dataFolder) }];
  });
}

/** How a table is written, as the settings of its source say. */
export function tableForm(settings: Settings): TableForm {
  const { separator } = settings;
  return {
    columns: textsIn(settings.columns),
    missing: textsIn(settings.missing),
    separator: typeof separator === 'string' ? separator : undefined,
  };
}

function textsIn(value: SettingValue | undefined): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : undefined;
}

/** Of more names none is looked for that was meant. */
const MOST_NAMES = 10_000;

function missingColumn(name: string, table: Table, files: readonly SourceFile[], data: PlanData): Failure {
  const node = data.nodes.find((each) => isColumn(each.op) && each.settings.name === name);
  const names = [...table.columns.keys()];
  const near = nearest(name, names.slice(0, MOST_NAMES));
  const found = names.length > 20 ? `${names.slice(0, 20).join(', ')} … (${names.length})` : names.join(', ');
  const cure = near === undefined ? 'Use one of these names.' : `Did you mean \`${near}\`?`;
  const file = files.map((each) => `"${each.path}"`).join(' and ');
  return new Failure(
    'data/missing-column',
    `The column \`${name}\` is not in ${file}. Its columns are ${found}. ${cure}`,
    node?.place ?? data.source.place,
  );
}

export function isColumn(op: string): boolean {
  return op === 'column' || op.endsWith('/column');
}
