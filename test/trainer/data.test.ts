/** The data pipeline: what it gives, and what it says about bad data, one error at a time. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadData } from '../../trainer/data/prepare.ts';
import { digitsPlan, planMaker } from '../compiler/plans.ts';
import { withData } from './data-plan.ts';
import { all, column, csv, digits, failure, folder, load, write } from './data-run.ts';
import { idxFile } from './files.ts';

test('IDX images are expanded and scaled, labels become int32, all rows come once', async () => {
  write(
    'images.gz',
    idxFile(
      [10, 2, 2],
      Array.from({ length: 40 }, (_, i) => i * 6),
    ),
  );
  write('labels.gz', idxFile([10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  const preparer = await load(digits('images.gz', 'labels.gz', 2));
  expect(preparer.rows).toEqual({ train: 10, validation: 0, test: 0 });
  const batches = await all(preparer, 'train', 4);
  expect(batches.map((batch) => batch.size)).toEqual([4, 4, 2]);
  const labels = batches.flatMap((batch) => [...batch.fields.label!.data]);
  expect([...labels].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(labels).not.toEqual([...labels].sort((a, b) => a - b));
  const first = batches[0]!.fields.image!;
  expect(first.shape).toEqual([4, 2, 2, 1]);
  expect(first.data[0]).toBe(Math.fround((labels[0]! * 4 * 6) / 255));
  const again = await all(preparer, 'train', 4);
  expect(again.flatMap((batch) => [...batch.fields.label!.data])).toEqual(labels);
  const next = await all(preparer, 'train', 4, 2);
  expect(next.flatMap((batch) => [...batch.fields.label!.data])).not.toEqual(labels);
});

test('10 % of 60,000 rows leave 54,000: 844 steps an epoch at 64', async () => {
  write('images.gz', idxFile([60_000, 1, 1], new Array(60_000).fill(1)));
  write('labels.gz', idxFile([60_000], new Array(60_000).fill(1)));
  const preparer = await load({ ...digits('images.gz', 'labels.gz', 1), validation: 0.1 });
  expect(preparer.rows).toEqual({ train: 54_000, validation: 6_000, test: 0 });
  expect(Math.ceil(preparer.rows.train / 64)).toBe(844);
});

test('the split is the same for the same seed and another for another', async () => {
  write('images.gz', idxFile([50, 1, 1], new Array(50).fill(1)));
  write(
    'labels.gz',
    idxFile(
      [50],
      Array.from({ length: 50 }, (_, i) => i),
    ),
  );
  const validation = async (seed: number) => {
    const batches = await all(
      await load({ ...digits('images.gz', 'labels.gz', 1), validation: 0.2, seed }),
      'validation',
      50,
    );
    return [...batches[0]!.fields.label!.data];
  };
  expect(await validation(1)).toEqual(await validation(1));
  expect(await validation(1)).not.toEqual(await validation(2));
  expect(await validation(1)).toHaveLength(10);
});

test('a missing file says where it was looked for', async () => {
  const error = await failure(() => load(digits('nowhere.gz')));
  expect(error.code).toBe('data/missing-file');
  expect(error.message).toBe(
    `The data file "nowhere.gz" is not there. Looked for ${join(folder, 'nowhere.gz')}. Put it there, or set MODELWRIGHT_DATA to the folder that holds it.`,
  );
  expect(error.place?.line).toBe(2);
});

test('MODELWRIGHT_DATA is looked at second', async () => {
  const data = mkdtempSync(join(tmpdir(), 'mw-data-'));
  writeFileSync(join(data, 'images.gz'), idxFile([2, 1, 1], [1, 2]));
  writeFileSync(join(data, 'labels.gz'), idxFile([2], [1, 2]));
  const plan = withData(
    planMaker('T').finish({ ref: { node: 0, output: 0 }, shape: [], dtype: 'float32' }),
    digits('images.gz', 'labels.gz', 1),
    join(folder, 'a.model'),
  );
  expect((await loadData({ plan, dataFolder: data, fitted: undefined, whole: false })).rows.train).toBe(2);
});

test('a folder is no data file', async () => {
  const error = await failure(() => load(digits('.')));
  expect(error.code).toBe('data/not-a-file');
});

test('a truncated gzip file', async () => {
  const whole = idxFile(
    [10, 28, 28],
    Array.from({ length: 7840 }, (_, i) => (i * 7919) % 256),
  );
  write('images.gz', whole.subarray(0, whole.length / 2));
  write('labels.gz', idxFile([10], new Array(10).fill(1)));
  const error = await failure(() => load(digits()));
  expect(error.code).toBe('data/broken-gzip');
  expect(error.message).toContain('it ends in the middle');
  expect(error.message).toContain('fetch it again');
});

test('a file that is no IDX file shows its first bytes', async () => {
  write('images.gz', gzipSync('hello'));
  write('labels.gz', idxFile([1], [1]));
  const error = await failure(() => load(digits()));
  expect(error.code).toBe('data/not-idx');
  expect(error.message).toContain('68 65 6c 6c');
});

test('an IDX file that is shorter than its head says', async () => {
  const whole = Buffer.from([0, 0, 8, 1, 0, 0, 0, 5, 1, 2, 3]);
  write('images.gz', idxFile([5, 1, 1], [1, 2, 3, 4, 5]));
  write('labels.gz', whole);
  const error = await failure(() => load(digits('images.gz', 'labels.gz', 1)));
  expect(error.code).toBe('data/idx-length');
  expect(error.message).toContain('5 numbers of 1 byte, which is 5 bytes, but 3 follow its head. It is cut off');
});

test('image and label counts that differ', async () => {
  write('images.gz', idxFile([5, 1, 1], [1, 2, 3, 4, 5]));
  write('labels.gz', idxFile([4], [1, 2, 3, 4]));
  const error = await failure(() => load(digits('images.gz', 'labels.gz', 1)));
  expect(error.code).toBe('data/count-mismatch');
  expect(error.message).toContain('"images.gz" (`images`) has 5');
  expect(error.message).toContain('"labels.gz" (`labels`) has 4');
});

test('images of another size than the field states', async () => {
  write('images.gz', idxFile([2, 3, 3], new Array(18).fill(1)));
  write('labels.gz', idxFile([2], [1, 2]));
  const error = await failure(() => load(digits('images.gz', 'labels.gz', 2)));
  expect(error.code).toBe('data/shape');
  expect(error.message).toContain('float32[2, 2, 1]');
  expect(error.message).toContain('gives [3, 3, 1]');
  expect(error.place?.line).toBe(30);
});

test('a label out of range stands at the layer that fixes the width', async () => {
  write('images.gz', idxFile([3, 28, 28], new Array(3 * 784).fill(1)));
  write('labels.gz', idxFile([3], [1, 10, 2]));
  const error = await failure(() => load(digits(), digitsPlan()));
  expect(error.code).toBe('data/label-range');
  expect(error.message).toBe(
    'The field `label` has the number 10 in row 1 of "labels.gz", but the scores have 10 classes (0 to 9). Give the model 11 or more, or correct the data.',
  );
});

test('a wrong column names the columns and the nearest', async () => {
  write('table.csv', 'height,width\n1,2\n');
  const error = await failure(() => load(csv({ x: { node: 0, dtype: 'float32' } }, [column('hieght')])));
  expect(error.code).toBe('data/missing-column');
  expect(error.message).toBe(
    'The column `hieght` is not in "table.csv". Its columns are height, width. Did you mean `height`?',
  );
  expect(error.place?.line).toBe(10);
});

test('a text where a number is needed names row and value', async () => {
  write('table.csv', 'a\n1\nfoo\n3\n');
  const error = await failure(() => load(csv({ x: { node: 0, dtype: 'float32' } }, [column('a')])));
  expect(error.code).toBe('data/lossy');
  expect(error.message).toContain('row 2 of "table.csv", column `a` holds the text "foo"');
  expect(error.message).toContain('mend that cell, or name what stands for an empty one, `missing: ["foo"]`');
});

test('a lossy conversion names the first value', async () => {
  write('table.csv', 'a\n1\n2.5\n3\n');
  const error = await failure(() => load(csv({ x: { node: 0, dtype: 'int32' } }, [column('a')])));
  expect(error.code).toBe('data/lossy');
  expect(error.message).toBe(
    'The field `x` is stated as int32, but row 2 of "table.csv", column `a` gives 2.5: int32 needs whole numbers from -2147483648 to 2147483647. State another type, or round it in the pipeline.',
  );
});

test('an empty cell names its row and column', async () => {
  write('table.csv', 'a,b\n1,x\n,y\n3,z\n');
  const error = await failure(() => load(csv({ x: { node: 0, dtype: 'float32' } }, [column('a')])));
  expect(error.code).toBe('data/empty-cell');
  expect(error.message).toContain('Row 2 of "table.csv", column `a` is empty');
});

test('a row with too few cells', async () => {
  write('table.csv', 'a,b\n1,2\n3\n');
  const error = await failure(() => load(csv({ x: { node: 0, dtype: 'float32' } }, [column('a')])));
  expect(error.code).toBe('data/row-width');
  expect(error.message).toContain('Row 2 of "table.csv" has 1 cells, but there are 2 columns (a, b)');
});

test('a table without rows', async () => {
  write('table.csv', 'a,b\n');
  expect((await failure(() => load(csv({ x: { node: 0, dtype: 'float32' } }, [column('a')])))).code).toBe('data/empty');
});

test('bytes that are no text', async () => {
  write('table.csv', Buffer.from([0x61, 0x0a, 0xff, 0xfe, 0x0a]));
  expect((await failure(() => load(csv({ x: { node: 0, dtype: 'float32' } }, [column('a')])))).code).toBe(
    'data/not-text',
  );
});
