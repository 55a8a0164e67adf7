/** Parts that are the rows of other data: made by what was learned here, read from their own files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parts-'));
  writeFileSync(join(folder, 'train.csv'), 'size,kind\n1,b\n3,a\n5,c\n');
  writeFileSync(join(folder, 'dev.csv'), 'size,kind\n3,c\n9,a\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function planOf(sections: string) {
  const text = `${sections}\nmodel M {\n  input size: float32\n  output y = size -> expand -> Dense(3)\n}\ntrain M on Train {\n  loss: crossEntropy(y, kind)\n}\n`;
  return makePlan(createAnalyser(createFiles()), { file: join(folder, 'test.model'), text, action: 'train' });
}

async function load(sections: string) {
  const answer = planOf(sections);
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  return loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
}

const fields = '  size: float32 = size -> Normalize\n  kind: int32 = kind -> Index\n';
const own = (part: string) =>
  `data Train {\n  source: csv("train.csv")\n${fields}  shuffle: false\n  validation: ${part}\n}\n`;

test('the other rows are normalised and numbered by what the training rows taught', async () => {
  const preparer = await load(`${own('Dev')}data Dev {\n  source: csv("dev.csv")\n${fields}  validation: 50%\n}\n`);
  expect(preparer.rows).toEqual({ train: 3, validation: 2, test: 0 });
  const { fields: made } = await preparer.prepare({ part: 'validation', epoch: 1, index: 0, size: 9 });
  // a, b, c of the training rows; mean 3 and deviation √(8/3).
  expect([...made.kind!.data]).toEqual([2, 0]);
  expect(made.size!.data[0]).toBe(0);
  expect(made.size!.data[1]).toBeCloseTo(6 / Math.sqrt(8 / 3));
});

test('the same section with another file stands in for a part of itself', async () => {
  const preparer = await load(
    `data Train(part: string = "train") {\n  source: csv("{part}.csv")\n${fields}  shuffle: false\n  test: Train("dev")\n}\n`,
  );
  expect(preparer.rows).toEqual({ train: 3, validation: 0, test: 2 });
  const before = preparer.hash;
  writeFileSync(join(folder, 'dev.csv'), 'size,kind\n3,c\n9,a\n4,b\n');
  const again = await load(
    `data Train(part: string = "train") {\n  source: csv("{part}.csv")\n${fields}  shuffle: false\n  test: Train("dev")\n}\n`,
  );
  expect(again.rows.test).toBe(3);
  expect(again.hash).not.toBe(before);
});

test('fields of another type, or made otherwise, are errors that say so', async () => {
  const types = planOf(
    `${own('Dev')}data Dev {\n  source: csv("dev.csv")\n  size: float32[1] = size -> Normalize -> expand\n  kind: int32 = kind -> Index\n}\n`,
  );
  expect(types.kind === 'problems' && types.problems.map((one) => render(one.message))).toEqual([
    'The field `size` is float32[] here, but float32[1] in `Dev`: the rows of another data set stand in for rows of this one, so its fields need the same types.',
  ]);
  await expect(
    load(
      `${own('Dev')}data Dev {\n  source: csv("dev.csv")\n  size: float32 = size\n  kind: int32 = kind -> Index\n}\n`,
    ),
  ).rejects.toThrow('here it learns `Normalize` and there nothing. Write the field alike in both.');
});
