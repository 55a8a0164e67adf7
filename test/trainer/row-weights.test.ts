/** Weights of rows on their way from a file to the batches. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadData } from '../../trainer/data/prepare.ts';
import { planMaker } from '../compiler/plans.ts';
import { type DataSketch, withData } from './data-plan.ts';

const sketch: DataSketch = {
  source: 'csv',
  files: { file: 'rows.csv' },
  nodes: [
    { op: 'column', settings: { name: 'x' } },
    { op: 'column', settings: { name: 'importance' } },
  ],
  fields: { x: { node: 0, dtype: 'float32' } },
  validation: 0.25,
  seed: 3,
};

function load(rows: readonly string[], whole = false) {
  const folder = mkdtempSync(join(tmpdir(), 'mw-weights-'));
  writeFileSync(join(folder, 'rows.csv'), `x,importance\n${rows.join('\n')}\n`);
  const made = planMaker('Test').finish({ ref: { node: 0, output: 0 }, shape: [], dtype: 'float32' });
  const plan = withData(made, sketch, join(folder, 'test.model'));
  return loadData({
    plan: { ...plan, data: { ...plan.data, weight: 1 } },
    dataFolder: undefined,
    fitted: undefined,
    whole,
  });
}

const eight = Array.from({ length: 8 }, (_, i) => `${i},${i / 2}`);

test('each batch has the weights of its own rows, in training and in validation', async () => {
  const data = await load(eight);
  for (const part of ['train', 'validation'] as const) {
    const { fields } = await data.prepare({ part, epoch: 2, index: 0, size: 8 });
    expect([...fields.weight!.data]).toEqual([...fields.x!.data].map((x) => x / 2));
  }
});

test('other data is only measured: its rows need no weights', async () => {
  const data = await load(
    eight.map((row) => row.split(',')[0]!).map((x) => `${x},`),
    true,
  );
  expect((await data.prepare({ part: 'test', epoch: 0, index: 0, size: 4 })).fields.weight).toBeUndefined();
});

test.each([
  ['an empty cell', '7,', 'The weight of row 8 is an empty cell.'],
  ['a negative one', '7,-1', 'The weight of row 8 is -1.'],
])('%s is told before the first step', async (_, row, message) => {
  await expect(load([...eight.slice(0, 7), row])).rejects.toThrow(message);
});
