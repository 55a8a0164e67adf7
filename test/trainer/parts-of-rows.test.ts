/** Which rows are kept, and which part each of them goes to. */
import { expect, test } from 'vitest';
import { loadData } from '../../trainer/data/prepare.ts';
import { fieldOf, planOf, problems, program, write } from './transform-run.ts';

const people = `name,age,group\n${Array.from({ length: 40 }, (_, i) => `p${i % 8},${i === 5 ? '' : i},${i % 4 === 0 ? 'a' : 'b'}`).join('\n')}\n`;

test('validation and test as numbers of rows', async () => {
  write('long.csv', `a\n${Array.from({ length: 1000 }, (_, row) => row).join('\n')}\n`);
  const lines = '  source: csv("long.csv")\n  x: float32 = a\n  validation: 150\n  test: 100';
  expect((await fieldOf(lines, 'float32')).rows).toEqual({ train: 750, validation: 150, test: 100 });
  expect(problems('  source: csv("long.csv")\n  x: float32 = a\n  validation: 20', 'float32')[0]).toMatch(
    /^data\/share/u,
  );
  expect(problems('  source: csv("long.csv")\n  x: float32 = a\n  validation: 1_000', 'float32')[0]).toMatch(
    /^data\/no-training-rows/u,
  );
});

test('keep, deduplicate and parts by conditions', async () => {
  write('people.csv', people);
  const source = '  source: csv("people.csv")\n';
  const kept = await fieldOf(`${source}  x: float32 = age\n  keep: age >= 30 and group != "a"`, 'float32');
  expect(kept.values).toEqual([30, 31, 33, 34, 35, 37, 38, 39]);
  // The empty cell of row 6 is in no comparison true.
  expect((await fieldOf(`${source}  x: float32 = age\n  keep: age < 8`, 'float32')).values).toEqual([
    0, 1, 2, 3, 4, 6, 7,
  ]);
  const twins = await fieldOf(`${source}  x: float32 = age -> fill(99)\n  deduplicate: name`, 'float32');
  expect(twins.values).toEqual([0, 1, 2, 3, 4, 99, 6, 7]);
  const pairs = await fieldOf(`${source}  x: float32 = age -> fill(99)\n  deduplicate: [name, age]`, 'float32');
  expect(pairs.rows.train).toBe(40);
  const parts = await fieldOf(
    `${source}  x: float32 = age -> fill(0)\n  validation: group == "a"\n  test: 10%`,
    'float32',
  );
  expect(parts.rows).toEqual({ train: 26, validation: 10, test: 4 });
  const late = fieldOf(`${source}  x: int32 = group -> Index\n  z: int32 = x\n  keep: z == 0`, 'int32');
  await expect(late).rejects.toThrow('A condition on rows says which rows there are, before `Index` learns from them');
});

test('parts by groups and by classes', async () => {
  write('people.csv', people);
  const shuffle = (lines: string) =>
    planOf(program(lines, 'float32').replace('  shuffle: false\n', '')) as Extract<
      ReturnType<typeof planOf>,
      { kind: 'plan' }
    >;
  const load = (lines: string) =>
    loadData({ plan: shuffle(lines).plan, dataFolder: undefined, fitted: undefined, whole: false });
  const source = '  source: csv("people.csv")\n  x: float32 = age -> fill(0)\n';
  const groups = await load(`${source}  validation: share(25%, by: name)`);
  expect(groups.rows).toEqual({ train: 30, validation: 10, test: 0 });
  const batch = await groups.prepare({ part: 'validation', epoch: 1, index: 0, size: 100 });
  const names = new Set(Array.from(batch.fields.x!.data, (age) => Number(age) % 8));
  // Five rows of each of two names: none is in both parts.
  expect(names.size).toBe(2);
  const classes = await load(`${source}  test: share(20%, stratify: group)`);
  expect(classes.rows).toEqual({ train: 32, validation: 0, test: 8 });
  const tested = await classes.prepare({ part: 'test', epoch: 1, index: 0, size: 100 });
  expect(Array.from(tested.fields.x!.data).filter((age) => Number(age) % 4 === 0)).toHaveLength(2);
  // By the name of a field that numbers them: by what it numbers, before anything is learned.
  const numbered = await load(`${source}  kind: int32 = group -> Index\n  test: share(20%, stratify: kind)`);
  const same = await numbered.prepare({ part: 'test', epoch: 1, index: 0, size: 100 });
  expect(same.fields.x).toEqual(tested.fields.x);
});

test('rows that are all left out are told with what left them out', async () => {
  write('few.csv', 'x,kind\n1,a\n2,b\n3,a\n');
  const source = '  source: csv("few.csv")\n  kind: int32 = kind -> Index\n  keep: x > 5\n';
  await expect(fieldOf(`${source}  x: int32 = x`, 'int32')).rejects.toThrow(
    'None of the 3 rows is left to train on: `keep` leaves out 3 rows for which its condition is not true.',
  );
});
