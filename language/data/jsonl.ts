/** JSON lines: one object a line, its keys are the columns. */
import type { ColumnSample, DataHeader } from '../files.ts';
import { type ColumnReader, createColumn } from './columns.ts';
import type { FileStart } from './header.ts';

const LINES_A_PIECE = 500;

interface Column {
  readonly reader: ColumnReader;
  /** Rows of which the reader was told. */
  told: number;
  bools: number;
  lists: number;
  others: number;
  low: number;
  high: number;
}

/** Columns from a part of a file; a file whose first line is no object gives a text. */
export function* jsonlSteps(start: FileStart): Generator<void, DataHeader> {
  const lines = start.decode(start.bytes).split('\n');
  // A cut-off last line is no JSON.
  if (!start.whole) lines.pop();
  const columns = new Map<string, Column>();
  let rows = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const row = parseRow(line);
    if (!row) {
      if (rows === 0) return { kind: 'text' };
      continue;
    }
    rows++;
    addRow(columns, row, rows);
    if (index % LINES_A_PIECE === LINES_A_PIECE - 1) yield;
  }
  for (const column of columns.values()) fillUp(column, rows);
  return {
    kind: 'jsonl',
    columns: [...columns].map(([, column]) => sampleOf(column, start.whole)),
    ...(start.whole ? { rows } : {}),
  };
}

function parseRow(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function addRow(columns: Map<string, Column>, row: Readonly<Record<string, unknown>>, number: number): void {
  for (const [key, value] of Object.entries(row)) {
    let column = columns.get(key);
    if (!column) {
      const open = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
      column = { reader: createColumn(key), told: 0, bools: 0, lists: 0, others: 0, ...open };
      columns.set(key, column);
    }
    // A key that a row leaves out is an empty cell of that row.
    fillUp(column, number - 1);
    column.told++;
    addValue(column, value, number);
  }
}

function fillUp(column: Column, rows: number): void {
  while (column.told < rows) column.reader.add(undefined, ++column.told);
}

function addValue(column: Column, value: unknown, row: number): void {
  if (value === null || value === '') column.reader.add(undefined, row);
  else if (typeof value === 'boolean') {
    column.bools++;
    column.reader.add(String(value), row);
  } else if (Array.isArray(value)) {
    column.lists++;
    if (!value.every((item) => typeof item === 'number')) column.others++;
    column.low = Math.min(column.low, value.length);
    column.high = Math.max(column.high, value.length);
  } else if (typeof value === 'object') column.others++;
  else column.reader.add(String(value), row);
}

function sampleOf(column: Column, whole: boolean): ColumnSample {
  const sample = column.reader.sample(whole);
  if (column.lists > 0 && column.others === 0) {
    return { ...sample, type: 'float', list: { low: column.low, high: column.high } };
  }
  const { range: _, ...rest } = sample;
  if (column.bools > 0 && column.bools === sample.sampled - sample.missing) return { ...rest, type: 'bool' };
  return column.others > 0 ? { ...rest, type: 'string' } : sample;
}
