/** What the keys of `train` and `data` about updates, averages, weights and starts become in a plan. */
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/analyse.ts';
import { makePlan } from '../../../language/index.ts';

const plan = (keys: string, data = '', declaration?: string) => {
  const text = `
data D {
  source: idx(x: "x.idx", y: "y.idx", importance: "w.idx")
  x: float32[3] = x
  y: float32 = y
  ${data}
}
model M {
  input x: float32[3]
  output out = x -> Dense(1) -> squeeze
}
train M on D as first { loss: mse(out, y) }
train M on D as second {
  loss: mse(out, y)
  ${keys}
}
`;
  const shapes: Record<string, readonly number[]> = { 'x.idx': [40, 3], 'y.idx': [40], 'w.idx': [40] };
  const analyser = createAnalyser({
    source: () => 'missing',
    header: (_from, path) => ({ ok: true, value: { kind: 'idx', dtype: 'float32', shape: shapes[path] ?? [] } }),
  });
  const answer = makePlan(analyser, {
    file: 'test.model',
    text,
    action: 'train',
    declaration: declaration ?? 'second',
  });
  if (answer.kind === 'plan') return answer.plan;
  return expect.fail(answer.problems.map(({ code }) => code).join());
};

test('what has its default is left out', () => {
  const { train, data } = plan('accumulate: 1\n  average: none\n  start: none', 'weight: none');
  for (const key of ['accumulate', 'average', 'start', 'validateBatches'] as const)
    expect(train).not.toHaveProperty(key);
  expect(data).not.toHaveProperty('weight');
});

test('several batches, an average, a part of the validation rows, another run', () => {
  const { train } = plan('accumulate: 4\n  average: ema(0.99)\n  start: first\n  validate: every(50, batches: 3)');
  expect(train).toMatchObject({
    accumulate: 4,
    average: 0.99,
    start: 'first',
    validateEvery: 50,
    validateBatches: 3,
  });
  // An error at the start of a run stands at its line.
  expect(train!.places.start).toBeDefined();
});

test('the weight of a row is a node, though no field reads it', () => {
  const { data } = plan('', 'weight: importance');
  expect(data.nodes[data.weight!]).toMatchObject({ op: 'column', settings: { name: 'importance' } });
  expect(data.fields.map(({ name }) => name)).toEqual(['x', 'y']);
});
