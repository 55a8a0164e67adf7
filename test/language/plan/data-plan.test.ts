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

test('augmentations are planned flow by flow, with what they need of their fields', () => {
  const text = digits.replace(
    '  validation: 10%\n',
    `  kind: float32[10] = labels -> OneHot
  mask: int32[28, 28] = images
  augment: [(image, mask) -> pad(2) -> crop(28, 28) -> flip, (image, kind) -> mixup]
  balance: label
  validation: 5_000
`,
  );
  const answer = ask(text, { overrides: { part: '"train"' } });
  if (!('data' in answer)) throw new Error(answer.join('\n'));
  const { augment, balance, fields, validation } = answer.data;
  expect(
    augment?.map(({ fields, ranges, steps }) => [fields, ranges, steps.map(({ call, settings }) => [call, settings])]),
  ).toEqual([
    [
      ['image', 'mask'],
      { image: [0, 1], mask: [0, 255] },
      [
        ['augment/pad', { n: 2 }],
        ['augment/crop', { height: 28, width: 28 }],
        ['augment/flip', { vertical: false }],
      ],
    ],
    [['image', 'kind'], { image: [0, 1], kind: [0, 1] }, [['augment/mixup', { alpha: 0.2 }]]],
  ]);
  const steps = augment?.[0]?.steps ?? [];
  expect(steps.map(({ place }) => text.slice(place.start, place.end))).toEqual(['pad(2)', 'crop(28, 28)', 'flip']);
  expect(balance).toBe(fields.find(({ name }) => name === 'label')?.node);
  expect(validation).toBe(5000);
});

test('a transform of several results is a node for each that is wanted, and its inputs keep their names', () => {
  const text = `data D {
  source: idx(images: "images-idx3-ubyte.gz", labels: "labels-idx1-ubyte.gz")
  (history, known) = labels -> Index -> previous(3, order: labels)
  past: int32[3] = history
  real: bool[3] = known
}
`;
  const answer = ask(text);
  if (!('data' in answer)) throw new Error(answer.join('\n'));
  const nodes = answer.data.nodes.filter(({ op }) => op === 'data/previous');
  expect(nodes.map(({ output, inputNames }) => [output, inputNames])).toEqual([
    [undefined, ['x', 'order']],
    [1, ['x', 'order']],
  ]);
  expect(answer.data.fields.map(({ node }) => answer.data.nodes[node]?.output)).toEqual([undefined, 1, undefined, 1]);
});
