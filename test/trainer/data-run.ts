/** Plans over small files, loaded: their batches, or what is wrong with them. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import { batchesOf } from '../../trainer/data/feed.ts';
import { loadData } from '../../trainer/data/prepare.ts';
import { Failure } from '../../trainer/failure.ts';
import { planMaker } from '../compiler/plans.ts';
import { type DataSketch, withData } from './data-plan.ts';

/** A new one for each test. */
export let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mw-data-'));
});

export const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);

export function load(
  data: DataSketch,
  plan = planMaker('Test').finish({ ref: { node: 0, output: 0 }, shape: [], dtype: 'float32' }),
) {
  return loadData({
    plan: withData(plan, data, join(folder, 'test.model')),
    dataFolder: undefined,
    fitted: undefined,
    whole: false,
  });
}

export async function failure(run: () => Promise<unknown>): Promise<Failure> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing went wrong');
}

export async function all(
  preparer: Awaited<ReturnType<typeof load>>,
  part: 'train' | 'validation' | 'test',
  size: number,
  epoch = 1,
) {
  const batches = [];
  for await (const batch of batchesOf(preparer, { part, epoch, size }, 0)) batches.push(batch);
  return batches;
}

export const digitNodes: DataSketch['nodes'] = [
  { op: 'column', settings: { name: 'images' } },
  { op: 'data/expand', inputs: [0], settings: { axis: -1 } },
  { op: 'data/scale', inputs: [1], settings: { from: [0, 255], to: [0, 1] } },
  { op: 'column', settings: { name: 'labels' } },
];

export const digits = (images = 'images.gz', labels = 'labels.gz', size = 28): DataSketch => ({
  source: 'idx',
  files: { images, labels },
  nodes: digitNodes,
  fields: { image: { node: 2, dtype: 'float32', shape: [size, size, 1] }, label: { node: 3, dtype: 'int32' } },
});

export const csv = (
  fields: DataSketch['fields'],
  nodes: DataSketch['nodes'],
  more: Partial<DataSketch> = {},
): DataSketch => ({
  source: 'csv',
  files: { file: 'table.csv' },
  nodes,
  fields,
  ...more,
});

export const column = (name: string) => ({ op: 'column', settings: { name } });
