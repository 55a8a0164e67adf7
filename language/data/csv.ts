/** The header of a table as text: the names of its columns, and what a sample of their cells is. */
import Papa from 'papaparse';
import type { ColumnSample, DataHeader } from '../files.ts';

type Csv = Extract<DataHeader, { kind: 'csv' }>;

const SAMPLE_ROWS = 2000;
const SHOWN_VALUES = 20;
/** What stands for an empty cell. */
const EMPTY = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?']);

/** Columns from the first lines of a file. `whole`: the text is all of the file, so that its rows can be counted. */
export function parseCsv(text: string, whole: boolean): Csv {
  // A cut-off last line would be a short row: it is left out.
  const complete = whole ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const parsed = Papa.parse<string[]>(complete.replace(/^\uFEFF/u, ''), { header: false, skipEmptyLines: 'greedy' });
  const [names = [], ...rows] = parsed.data;
  const sample = rows.slice(0, SAMPLE_ROWS);
  const columns = names.map((name, index) => sampleOf(name.trim(), sample, index));
  return { kind: 'csv', columns, ...(whole ? { rows: rows.length } : {}) };
}

function sampleOf(name: string, rows: readonly (readonly string[])[], index: number): ColumnSample {
  const distinct = new Set<string>();
  let missing = 0;
  let type: ColumnSample['type'] = 'int';
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const cell = row[index]?.trim() ?? '';
    if (EMPTY.has(cell)) {
      missing++;
      continue;
    }
    distinct.add(cell);
    const value = Number(cell);
    if (!Number.isFinite(value)) type = 'string';
    else if (type !== 'string') {
      if (!/^[+-]?\d+$/u.test(cell)) type = 'float';
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (distinct.size === 0) type = 'string';
  // An empty cell in a column of whole numbers makes it decimal: it is not a number there.
  if (type === 'int' && missing > 0) type = 'float';
  return {
    name,
    type,
    missing,
    sampled: rows.length,
    distinct: distinct.size,
    ...(type !== 'string' && low <= high ? { range: [low, high] as const } : {}),
    values: [...distinct].slice(0, SHOWN_VALUES),
  };
}
