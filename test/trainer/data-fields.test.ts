/** Fields of a table: what is learned of the training part, windows, and what was learned before. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadData } from '../../trainer/data/prepare.ts';
import { dense, planMaker } from '../compiler/plans.ts';
import { type DataSketch, withData } from './data-plan.ts';
import { all, column, csv, failure, folder, load, write } from './data-run.ts';

const windows: DataSketch = {
  source: 'text',
  files: { file: 'tale.txt' },
  nodes: [
    column('characters'),
    { op: 'data/Index', inputs: [0] },
    { op: 'data/windows', inputs: [1], settings: { length: 5, stride: 1 } },
    { op: 'model/index', inputs: [2], settings: { items: [[null, -1, 1]] } },
    { op: 'model/index', inputs: [2], settings: { items: [[1, null, 1]] } },
  ],
  fields: { tokens: { node: 3, dtype: 'int32', shape: [4] }, next: { node: 4, dtype: 'int32', shape: [4] } },
  validation: 0.2,
};

test('Normalize learns on the training part only', async () => {
  write('table.csv', `a\n${Array.from({ length: 100 }, (_, i) => i).join('\n')}\n`);
  const preparer = await load(
    csv({ x: { node: 1, dtype: 'float32' } }, [column('a'), { op: 'data/Normalize', inputs: [0] }], {
      validation: 0.3,
      shuffle: false,
    }),
  );
  const fitted = JSON.parse(preparer.fitted).nodes[1];
  expect(fitted.mean[0]).toBeCloseTo(34.5, 10);
  expect(fitted.deviation[0]).toBeCloseTo(Math.sqrt((70 * 70 - 1) / 12), 10);
  const [validation] = await all(preparer, 'validation', 30);
  expect(validation!.fields.x!.data[0]).toBeCloseTo((70 - 34.5) / Math.sqrt((70 * 70 - 1) / 12), 5);
});

test('stack, operators and OneHot make the fields of a table', async () => {
  write('table.csv', 'a,b,kind\n1,10,cat\n2,20,dog\n3,30,cat\n');
  const preparer = await load(
    csv(
      {
        numbers: { node: 2, dtype: 'float32', shape: [2] },
        kind: { node: 4, dtype: 'float32', shape: [2] },
        half: { node: 6, dtype: 'float32' },
        isDog: { node: 8, dtype: 'float32' },
      },
      [
        column('a'),
        column('b'),
        { op: 'data/stack', inputs: [0, 1] },
        column('kind'),
        { op: 'data/OneHot', inputs: [3], shape: [2] },
        { op: 'constant', settings: { value: 2 } },
        { op: 'operator//', inputs: [1, 5] },
        { op: 'constant', settings: { value: 'dog' } },
        { op: 'operator/==', inputs: [3, 7] },
      ],
      { shuffle: false },
    ),
  );
  const [batch] = await all(preparer, 'train', 3);
  expect([...batch!.fields.numbers!.data]).toEqual([1, 10, 2, 20, 3, 30]);
  expect([...batch!.fields.kind!.data]).toEqual([1, 0, 0, 1, 1, 0]);
  expect([...batch!.fields.half!.data]).toEqual([5, 10, 15]);
  expect([...batch!.fields.isDog!.data]).toEqual([0, 1, 0]);
});

test('OneHot of another width than stated', async () => {
  write('table.csv', 'kind\ncat\ndog\nowl\n');
  const nodes = [column('kind'), { op: 'data/OneHot', inputs: [0], shape: [2] }];
  const error = await failure(() => load(csv({ kind: { node: 1, dtype: 'float32', shape: [2] } }, nodes)));
  expect(error.code).toBe('data/one-hot-width');
  expect(error.message).toContain(
    'found 3 different values in the training part ("cat", "dog", "owl"), but the field says 2',
  );
});

test('an unseen value in the validation part is met before the first step', async () => {
  write('table.csv', 'kind\ncat\ndog\ncat\nowl\n');
  const nodes = [column('kind'), { op: 'data/Index', inputs: [0] }];
  const sketch = csv({ kind: { node: 1, dtype: 'int32' } }, nodes, { validation: 0.25, shuffle: false });
  const error = await failure(() => load(sketch));
  expect(error.code).toBe('data/unseen-value');
  expect(error.message).toContain('Row 4 of "table.csv", column `kind` has the value "owl"');
  const own = csv(
    { kind: { node: 1, dtype: 'int32' } },
    [column('kind'), { op: 'data/Index', inputs: [0], settings: { unseen: 'own' } }],
    { validation: 0.25, shuffle: false },
  );
  expect((await load(own)).rows.validation).toBe(1);
});

test('rows of a table are cut in the order of the file, and no window crosses from one part to another', async () => {
  write('load.csv', `load\n${Array.from({ length: 20 }, (_, i) => i).join('\n')}\n`);
  const preparer = await load({
    source: 'csv',
    files: { file: 'load.csv' },
    nodes: [
      { op: 'column', settings: { name: 'load' } },
      { op: 'data/windows', inputs: [0], settings: { n: 4, stride: 1 } },
    ],
    fields: { window: { node: 1, dtype: 'float32', shape: [4] } },
    validation: 0.25,
  });
  const rows: number[][] = [];
  for (const part of ['train', 'validation'] as const) {
    for (const batch of await all(preparer, part, 1)) rows.push(Array.from(batch.fields.window?.data ?? [], Number));
  }
  for (const row of rows) expect(row).toEqual([0, 1, 2, 3].map((i) => (row[0] ?? 0) + i));
  // 15 rows and 5 rows, each in one piece.
  expect(rows.length).toBe(12 + 2);
});

test('a text is split before it is cut into windows', async () => {
  write('tale.txt', 'abcdefghijabcdefghij'.repeat(2));
  const preparer = await load(windows);
  expect(preparer.rows).toEqual({ train: 32 - 4, validation: 8 - 4, test: 0 });
  const [batch] = await all(preparer, 'validation', 4);
  expect([...batch!.fields.tokens!.data].slice(0, 4)).toEqual([2, 3, 4, 5]);
  expect([...batch!.fields.next!.data].slice(0, 4)).toEqual([3, 4, 5, 6]);
});

test('a window that does not fit into a part', async () => {
  write('tale.txt', 'abcdefghij');
  const error = await failure(() => load(windows));
  expect(error.code).toBe('data/window-too-long');
  expect(error.message).toContain(
    'A window of 5 does not fit into the validation part, which has 2 characters (10 in all)',
  );
});

test('a number beyond an Embedding', async () => {
  const p = planMaker('T');
  const tokens = p.input('tokens', [4], 'int32');
  const weight = p.weight('e/weight', [5, 2], { call: 'initialiser/zeros', settings: {} });
  const embedded = p.node('model/Embedding', { x: tokens }, [4, 2], {
    settings: { size: 5, width: 2 },
    weights: { weight },
  });
  const plan = p.finish(dense(p, embedded, 1));
  write('tale.txt', 'abcdefghijabcdefghij'.repeat(2));
  const error = await failure(() => load(windows, plan));
  expect(error.code).toBe('data/label-range');
  expect(error.message).toContain('`Embedding` has 5 rows (0 to 4)');
});

test('data that changed is noticed by its hash', async () => {
  write('table.csv', 'a\n1\n2\n');
  const sketch = csv({ x: { node: 0, dtype: 'float32' } }, [column('a')]);
  const before = (await load(sketch)).hash;
  expect((await load(sketch)).hash).toBe(before);
  write('table.csv', 'a\n1\n3\n');
  expect((await load(sketch)).hash).not.toBe(before);
});

test('what was learned is used again, not learned anew', async () => {
  write('table.csv', 'kind\ncat\ndog\n');
  const nodes = [column('kind'), { op: 'data/Index', inputs: [0] }];
  const sketch = csv({ kind: { node: 1, dtype: 'int32' } }, nodes, { shuffle: false });
  const { fitted } = await load(sketch);
  write('table.csv', 'kind\ndog\ndog\n');
  const plan = withData(
    planMaker('T').finish({ ref: { node: 0, output: 0 }, shape: [], dtype: 'float32' }),
    sketch,
    join(folder, 'a.model'),
  );
  const again = await loadData({ plan, dataFolder: undefined, fitted, whole: true });
  const [batch] = await all(again, 'test', 2);
  expect([...batch!.fields.kind!.data]).toEqual([1, 1]);
});
