/** What cleaning did is counted and named: rows left out, cells filled and clipped, values far from all others. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cleaning-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function load(lines: string) {
  const text = `data D {\n${lines}\n  shuffle: false\n}\nmodel M {\n  input x: float32\n  output y = x -> expand -> Dense(1) -> squeeze\n}\ntrain M on D {\n  loss: mse(y, 0.5)\n}\n`;
  const answer = makePlan(createAnalyser(createFiles()), { file: join(folder, 'test.model'), text, action: 'train' });
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  return loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
}

test('rows that are left out, by rule; cells that are filled and clipped', async () => {
  writeFileSync(join(folder, 'a.csv'), 'name,age,size\na,1,5\nb,,6\nb,,6\nc,200,\nd,40,7\na,1,5\ne,-3,8\n');
  const { rows, cleaning } = await load(
    '  source: csv("a.csv")\n  keep: name != "d"\n  deduplicate: [name, age]\n  x: float32 = age -> drop -> clip(0..100)\n  z: float32 = size -> fill(0)',
  );
  expect(rows.train).toBe(3);
  expect(cleaning?.map(({ rule, column, rows: count, text }) => [rule, column, count, text])).toEqual([
    ['keep', undefined, 1, '`keep` leaves out 1 row for which its condition is not true.'],
    ['drop', 'age', 2, '`drop` leaves out 2 rows in which `age` is empty.'],
    ['deduplicate', undefined, 1, '`deduplicate` leaves out 1 row, each like an earlier one.'],
    ['clip', 'age', 2, '`age` lay outside of its range in 2 rows and is clipped.'],
  ]);
  expect(cleaning?.[1]?.examples).toEqual(['row 2 of "a.csv", column `age`', 'row 3 of "a.csv", column `age`']);
});

test('nothing to say, one value far from all others, and one that no number can hold', async () => {
  const values = Array.from({ length: 1000 }, (_, i) => String(i % 10));
  writeFileSync(join(folder, 'b.csv'), `x\n${values.join('\n')}\n`);
  expect((await load('  source: csv("b.csv")\n  x: float32 = x')).cleaning).toEqual([]);
  writeFileSync(join(folder, 'b.csv'), `x\n${values.join('\n')}\n99999\n`);
  const { cleaning } = await load('  source: csv("b.csv")\n  x: float32 = x -> Normalize');
  expect(cleaning?.map(({ rule, examples }) => [rule, examples])).toEqual([
    ['outlier', ['row 1,001 of "b.csv", column `x`']],
  ]);
  writeFileSync(join(folder, 'b.csv'), 'x\n1\n1e60\n');
  await expect(load('  source: csv("b.csv")\n  x: float32 = x')).rejects.toThrow(
    'Row 2 of "b.csv", column `x` gives 1e+60, which float32 cannot hold',
  );
});
