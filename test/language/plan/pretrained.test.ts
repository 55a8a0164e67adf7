/** A network from a file cannot be trained yet: told while one writes as information, and where a run starts as what stands in the way. */
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/index.ts';
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
    '`Pretrained` is checked here; training with it comes with a later version.',
  );
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  expect(answer.kind === 'problems' ? answer.problems.map(({ message }) => render(message)) : []).toEqual([
    '`Pretrained` can be written and is checked, but this version does not carry it out yet: take it out to run this.',
  ]);
});
