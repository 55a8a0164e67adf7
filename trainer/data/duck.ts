/**
 * Parquet files, and the rows of a query over tables in files, by DuckDB. It reads the named files and nothing else, loads no
 * extension, and has nothing to do with the net. Rows come in chunks and go into our own columns.
 */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { EMPTY_CELLS, type PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { NumberColumn, type Shelf, TextColumn } from './columns.ts';
import { emptyTexts } from './csv-readers.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { grouped, type Values } from './values.ts';

/** The part of the package that is used. */
interface Duck {
  readonly DuckDBInstance: typeof DuckDBInstance;
}

/** What DuckDB may take while it reads; what it sorts or groups beyond that goes to disk. */
const MEMORY = '512MB';

/** Reads the wanted columns of a Parquet file, its rows in their order. */
export async function readParquet(
  file: SourceFile,
  wanted: ReadonlySet<string>,
  at: PlanPlace,
  shelf: Shelf,
): Promise<Table> {
  const where = (row: number): string => `row ${grouped(row + 1)} of "${file.path}"`;
  const asked = `select * from read_parquet(${quoted(file.found)})`;
  return withDuck([file], async (connection) => {
    try {
      return await readQuery(connection, asked, wanted, shelf, where);
    } catch (error) {
      throw new Failure(
        'data/not-parquet',
        `"${file.path}" cannot be read as a Parquet file: ${reasonOf(error)}. Write it again, or name another file.`,
        at,
      );
    }
  });
}

/** The rows that a query gives; each file is a table of its key's name. */
export async function readSql(
  query: string,
  files: readonly SourceFile[],
  wanted: ReadonlySet<string>,
  at: PlanPlace,
  shelf: Shelf,
): Promise<Table> {
  return withDuck(files, async (connection) => {
    try {
      for (const file of files) await connection.run(`create view ${named(file.key)} as ${readerOf(file)}`);
      const asked = query.trim().replace(/;\s*$/, '');
      return await readQuery(connection, asked, wanted, shelf, (row) => `row ${grouped(row + 1)} of the query`);
    } catch (error) {
      throw new Failure('data/query-failed', `The query of \`sql\` cannot be carried out: ${reasonOf(error)}`, at);
    }
  });
}

async function withDuck(
  files: readonly SourceFile[],
  work: (connection: DuckDBConnection) => Promise<Table>,
): Promise<Table> {
  const loaded: Duck & { readonly default?: Duck } = await import('@duckdb/node-api');
  const duck = loaded.default ?? loaded;
  const instance = await duck.DuckDBInstance.create(':memory:', {
    // One thread: rows of a query without an order come in the same one every time.
    threads: '1',
    memory_limit: MEMORY,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    try {
      await connection.run(`set allowed_paths = [${files.map((file) => quoted(file.found)).join(', ')}]`);
      await connection.run('set enable_external_access = false');
      await connection.run('set lock_configuration = true');
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** A table by the ending of its name; cells are empty where they are in `csv`. */
function readerOf({ path, found }: SourceFile): string {
  if (/\.parquet$/i.test(path)) return `select * from read_parquet(${quoted(found)})`;
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(path))
    return `select * from read_json(${quoted(found)}, format = 'newline_delimited')`;
  const missing = EMPTY_CELLS.map(quoted).join(', ');
  return `select * from read_csv(${quoted(found)}, header = true, nullstr = [${missing}], sample_size = -1)`;
}

async function readQuery(
  connection: DuckDBConnection,
  query: string,
  wanted: ReadonlySet<string>,
  shelf: Shelf,
  where: (row: number) => string,
): Promise<Table> {
  const described = await connection.runAndReadAll(`describe ${query}`);
  const all = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const readers = all.filter(({ name }) => wanted.has(name)).map(({ name, type }) => newReader(name, type, shelf));
  // Without any column there would be no rows to count.
  const picked = readers.length === 0 ? '1' : readers.map((reader) => reader.expression).join(', ');
  const result = await connection.stream(`select ${picked} from (${query})`);
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    for (const [i, reader] of readers.entries()) {
      const vector = chunk.getColumnVector(i);
      for (let row = 0; row < chunk.rowCount; row++) reader.push(vector.getItem(row));
    }
    rows += chunk.rowCount;
  }
  const columns = new Map<string, Column>(all.map(({ name }) => [name, emptyTexts(where)]));
  for (const reader of readers)
    columns.set(
      reader.name,
      reader.column((row) => `${where(row)}, column \`${reader.name}\``),
    );
  return { rows, kind: 'rows', columns };
}

interface Reader {
  readonly name: string;
  readonly expression: string;
  push(value: unknown): void;
  column(where: Column['where']): Column;
}

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/;

function newReader(name: string, type: string, shelf: Shelf): Reader {
  if (type === 'BOOLEAN') return numberReader(name, `${named(name)}::TINYINT`, shelf, true);
  if (NUMBER.test(type)) return numberReader(name, `${named(name)}::DOUBLE`, shelf, false);
  const texts = new TextColumn(shelf);
  return {
    name,
    expression: `${named(name)}::VARCHAR`,
    push: (value) => texts.push(typeof value === 'string' ? value : ''),
    column: (where) => texts.column(where),
  };
}

function numberReader(name: string, expression: string, shelf: Shelf, flags: boolean): Reader {
  const numbers = new NumberColumn(shelf);
  let whole = true;
  return {
    name,
    expression,
    push(value) {
      const number = typeof value === 'number' ? value : Number.NaN;
      // There is no empty whole number, as in other tables.
      whole &&= Number.isInteger(number) && Math.abs(number) < 2 ** 31;
      numbers.push(number);
    },
    column(where) {
      const column = numbers.column(whole, where);
      if (!flags || !whole) return column;
      const gather = (rows: Uint32Array): Values => ({
        dtype: 'bool',
        shape: [],
        count: rows.length,
        data: Uint8Array.from(rows, (row) => numbers.at(row)),
      });
      return { gather, where };
    },
  };
}

function named(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The first paragraph of what DuckDB says. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (
    text
      .split(/\n\s*\n|\nLINE /)[0]
      ?.replace(/\s+/g, ' ')
      .trim() ?? text
  );
}
