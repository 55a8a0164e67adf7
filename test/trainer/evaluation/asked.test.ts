/** Which answers of a program are looked at row by row: labels where there are labels, none where rows are looked up by likeness. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFiles } from '../../../files/index.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import { askedAnswers } from '../../../trainer/answer/evaluation/asked.ts';
import { rowName } from '../../../trainer/answer/row-name.ts';

function kindsOf(metrics: string, loss = 'inBatchSoftmax(query, candidate)', width = 8): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mw-asked-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'pairs.csv'), 'a,b,c\n1,2,0\n3,4,1\n5,6,0\n7,9,1\n');
  const text = `
data Pairs {
  source: csv("pairs.csv")
  pair: float32[2] = stack(a, b)
}
model Towers {
  input pair: float32[2]
  output query = pair -> Dense(${width})
  output candidate = pair -> Dense(${width})
}
train Towers on Pairs {
  loss: ${loss}
  metrics: ${metrics}
  optimizer: Adam(0.01)
  batch: 4
}
`;
  const answer = makePlan(createAnalyser(createFiles({})), { file: join(folder, 'a.model'), text, action: 'train' });
  if (answer.kind !== 'plan') return expect.fail(answer.problems.map((one) => render(one.message)).join('\n'));
  return askedAnswers(answer.plan).map(({ kind }) => kind);
}

test('rows that are looked up by likeness are ranked, and have no labels', () => {
  expect(kindsOf('recall(query, candidate, at: 2)')).toEqual(['ranked']);
  expect(kindsOf('ndcg(query, candidate)')).toEqual(['ranked']);
  expect(kindsOf('mae(query, pair)', 'mse(query, pair)', 2)).toEqual(['numbers']);
});

test('a row is named without the column that its first field begins with', () => {
  expect(rowName('row 262 of "titanic.csv", column `age`')).toBe('row 262 of "titanic.csv"');
  expect(rowName('row 3')).toBe('row 3');
});
