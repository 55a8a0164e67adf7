/** Parquet files and SQL over tables, from the program's text to the batch. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'queries-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `copy (select i::integer as age, i / 4 as size, (i % 2 = 0) as even, 'k' || (i % 3) as kind, case when i = 2 then null else i end as gap from range(5000) t(i)) to '${join(folder, 'rows.parquet')}' (format parquet)`,
  );
  connection.closeSync();
  writeFileSync(join(folder, 'people.csv'), 'name,town,age\nann,x,3\nbob,y,NA\ncid,x,5\ndan,z,9\n');
  writeFileSync(join(folder, 'towns.jsonl'), '{"town": "x", "size": 10}\n{"town": "y", "size": 20}\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function planOf(lines: string) {
  const text = `data D {\n${lines}\n  shuffle: false\n}\nmodel M {\n  input x: float32\n  output y = x -> expand -> Dense(1) -> squeeze\n}\ntrain M on D {\n  loss: mse(y, 0.5)\n}\n`;
  return makePlan(createAnalyser(createFiles()), { file: join(folder, 'test.model'), text, action: 'train' });
}

async function valuesOf(lines: string) {
  const answer = planOf(lines);
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  const preparer = await loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
  const batch = await preparer.prepare({ part: 'train', epoch: 1, index: 0, size: 5000 });
  return Array.from(batch.fields.x!.data, Number);
}

test('Parquet: numbers, flags, texts and empty cells', async () => {
  const source = '  source: parquet("rows.parquet")\n';
  expect((await valuesOf(`${source}  x: float32 = size`)).slice(0, 3)).toEqual([0, 0.25, 0.5]);
  expect((await valuesOf(`${source}  x: float32 = age`)).at(-1)).toBe(4999);
  expect((await valuesOf(`${source}  x: float32 = kind -> Index`)).slice(0, 4)).toEqual([0, 1, 2, 0]);
  expect((await valuesOf(`${source}  x: float32 = gap -> fill(-1)`)).slice(1, 4)).toEqual([1, -1, 3]);
  expect(await valuesOf(`${source}  x: float32 = age\n  keep: even and age < 6`)).toEqual([0, 2, 4]);
  await expect(valuesOf(`${source}  x: float32 = gap`)).rejects.toThrow(
    'Row 3 of "rows.parquet", column `gap` is empty',
  );
});

test('SQL: a plain query, a join with a calculation, groups', async () => {
  const people = 'people: "people.csv"';
  expect(
    await valuesOf(`  source: sql("select age from people where age > 3", ${people})\n  x: float32 = age`),
  ).toEqual([5, 9]);
  const join =
    'select p.age * t.size as area from people p join towns t using (town) where p.age is not null order by area';
  expect(await valuesOf(`  source: sql("${join}", ${people}, towns: "towns.jsonl")\n  x: float32 = area`)).toEqual([
    30, 50,
  ]);
  const groups = 'select town, count(*) as n from people group by town order by town';
  expect(await valuesOf(`  source: sql("${groups}", ${people})\n  x: float32 = n`)).toEqual([2, 1, 1]);
  const named = 'with old as (select * from people where age > 3) select avg(age) as mean, max(name) as last from old';
  expect(await valuesOf(`  source: sql("${named}", ${people})\n  x: float32 = mean`)).toEqual([7]);
});

test('a query reads the named files alone, and its mistakes are told', async () => {
  const other = `select content as x from read_text('${join(folder, 'people.csv')}')`;
  await expect(valuesOf(`  source: sql("${other}", towns: "towns.jsonl")\n  x: float32 = x -> Index`)).rejects.toThrow(
    'The query of `sql` cannot be carried out: Permission Error',
  );
  await expect(
    valuesOf(`  source: sql("select aeg + 1 as x from people p", people: "people.csv")\n  x: float32 = x`),
  ).rejects.toThrow('Referenced column "aeg" not found');
  writeFileSync(join(folder, 'torn.parquet'), 'PAR1 and nothing more, but a text that is long enough PAR1');
  await expect(valuesOf('  source: parquet("torn.parquet")\n  x: float32 = age')).rejects.toThrow();
});
