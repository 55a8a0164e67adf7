/** Metrics of a run as files for other programs: CSV as it reads, Parquet as pandas and DuckDB read it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { writeMetrics } from '../../runs/index.ts';
import { findPython } from '../engines/references.ts';
import { fakeRun, ofKind, tinyPlan } from '../trainer/run-helper.ts';

const place = mkdtempSync(join(tmpdir(), 'mw-metrics-'));

test('CSV: a row a step, the numbers as they were said, validation where it was measured', async () => {
  const { folder, events } = await fakeRun(tinyPlan());
  const path = join(place, 'metrics.csv');
  expect(writeMetrics(folder, path)).toMatchObject({ ok: true, rows: 15 });
  const [head, ...lines] = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const column = (name: string) => lines.map((cells) => cells[head!.indexOf(name)]);
  const steps = ofKind(events, 'step');
  expect(head!.slice(0, 3)).toEqual(['step', 'time', 'train.loss']);
  expect(column('step').map(Number)).toEqual(steps.map((event) => event.step));
  expect(column('train.loss')).toEqual(steps.map((event) => String(event.loss)));
  const measured = new Map(ofKind(events, 'epoch').map((epoch) => [epoch.step, String(epoch.validation!.loss)]));
  expect(column('validation.loss')).toEqual(steps.map((event) => measured.get(event.step) ?? ''));
});

test('not-a-number is a value, and nothing measured is none', async () => {
  const { folder } = await fakeRun(tinyPlan(), { nanAt: 4 });
  const path = join(place, 'nan.csv');
  writeMetrics(folder, path);
  expect(readFileSync(path, 'utf8')).toMatch(/^4,[\d.]+,NaN,/m);
});

test('Parquet, read by DuckDB', async () => {
  const { folder, events } = await fakeRun(tinyPlan());
  const path = join(place, 'metrics.parquet');
  expect(writeMetrics(folder, path)).toMatchObject({ ok: true, rows: 15 });
  const base = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = await base.runAndReadAll(
    `select step, "train.loss", "validation.loss" from read_parquet('${path}') order by step`,
  );
  const seen = rows.getRows();
  expect(seen.map(([step]) => step)).toEqual(ofKind(events, 'step').map((event) => event.step));
  expect(seen.map(([, loss]) => loss)).toEqual(ofKind(events, 'step').map((event) => Math.fround(Number(event.loss))));
  expect(seen.filter(([, , validation]) => validation !== null)).toHaveLength(3);
  base.closeSync();
});

test('Parquet, read by pandas', async (context) => {
  const python = findPython();
  if ('missing' in python) return context.skip(python.missing);
  const path = join(place, 'pandas.parquet');
  const { folder } = await fakeRun(tinyPlan());
  writeMetrics(folder, path);
  const program = `
import sys
try:
    import pandas
    print(len(pandas.read_parquet(sys.argv[1])))
except ImportError:
    print('none')
`;
  const said = execFileSync(python.path, ['-c', program, path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (said.trim() === 'none') return context.skip('pandas has no reader of Parquet here');
  expect(said.trim()).toBe('15');
});

test('another ending, and a place that cannot be written, are told; nothing is left behind', async () => {
  const { folder } = await fakeRun(tinyPlan());
  expect(writeMetrics(folder, join(place, 'metrics.xlsx'))).toEqual({
    ok: false,
    message: expect.stringContaining('.csv or .parquet'),
  });
  expect(writeMetrics(folder, join(place, 'missing', 'metrics.csv'))).toEqual({
    ok: false,
    message: expect.stringContaining('could not be written'),
  });
  expect(existsSync(join(place, 'missing'))).toBe(false);
  expect(readdirSync(place).filter((name) => name.endsWith('.part'))).toEqual([]);
});
