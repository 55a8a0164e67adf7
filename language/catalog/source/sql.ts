/** Rows that a query gives over tables in files. */
import { wordOf } from '../checked.ts';
import { source } from '../define.ts';
import { atSetting, refuse } from '../refuse.ts';
import { text } from '../settings.ts';

export const sql = source('sql', {
  doc: 'Gives the rows of a query; each named file is a table of that name (CSV, JSON lines, Parquet). What the query names are the raw columns; a run tells whether they are there.',
  source: 'DuckDB’s SQL',
  examples: ['sql("select age, rooms from houses where age > 0", houses: "data/housing.csv")'],
  settings: { query: text('The query: a `select`.') },
  filesByColumn: true,
  checkedOnly: true,
  columns(settings) {
    const query = wordOf(settings, 'query');
    const isSelect = query === undefined || /^\s*(select|with|from)\b/iu.test(query);
    return {
      columns: undefined,
      problems: isSelect ? [] : [refuse('data/query', {}, { at: atSetting('query') })],
    };
  },
});
