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
  expect(problem && render(problem.message)).toBe('There is no `label` here. Did you mean `lable`?');
  expect(problem?.start).toBe(text.indexOf('label'));
  const [fix] = problem?.fixes ?? [];
  expect(fix && render(fix.title)).toBe('Change to lable');
  expect(fix?.edits.map(({ newText }) => newText)).toEqual(['lable']);
});
