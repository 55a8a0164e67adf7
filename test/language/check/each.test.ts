/** `each` and `TimeDistributed`: types, weights, paths, and the same numbers as the layer itself where it knows sequences. */
import { expect, test } from 'vitest';
import { compile, interpret } from '../../../compiler/index.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import { summarise } from '../../../language/plan/summarise.ts';
import { numbers } from '../catalog/apply.ts';
import { check, filesOf } from './check.ts';

test('types, and what does not fit', () =>
  check(`
    block Frames(units: int) {
      input film: [T, H, W, 3]
      output film -> TimeDistributed { Conv2D(units) -> GlobalAvgPool2D } -> LSTM(units)
    }
    model M {
      input film: float32[5, 8, 8, 3]
      input x: float32[3, 8]
      input single: float32
      a: [16] = film -> Frames(16)
      b: [3, 4] = x -> TimeDistributed { Dense(4) -> Dropout(0.5) }
      c: [3, 4] = x -> each { Dense(4) }
      d: [3, 4] = x -> each { i => Dense(4 + i - i) }
      e = x -> each { i => Dense(4 + i) }
               ^^^^ shape/each: \`each\` puts the results of all places beside each other, so they must have one shape, but place 0 gives [4] and place 1 [5].
      f = x -> TimeDistributed { Conv2D(4) }
                                 ^^^^^^ shape/rank: \`Conv2D\` needs an image \`[height, width, channels]\`, but gets [8], which has 1 axis.
      g = single -> each { Dense(4) }
                    ^^^^ shape/rank: \`each\` works along an axis, but gets a single number: give it one with \`expand\`.
      h = x -> TimeDistributed
               ^^^^^^^^^^^^^^^ argument/no-body: \`TimeDistributed\` needs a layer in braces: \`TimeDistributed { … }\`.
      (k, l, m) = x -> LSTM(4, state: true)
      n = (k, l) -> each { Dense(4) }
                    ^^^^ type/each: \`each\` goes along the first axis of one value, but this is (float32[4], float32[4]).
      (o, p) = x -> expand -> TimeDistributed { GRU(4, state: true) }
      q: [3, 8] = concat(o, p)
      output a
    }
  `));

const data = `
data D {
  source: idx(x: "x.idx", t: "t.idx")
  x: float32[3, 8] = x
  t: float32 = t
}
train M on D {
  loss: mse(mean(y), t)
}
`;
const world = {
  headers: {
    'x.idx': { kind: 'idx', dtype: 'float32', shape: [100, 3, 8] },
    't.idx': { kind: 'idx', dtype: 'float32', shape: [100] },
  },
} as const;

/** The plan of a model with the stages, and its answer for numbers that are the same in each. */
function run(stages: string) {
  const text = `model M {\n  input x: float32[3, 8]\n  output y = x -> ${stages}\n}\n${data}`;
  const analyser = createAnalyser(filesOf(world));
  const answer = makePlan(analyser, { file: 'm.model', text, action: 'train' });
  if (answer.kind === 'problems') return expect.fail(answer.problems.map((one) => render(one.message)).join('\n'));
  const compiled = compile(answer.plan);
  const program = compiled.lower('predict', 2);
  const inputs: Record<string, readonly number[]> = {};
  for (const { kind, name, tensor } of program.inputs) {
    const size = tensor.shape.reduce((a, b) => a * b, 1);
    inputs[`${kind} ${name}`] = numbers(size, kind === 'field' ? 1 : name.endsWith('kernel') ? 2 : 3);
  }
  const { weights } = answer.plan.graph;
  const summary = summarise(analyser, { file: 'm.model', text })!;
  return {
    paths: weights.map(({ path }) => path),
    trained: weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    parameters: summary.parameters,
    numbers: Array.from(interpret(program, inputs)[0]!.data),
  };
}

test('TimeDistributed has one set of weights', () => {
  const ran = run('TimeDistributed { Dense(4, relu) }');
  expect(ran.paths).toEqual(['M/TimeDistributed.0/Dense.0/kernel', 'M/TimeDistributed.0/Dense.0/bias']);
  expect([ran.trained, ran.parameters]).toEqual([36, 36]);
  expect(ran.numbers).toEqual(run('Dense(4, relu)').numbers);
});

test('each has a set of weights for each place', () => {
  const ran = run('each { Dense(4, relu) }');
  expect(ran.paths).toEqual([0, 1, 2].flatMap((k) => [`M/each.0[${k}]/Dense.0/kernel`, `M/each.0[${k}]/Dense.0/bias`]));
  expect([ran.trained, ran.parameters]).toEqual([108, 108]);
  expect(ran.numbers).toEqual(run('Dense(4, relu)').numbers);
});

test('a layer of sequences at each step', () => {
  const ran = run('expand -> TimeDistributed { GRU(2) }');
  expect(ran.parameters).toBe(3 * (2 + 4 + 2) + 6);
  expect(ran.numbers).toHaveLength(2 * 3 * 2);
});
