/** A column that is named otherwise in the file than in the program: the error stands at its name, and the fix changes it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFiles } from '../../../files/index.ts';
import { createAnalyser, render } from '../../../language/index.ts';

test('`label` where the file has `lable`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-lable-'));
  writeFileSync(join(folder, 'train.csv'), 'a,b,lable\n1,2,0\n2,3,1\n');
  const text = 'data Train {\n  source: csv("train.csv")\n  y: int32 = label\n}\n';
  const [problem, ...others] = createAnalyser(createFiles()).analyse(join(folder, 'a.model'), text).problems;
  expect(others).toEqual([]);
  expect(problem && render(problem.message)).toBe('`train.csv` has no column `label`; it has `lable`.');
  expect(problem?.start).toBe(text.indexOf('label'));
  const [fix] = problem?.fixes ?? [];
  expect(fix && render(fix.title)).toBe('Change to lable');
  expect(fix?.edits.map(({ newText }) => newText)).toEqual(['lable']);
});

test('nothing near: the columns that the file has, but not where a stage is meant', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-lable-'));
  writeFileSync(join(folder, 'train.csv'), 'a,b\n1,2\n2,3\n');
  const text =
    'data Train {\n  source: csv("train.csv")\n  x: float32 = a -> Nonsense\n  y: int32 = target\n  height: int32\n}\n';
  const { problems } = createAnalyser(createFiles()).analyse(join(folder, 'a.model'), text);
  expect(problems.map(({ message }) => render(message))).toEqual([
    'There is no `Nonsense` here.',
    'There is no `target` here: `train.csv` has no column of that name. It has a, b.',
    '`train.csv` has no column `height`. It has a, b.',
  ]);
  expect(problems.map(({ message }) => render(message, 'zh')).at(-1)).toBe(
    '`train.csv` 没有列 `height`，它的列是 a, b。',
  );
});
