/** What explains a trained model, in float64: slopes against finite differences, integrated gradients, attention, all of a layer. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  CHOICE,
  compile,
  type Explained,
  type Explanation,
  gradientOutput,
  interpret,
  lookOutput,
  resultOutput,
  SCORE,
  SHARE,
  slopeOutput,
  sourceOutput,
} from '../../compiler/index.ts';
import type { DataHeader, Plan } from '../../language/index.ts';
import { planOf } from './program-plans.ts';
import { planOfModel } from './trained.ts';

const numbers = (shape: readonly number[]) => ({
  type: `float32[${shape.join(', ')}]`,
  header: { kind: 'idx', dtype: 'float32', shape: [100, ...shape] } as DataHeader,
});
const tokens = (count: number) => ({
  type: `int32[${count}]`,
  header: { kind: 'idx', dtype: 'int32', shape: [100, count] } as DataHeader,
});
const waves = (count: number) => Float64Array.from({ length: count }, (_, i) => Math.sin(1.3 * i + 0.4));

function runner(plan: Plan, batch: number, explanation: Explanation) {
  const compiled = compile(plan);
  const weights = new Map(compiled.weights.map((each) => [each.path, Float64Array.from(compiled.initial(each, 1))]));
  const explained: Explained = compiled.explain(batch, explanation);
  const run = (fields: Readonly<Record<string, ArrayLike<number>>>) => {
    const given = explained.program.inputs.map(({ kind, name }): [string, ArrayLike<number>] => [
      `${kind} ${name}`,
      (kind === 'weight' ? weights.get(name) : fields[name]) ?? [],
    ]);
    const results = interpret(explained.program, Object.fromEntries(given));
    return new Map(explained.program.outputs.map(({ name }, i) => [name, Array.from(results[i]!.data)]));
  };
  return { compiled, weights, explained, run };
}

const FLAT = ['output y = x -> Dense(8, tanh) -> BatchNorm -> Dense(2)'];
const IMAGE = ['output y = x -> Conv2D(4, 3, relu) -> MaxPool2D(2) -> Flatten -> Dense(2) -> softmax'];

test.each([
  ['a row', FLAT, numbers([5]), 5],
  ['an image, by the score before its softmax', IMAGE, numbers([8, 8, 1]), 64],
] as const)('the slopes of a score at %s are those of finite differences', (_, lines, x, size) => {
  const plan = planOfModel(lines, x, ['loss: mse(y, target)', 'optimizer: SGD(0.1)']);
  const { run, explained } = runner(plan, 2, { kind: 'inputs', output: 'y' });
  expect(explained.sources).toMatchObject([{ field: 'x' }]);
  const inputs = waves(2 * size);
  const choice = [0, 1, 1, 0];
  const share = [1, 1];
  const at = (values: ArrayLike<number>) => run({ x: values, [SHARE]: share, [CHOICE]: choice });
  const slopes = at(inputs).get(slopeOutput(0))!;
  for (let i = 0; i < 2 * size; i += 7) {
    const [up, down] = [inputs.slice(), inputs.slice()];
    up[i]! += 1e-6;
    down[i]! -= 1e-6;
    const row = Math.floor(i / size);
    const difference = (at(up).get(SCORE)![row]! - at(down).get(SCORE)![row]!) / 2e-6;
    expect(slopes[i]).toBeCloseTo(difference, 5);
  }
});

test.each([
  ['a row', FLAT, numbers([5]), waves(5)],
  ['an image', IMAGE, numbers([8, 8, 1]), waves(64)],
  [
    'tokens',
    ['output y = x -> Embedding(9, 8) -> Attention(2) -> GlobalAvgPool1D -> Dense(2)'],
    tokens(6),
    [1, 4, 8, 2, 2, 0],
  ],
] as const)(
  'integrated gradients over 32 steps of %s add up to the difference of the scores',
  (_, lines, x, values) => {
    const steps = 32;
    const plan = planOfModel(lines, x);
    const { run, explained } = runner(plan, steps + 2, { kind: 'inputs', output: 'y' });
    const shares = [0, 1, ...Array.from({ length: steps }, (_, k) => (k + 0.5) / steps)];
    const repeated = shares.flatMap(() => Array.from(values));
    const results = run({ x: repeated, [SHARE]: shares, [CHOICE]: shares.flatMap(() => [0, 1]) });
    const [none = 0, whole = 0] = results.get(SCORE)!;
    let sum = 0;
    explained.sources.forEach(({ shape }, index) => {
      const size = shape.reduce((product, each) => product * each, 1);
      const source = results.get(sourceOutput(index))!;
      const slopes = results.get(slopeOutput(index))!;
      for (let k = 2; k < steps + 2; k++) {
        for (let i = 0; i < size; i++) sum += (source[k * size + i]! * slopes[k * size + i]!) / steps;
      }
    });
    expect(Math.abs(whole - none)).toBeGreaterThan(1e-3);
    expect(Math.abs(sum - (whole - none))).toBeLessThan(0.01 * Math.max(1, Math.abs(whole - none)));
  },
);

test('tokens are explained by what their embedding gives, one source for each use, positions left out', () => {
  const lines = [
    'layer embed = Embedding(9, 8)',
    'position = range(6) -> Embedding(6, 8)',
    'real = x != 0',
    'output y = (x -> embed) + position -> Attention(2, mask: real) -> GlobalAvgPool1D -> Dense(2)',
  ];
  const { explained } = runner(planOfModel(lines, tokens(6)), 1, { kind: 'inputs', output: 'y' });
  expect(explained.sources.map(({ field, shape }) => [field, shape])).toEqual([['x', [6, 8]]]);
});

test('attention is found in its layer and where it is written by hand, and its rows sum to 1', () => {
  const lines = [
    'e = x -> Embedding(9, 8) -> Attention(2, mask: causal)',
    'q = e -> Dense(8)',
    'looks = matmul(q, e -> transpose((1, 0))) / 2.83 -> softmax',
    'output y = matmul(looks, e) -> GlobalAvgPool1D -> Dense(2) -> softmax',
  ];
  const plan = planOfModel(lines, tokens(6));
  const { explained, run } = runner(plan, 1, { kind: 'looks' });
  expect(explained.looks.map(({ node, shape }) => [plan.graph.nodes[node]?.op, shape])).toEqual([
    ['model/Attention', [2, 6, 6]],
    ['model/softmax', [6, 6]],
  ]);
  const results = run({ x: [1, 4, 8, 2, 2, 0] });
  explained.looks.forEach((_, index) => {
    const looks = results.get(lookOutput(index))!;
    for (let row = 0; row < looks.length / 6; row++) {
      expect(looks.slice(row * 6, row * 6 + 6).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    }
  });
  expect(results.get(lookOutput(0))!.slice(0, 6)).toEqual([1, 0, 0, 0, 0, 0].map((value) => expect.closeTo(value, 9)));
});

test('of a layer: all numbers that it gives, and the gradients that training would use', () => {
  const plan = planOfModel(['output y = x -> Dense(6, relu) -> Dropout(0.5) -> Dense(2)'], numbers([3]));
  const { run, weights, explained } = runner(plan, 4, { kind: 'layer', path: 'M/Dense.0' });
  const fields = { x: waves(12), target: waves(8) };
  const results = run(fields);
  expect([...results.keys()]).toEqual([
    resultOutput('M/Dense.0'),
    gradientOutput('M/Dense.0/kernel'),
    gradientOutput('M/Dense.0/bias'),
  ]);
  expect(explained.program.inputs.some(({ kind }) => kind === 'random')).toBe(false);
  const plain = compile(planOfModel(['output y = x -> Dense(6, relu) -> Dense(2)'], numbers([3])));
  const step = plain.lower('train', 4, { update: 'outside' });
  const given = step.inputs.map(({ kind, name }): [string, ArrayLike<number>] => [
    `${kind} ${name}`,
    (kind === 'weight' ? weights.get(name) : fields[name as 'x']) ?? [],
  ]);
  const values = interpret(step, Object.fromEntries(given));
  const at = step.outputs.findIndex(({ kind, name }) => kind === 'gradient' && name === 'M/Dense.0/kernel');
  expect(results.get(gradientOutput('M/Dense.0/kernel'))).toEqual(
    Array.from(values[at]!.data, (value) => expect.closeTo(value, 12)),
  );
});

/** Those whose plan needs no data. */
const programs = [
  ...readdirSync(join('examples', 'bench')).map((name) => join('examples', 'bench', name)),
  ...['1-mnist', '5-resnet', '6-gpt-mini', '9-speech'].map((name) => `examples/language/${name}.model`),
  ...['01-digits-cnn', '02-mnist-convnet', '21-autoencoder', '22-vae'].map(
    (name) => `examples/reference/${name}.model`,
  ),
];

test.each(programs)('%s can be explained: each input that it learns from has slopes', (file) => {
  const plan = planOf(file);
  const output = plan.graph.outputs.find(({ ref, trainingOnly }) => {
    return !trainingOnly && plan.graph.nodes[ref.node]?.outputs[ref.output]?.dtype === 'float32';
  });
  if (output === undefined) return;
  const compiled = compile(plan);
  const { program, sources } = compiled.explain(1, { kind: 'inputs', output: output.name });
  expect(sources.length).toBeGreaterThan(0);
  const slopes = program.outputs.filter(({ name }) => name.startsWith(slopeOutput(0).slice(0, -1)));
  expect(slopes.length).toBeGreaterThan(0);
  const looks = compiled.explain(1, { kind: 'looks' }).looks.length;
  const layers = plan.graph.nodes.filter(({ op }) => op === 'model/Attention').length;
  expect(looks).toBeGreaterThanOrEqual(layers);
});
