/** What is looked at while a model trains: numbers of layers and norms of gradients, held against sums made by hand. */
import { expect, test } from 'vitest';
import { compile, interpret, normOutput, observedLayers } from '../../compiler/index.ts';
import { planOfModel } from './trained.ts';

const BATCH = 4;
const header = { kind: 'idx', dtype: 'float32', shape: [100, 3] } as const;
const x = Float64Array.from({ length: BATCH * 3 }, (_, i) => Math.sin(i + 1));
const target = Float64Array.from({ length: BATCH * 2 }, (_, i) => Math.cos(i));

function inputsOf(weights: ReadonlyMap<string, ArrayLike<number>>): Record<string, ArrayLike<number>> {
  const named = [...weights].map(([path, data]): [string, ArrayLike<number>] => [`weight ${path}`, data]);
  return { ...Object.fromEntries(named), 'field x': x, 'field target': target };
}

function observed(lines: readonly string[], silence?: string) {
  const plan = planOfModel(lines, { type: 'float32[3]', header });
  const compiled = compile(plan);
  const program = compiled.lower('observe', BATCH, { norms: true });
  const weights = new Map(
    compiled.weights.map((weight) => [weight.path, Float64Array.from(compiled.initial(weight, 1))]),
  );
  if (silence !== undefined) weights.get(silence)?.fill(-100);
  const values = interpret(program, inputsOf(weights));
  const numbers = new Map(program.outputs.map(({ name }, i) => [name, [...values[i]!.data]]));
  return { plan, program, weights, numbers };
}

test('a layer is told by mean, deviation, zeros, and units that are silent for the whole batch', () => {
  const { numbers, weights } = observed(['output y = x -> Dense(6, relu) -> Dense(2)']);
  const kernel = weights.get('M/Dense.0/kernel')!;
  const results: number[] = [];
  for (let row = 0; row < BATCH; row++) {
    for (let unit = 0; unit < 6; unit++) {
      let sum = 0;
      for (let i = 0; i < 3; i++) sum += x[row * 3 + i]! * kernel[i * 6 + unit]!;
      results.push(Math.max(0, sum));
    }
  }
  const mean = results.reduce((a, b) => a + b, 0) / results.length;
  const deviation = Math.sqrt(results.reduce((a, b) => a + (b - mean) ** 2, 0) / results.length);
  const zeros = results.filter((value) => value === 0).length / results.length;
  const silent = [0, 1, 2, 3, 4, 5].filter((unit) => results.every((value, i) => i % 6 !== unit || value === 0));
  const [m, d, z, saturated, s] = numbers.get('layer M/Dense.0')!;
  expect([m, d, z, saturated, s]).toEqual([
    expect.closeTo(mean, 9),
    expect.closeTo(deviation, 9),
    expect.closeTo(zeros, 9),
    -1,
    expect.closeTo(silent.length / 6, 9),
  ]);
  expect(numbers.get('layer M/Dense.1')?.slice(3)).toEqual([-1, -1]);
});

test('a layer whose bias drowns everything is silent, and a squashed one saturated', () => {
  const dead = observed(['output y = x -> Dense(6, relu) -> Dense(2)'], 'M/Dense.0/bias').numbers;
  expect(dead.get('layer M/Dense.0')?.slice(2)).toEqual([1, -1, 1]);
  const full = observed(['output y = x -> Dense(6) -> tanh -> Dense(2, sigmoid)'], 'M/Dense.0/bias').numbers;
  expect(full.get('layer M/Dense.0')?.slice(2)).toEqual([0, 1, -1]);
  expect(full.get('layer M/Dense.1')?.[3]).toBeGreaterThanOrEqual(0);
  const { plan } = observed(['a = x -> Dense(4)', 'b = x -> Dense(4)', 'output y = a + b -> relu -> Dense(2)']);
  expect(observedLayers(plan.graph.nodes).map(({ path, squash }) => [path, squash])).toEqual([
    ['M/Dense.0', undefined],
    ['M/Dense.1', undefined],
    ['M/Dense.0 ~ relu', 'relu'],
    ['M/Dense.2', undefined],
  ]);
});

test('norms are those of the gradients that training would use; what is dropped or drawn stands still', () => {
  const lines = ['output y = x -> Dense(6, tanh) -> Dropout(0.5) -> GaussianNoise(1) -> Dense(2)'];
  const { numbers, program, plan, weights } = observed(lines);
  expect(program.inputs.filter(({ kind }) => kind === 'random')).toEqual([]);
  expect(program.outputs.every(({ kind }) => kind === 'output')).toBe(true);
  const plain = planOfModel(['output y = x -> Dense(6, tanh) -> Dense(2)'], { type: 'float32[3]', header });
  const step = compile(plain).lower('train', BATCH, { update: 'outside' });
  const results = interpret(step, inputsOf(weights));
  const gradients = step.outputs.flatMap((output, i) =>
    output.kind === 'gradient' ? [[output.name, results[i]!.data] as const] : [],
  );
  expect(gradients).toHaveLength(4);
  for (const [path, gradient] of gradients) {
    const norm = Math.sqrt(Array.from(gradient).reduce((sum, value) => sum + value * value, 0));
    expect(numbers.get(normOutput(path))?.[0]).toBeCloseTo(norm, 9);
  }
  expect(observedLayers(plan.graph.nodes).map(({ path }) => path)).toEqual(['M/Dense.0', 'M/Dense.1']);
});
