/**
 * The published models and the programs of the language reference: nothing is said of them, and their weights, shapes and
 * multiply-adds are those that are published.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../../compiler/index.ts';
import { planOfGraph, type Summary, summarise } from '../../../language/index.ts';
import { type Expected, expected, languagePrograms } from './expected.ts';
import { analyserOfPrograms, examples, problemsOf, programs, textOf } from './programs.ts';

const all = programs();

test.each(all)('%s has no error and no warning', (program) => {
  const told = problemsOf(program).filter((line) => /^(?:error|warning) |^[^ ]+$/u.test(line));
  expect(told).toEqual([]);
});

test('nothing at all is said of the published models', () => {
  const files = all.filter((program) => program.startsWith('reference'));
  expect(files).toHaveLength(24);
  for (const file of files) expect(problemsOf(file), file).toEqual([]);
});

test('every model of the files has its row', () => {
  const declared = all
    .filter((program) => program.startsWith('reference'))
    .flatMap((program) =>
      [...textOf(program).matchAll(/^model (\w+)/gmu)].map(([, unit]) => `${program.slice(10, -6)} ${unit}`),
    );
  expect(declared.filter((each) => !expected.some(({ file, unit }) => `${file} ${unit}` === each))).toEqual([]);
});

test.each(expected.map((row) => [row.unit, row] as const))('%s', (_unit, row) => {
  const summary = counted('reference', row);
  const { shapes, gigaMacs } = row;
  if (shapes) expect(missing(shapes, summary)).toEqual([]);
  if (gigaMacs === undefined) return;
  const { graph } = summary;
  if (!graph) throw new Error('The model has a size that is only a name.');
  const { macs } = compile(planOfGraph(graph, '')).costs();
  const digits = gigaMacs.length - gigaMacs.indexOf('.') - 1;
  expect((macs / 1e9).toFixed(digits)).toBe(gigaMacs);
});

test.each(languagePrograms.map((row) => [row.file, row] as const))('%s', (_file, row) => {
  counted('language', row);
});

function counted(folder: string, row: Expected): Summary {
  const path = `${folder}/${row.file}.model`;
  const file = join(examples, path);
  const summary = summarise(analyserOfPrograms(), { file, text: textOf(path), unit: row.unit, sets: row.sets ?? {} });
  if (!summary) throw new Error(`There is no unit ${row.unit}.`);
  expect(summary.parameters).toBe(row.parameters);
  expect(summary.trainable).toBe(row.trainable ?? row.parameters);
  expect(Object.fromEntries(summary.outputs.map(({ name, shape }) => [name, shape]))).toEqual(row.outputs);
  return summary;
}

/** The published shapes that the layers do not give in this order. */
function missing(shapes: readonly (readonly number[])[], { layers }: Summary): readonly (readonly number[])[] {
  const given = layers.map(({ output }) => JSON.stringify(output));
  let from = 0;
  return shapes.filter((shape) => {
    const found = given.indexOf(JSON.stringify(shape), from);
    if (found < 0) return true;
    from = found + 1;
    return false;
  });
}
