/**
 * A run's steps as a table for other programs: CSV or Parquet. One row for each step, as it was measured; values of the
 * validation part stand in the rows of the steps after which they were measured, and are missing elsewhere.
 */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { extname } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { createRunState, csvText, eventNumber, numberOf, type RunState, reduce } from '../protocol/index.ts';
import { readEvents } from './store.ts';

/** Files that can be written, by the end of their name. */
export const METRICS_FILES = ['.csv', '.parquet'] as const;

export type MetricsWritten =
  | { readonly ok: true; readonly rows: number; readonly columns: number }
  | { readonly ok: false; readonly message: string };

interface MetricsColumn {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'FLOAT';
  /** NaN is a value of the run; `undefined` says that nothing was measured. */
  readonly at: (row: number) => number | undefined;
}

/** Writes the steps of the run in `folder` to a new file; one that is there is replaced when the new one is whole. */
export function writeMetrics(folder: string, path: string): MetricsWritten {
  const format = METRICS_FILES.find((end) => end === extname(path).toLowerCase());
  if (format === undefined) {
    return {
      ok: false,
      message: `Metrics are written as ${METRICS_FILES.join(' or ')}, but the file is called ${path}.`,
    };
  }
  const run = readEvents(folder).reduce(reduce, createRunState());
  const columns = columnsOf(run);
  const rows = run.columns.length;
  const beside = `${path}.part`;
  try {
    const file = openSync(beside, 'w');
    try {
      if (format === '.csv') writeCsv(file, columns, rows);
      else writeSync(file, parquetOf(columns, rows));
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, message: `The metrics could not be written to ${path}: ${why}. Choose another place.` };
  }
  return { ok: true, rows, columns: columns.length };
}

function columnsOf(run: RunState): readonly MetricsColumn[] {
  const { columns } = run;
  const taken: MetricsColumn[] = [...columns.values].map(([name, values]) => ({
    name,
    type: 'FLOAT',
    at: (row) => values[row],
  }));
  return [
    { name: 'step', type: 'INT32', at: (row) => columns.step[row] },
    // Seconds since 1970, as TensorBoard and most readers count.
    { name: 'time', type: 'DOUBLE', at: (row) => (columns.time[row] ?? 0) / 1000 },
    ...taken,
    ...validationColumns(run),
  ];
}

function validationColumns(run: RunState): readonly MetricsColumn[] {
  const measured = new Map(run.epochs.map((epoch) => [epoch.step, epoch.validation ?? {}]));
  const names = new Set(run.epochs.flatMap((epoch) => Object.keys(epoch.validation ?? {})));
  return [...names].map((name) => ({
    name: `validation.${name}`,
    type: 'FLOAT',
    at: (row) => {
      const value = measured.get(run.columns.step[row] ?? -1)?.[name];
      return value === undefined ? undefined : numberOf(value);
    },
  }));
}

/** Rows that are put together before they are written. */
const CHUNK = 10_000;

function writeCsv(file: number, columns: readonly MetricsColumn[], rows: number): void {
  writeSync(file, `${columns.map(({ name }) => csvText(name)).join(',')}\n`);
  for (let from = 0; from < rows; from += CHUNK) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(rows, from + CHUNK); row++) {
      lines.push(columns.map(({ type, at }) => cell(type, at(row))).join(','));
    }
    writeSync(file, `${lines.join('\n')}\n`);
  }
}

function cell(type: MetricsColumn['type'], value: number | undefined): string {
  if (value === undefined) return '';
  return type === 'FLOAT' ? String(eventNumber(value)) : String(value);
}

function parquetOf(columns: readonly MetricsColumn[], rows: number): Uint8Array {
  const columnData = columns.map(({ name, type, at }) => ({
    name,
    type,
    nullable: true,
    data: Array.from({ length: rows }, (_, row) => at(row)),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
