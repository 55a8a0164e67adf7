/** Rows that a query gives over tables in files. */
import { nearest } from '../../syntax/nearest.ts';
import { wordOf } from '../checked.ts';
import { source } from '../define.ts';
import type { CheckedSettings, ReadHeader, Refusal, SourceColumns } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';
import { tableColumns } from '../rules/files.ts';
import { listedColumns, plainTable, queryColumns, unknownNames } from '../rules/query.ts';
import { text } from '../settings.ts';

export const sql = source('sql', {
  doc: 'Gives the rows of a query; each named file is a table of that name (CSV, JSON lines, Parquet). What the query names are the raw columns; what those of a plain query (`select a, b from t where …`) hold is known while you write.',
  source: 'DuckDB’s SQL',
  examples: ['sql("select age, rooms from houses where age > 0", houses: "data/housing.csv")'],
  settings: { query: text('The query: a `select`.') },
  filesByColumn: true,
  columns(settings, header) {
    const query = wordOf(settings, 'query');
    if (query === undefined) return { columns: undefined, problems: [] };
    if (!/^\s*(select|with|from)\b/iu.test(query)) {
      return { columns: undefined, problems: [refuse('data/query', {}, { at: atSetting('query') })] };
    }
    const tables = Object.keys(settings).filter((name) => name !== 'query');
    const read = new Map(tables.map((name) => [name, readTable(settings, name, header)]));
    const problems = [...read.values()].flatMap((table) => table.problems);
    const name = plainTable(query);
    if (name === undefined) return { columns: listedColumns(query), problems };
    const table = read.get(name);
    const columns = queryColumns(query, table?.columns);
    return { columns, problems: [...problems, ...strange(query, name, tables, table)] };
  },
});

/** A table in a file, by what its name says it is. */
function readTable(settings: CheckedSettings, name: string, header: ReadHeader): SourceColumns {
  const path = settings[name];
  const kind = typeof path === 'string' && /\.(jsonl|ndjson)/iu.test(path) ? 'jsonl' : 'csv';
  const isParquet = typeof path === 'string' && /\.parquet$/iu.test(path);
  return tableColumns({ file: path ?? null }, header, { kind: isParquet ? 'parquet' : kind }, name);
}

/** A table that no file is, or columns that it does not have. */
function strange(
  query: string,
  name: string,
  tables: readonly string[],
  table: SourceColumns | undefined,
): readonly Refusal[] {
  const at = atSetting('query');
  if (!table) {
    const near = nearest(name, tables);
    const values = { table: name, tables: tables.join(', '), near: near ?? '' };
    return [refuse('data/query', values, { variant: 'table', at })];
  }
  const [lacking] = table.columns ? unknownNames(query, table.columns) : [];
  return lacking === undefined ? [] : [refuse('data/no-column', { name: lacking }, { at })];
}
