/**
 * The programs of the language reference, with their data files and without: no error and no warning. The files lie where
 * `MODELWRIGHT_DATA` says; each program names some that may not be there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFiles } from '../../../files/index.ts';
import { createAnalyser, render } from '../../../language/index.ts';

const folder = join(import.meta.dirname, '../../../examples/language');
const programs = readdirSync(folder).filter((name) => name.endsWith('.model'));
const { MODELWRIGHT_DATA: dataFolder = '' } = process.env;

function told(name: string, data: string | undefined): readonly string[] {
  const analyser = createAnalyser(createFiles({ dataFolder: data }));
  const { problems } = analyser.analyse(join(folder, name), readFileSync(join(folder, name), 'utf8'));
  expect(analyser.crashes).toEqual([]);
  return problems
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map((problem) => `${problem.code}: ${render(problem.message)}`);
}

test('there are eleven', () => expect(programs).toHaveLength(11));

test.each(programs)('%s without its data', (name) => expect(told(name, undefined)).toEqual([]));

test.skipIf(dataFolder === '')('with the data of MODELWRIGHT_DATA', () => {
  for (const name of programs) expect(told(name, dataFolder), name).toEqual([]);
});

/** What the headers of real files say of their columns. */
test.skipIf(dataFolder === '')('real files', () => {
  const files = createFiles({ dataFolder });
  const from = join(folder, 'x.model');
  expect(files.header(from, 'mnist/t10k-labels-idx1-ubyte.gz', { kind: 'idx' })).toMatchObject({
    value: { shape: [10_000], range: [0, 9], classes: { count: 10, whole: true, rows: 10_000 } },
  });
  expect(files.header(from, 'cifar10/test', { kind: 'folder' })).toMatchObject({
    value: {
      files: 2000,
      classes: { count: 10, most: { rows: 200 }, least: { rows: 200 } },
      sample: { images: [[32, 32, 3]] },
    },
  });
  expect(files.header(from, 'spoken-digits', { kind: 'folder', parts: ['digit', 'speaker', 'take'] })).toMatchObject({
    value: {
      files: 1500,
      parts: [{ type: 'int', range: [0, 9] }, { type: 'string' }, { type: 'int' }],
      sample: { rates: [8000] },
    },
  });
  const table = files.header(from, 'tabular/penguins.csv', { kind: 'csv' });
  expect(table).toMatchObject({ value: { rows: 344, columns: { length: 7 } } });
});
