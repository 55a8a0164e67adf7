/** A network whose file tells no layers cannot be trained: told while one writes as information, and where a run starts as what stands in the way. */
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/index.ts';
import type { NetworkStep } from '../../../language/data/network-graph.ts';
import type { DataHeader } from '../../../language/files.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import { filesOf } from '../check/check.ts';

const headers: Record<string, DataHeader> = {
  'x.idx': { kind: 'idx', dtype: 'float32', shape: [100, 8, 8, 3] },
  'y.idx': { kind: 'idx', dtype: 'int32', shape: [100], range: [0, 4] },
  'net/model.json': { kind: 'network', input: [8, 8, 3], layers: [{ name: 'out', shape: [2, 2, 16] }], last: 'out' },
};

const program = (model: string) => `
data D {
  source: idx(x: "x.idx", y: "y.idx")
  x: float32[8, 8, 3] = x
  y: int32 = y
}
${model}
train M on D {
  loss: crossEntropy(kind, y)
}`;

const programs = {
  'in a model': `
model M {
  input x: float32[8, 8, 3]
  output kind = x -> Pretrained("net/model.json") -> GlobalAvgPool2D -> Dense(5)
}`,
  'in a block': `
block Backbone {
  input x: float32[8, 8, 3]
  output x -> Pretrained("net/model.json")
}
model M {
  input x: float32[8, 8, 3]
  output kind = x -> Backbone -> GlobalAvgPool2D -> Dense(5)
}`,
};

test.each(Object.entries(programs))('%s', (_where, model) => {
  const text = program(model);
  const analyser = createAnalyser(filesOf({ headers }));
  const { problems } = analyser.analyse('test.model', text);
  expect(problems.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
  expect(problems.map(({ message }) => render(message))).toContain(
    '`Pretrained("net/model.json")` is checked here; training with it comes with a later version.',
  );
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  expect(answer.kind === 'problems' ? answer.problems.map(({ message }) => render(message)) : []).toEqual([
    '`Pretrained("net/model.json")` can be written and is checked, but this version does not carry it out yet: take it out to run this.',
  ]);
});

test('a network with layers is written out as these; one that is not known here is refused by its name', () => {
  const step = (layer: string, op: string, inputs: readonly number[], settings = {}, unread?: string): NetworkStep => ({
    layer,
    op,
    inputs,
    settings,
    weights: {},
    ...(unread === undefined ? {} : { unread }),
  });
  const graph = {
    steps: [
      step('squeeze', 'model/GlobalAvgPool2D', [-1]),
      step('features', 'model/Dense', [0], { units: 16, bias: false }),
      step('odd', '', [1], {}, 'Lambda'),
    ],
    ends: { squeeze: 0, features: 1, odd: 2 },
  };
  const layers = [
    { name: 'features', shape: [16] },
    { name: 'odd', shape: [16] },
  ];
  const header: DataHeader = { kind: 'network', input: [8, 8, 3], layers, last: 'odd', graph };
  const analyser = createAnalyser(filesOf({ headers: { ...headers, 'net/model.json': header } }));
  const text = (output: string) =>
    program(`
model M {
  input x: float32[8, 8, 3]
  layer backbone = Pretrained("net/model.json"${output})
  output kind = x -> backbone -> Dense(5)
}`);
  const cut = makePlan(analyser, { file: 'test.model', text: text(', output: "features"'), action: 'train' });
  if (cut.kind !== 'plan') throw new Error(cut.problems.map(({ message }) => render(message)).join());
  expect(cut.plan.graph.weights.map(({ path, shape, init }) => [path, shape, init.call])).toEqual([
    ['M/backbone/features/kernel', [3, 16], 'initialiser/glorotUniform'],
    ['M/Dense.0/kernel', [16, 5], 'initialiser/glorotUniform'],
    ['M/Dense.0/bias', [5], 'initialiser/zeros'],
  ]);
  const whole = makePlan(analyser, { file: 'test.model', text: text(''), action: 'train' });
  expect(whole.kind === 'problems' ? whole.problems.map(({ message }) => render(message)) : []).toEqual([
    '`net/model.json` has the layer `odd` (Lambda), which cannot be written as layers of this language. Cut the network before it (`output: "…"`), or write its layers out and start from a run.',
  ]);
});
