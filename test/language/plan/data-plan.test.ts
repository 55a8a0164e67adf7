/** Plans of a data declaration alone: what is looked at need not have a model that is finished. */
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/index.ts';
import type { DataHeader } from '../../../language/files.ts';
import { render } from '../../../language/messages/render.ts';
import { type DataPlanRequest, makeDataPlan } from '../../../language/plan/make-data-plan.ts';
import { filesOf } from '../check/check.ts';

const headers: Record<string, DataHeader> = {
  'images-idx3-ubyte.gz': { kind: 'idx', dtype: 'uint8', shape: [60000, 28, 28], range: [0, 255] },
  'labels-idx1-ubyte.gz': { kind: 'idx', dtype: 'uint8', shape: [60000], range: [0, 9] },
};

const digits = `data Digits(part: string) {
  source: idx(images: "images-idx3-ubyte.gz", labels: "labels-idx1-ubyte.gz")
  image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
  label: int32 = labels
  validation: 10%
}
`;

function ask(text: string, request: Partial<DataPlanRequest> = {}) {
  const analyser = createAnalyser(filesOf({ headers }));
  const answer = makeDataPlan(analyser, { file: 'test.model', text, ...request });
  expect(analyser.crashes).toEqual([]);
  return answer.kind === 'plan'
    ? answer
    : answer.problems.map((problem) => `${problem.code} ${problem.start}: ${render(problem.message)}`);
}

test('every field is planned, with the values that the command line gives', () => {
  const answer = ask(digits, { overrides: { part: '"train"' } });
  if (!('data' in answer)) throw new Error(answer.join('\n'));
  expect(answer.data.name).toBe('Digits');
  expect(answer.data.args).toEqual({ part: 'train' });
  expect(answer.data.fields.map(({ name, shape, used }) => [name, shape, used])).toEqual([
    ['image', [28, 28, 1], true],
    ['label', [], true],
  ]);
  expect(answer.data.nodes.map(({ op }) => op)).toEqual(['column', 'column', 'data/expand', 'data/scale']);
  expect(answer.sources).toEqual([{ path: 'test.model', text: digits }]);
});

test('a parameter without a default has the value of the first run on this data, though the model has errors', () => {
  const text = `${digits}
model Broken {
  input image: [28, 28, 1]
  output y = image -> Densee(10)
}

train Broken on Digits("t10k") {
  loss: crossEntropy(y, label)
}
`;
  const answer = ask(text);
  if (!('data' in answer)) throw new Error(answer.join('\n'));
  expect(answer.data.args).toEqual({ part: 't10k' });
});

test('what stands in the way is told at its place', () => {
  expect(ask('model M {\n  input x: [2]\n  output y = x\n}\n')).toEqual([
    'train/no-run 0: This file has no `data` block.',
  ]);
  expect(ask(digits, { declaration: 'Digit' })).toEqual([
    'train/no-such-run 0: There is no `data` block called `Digit` in this file.',
  ]);
  expect(ask(digits, { overrides: { part: '"train"', prt: '1' } })).toEqual([
    'train/override 5: `prt` is no setting of this block and no parameter of `Digits`. Did you mean `part`?',
  ]);
  const missing = ask('data D {\n  source: csv("nothing.csv")\n  x: float32 = a\n}\n');
  expect(missing).toEqual([expect.stringContaining('data/missing-file')]);
  const wrong = ask(digits.replace('scale(0..255, 0..1)', 'scael(0..255, 0..1)'));
  expect(wrong).toEqual([expect.stringContaining('name/unknown')]);
});
