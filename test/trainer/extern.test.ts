/** An `extern block` whose module builds the result of primitives: trained on the default engine, and what can go wrong. */
import { expect, test } from 'vitest';
import { makePlan, type Plan } from '../../language/index.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { compilePlan } from '../../trainer/run/compile-plan.ts';
import { analyse } from '../language/check/check.ts';
import { world } from '../language/check/world.ts';

const program = (more = '') => `extern block Swish(beta: float = 1.0) from "./swish.js" {
  input x: [...]
  output y: [...]
}
data Birds {
  source: csv("penguins.csv")
  year: float32 = year - 2007
}
model M {
  input year: float32
  layer first = Dense(4)
  output y = year -> expand -> first -> Swish(2) -> Dense(1) -> squeeze
}
train M on Birds {
  loss: mse(y, year)
  ${more}
}
`;

const swish = `export default function (b, { x }, { beta }) {
  const scaled = b.binary('multiply', x, b.constant([beta], []));
  return b.binary('multiply', x, b.unary('sigmoid', scaled));
}`;

function planWith(code: string, more = ''): Plan {
  const text = program(more);
  const { analyser } = analyse(text, { ...world, sources: { 'swish.js': code } });
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  if (answer.kind !== 'plan') throw new Error(JSON.stringify(answer.problems));
  return answer.plan;
}

const batch = {
  size: 4,
  fields: { year: { dtype: 'float32' as const, shape: [4], data: Float32Array.from([0, 1, 2, -1]) } },
};

test('its values are those of the formula, and gradients flow through it', async () => {
  const engine = await createOnnxEngine({ threads: 1 });
  const session = await engine.open(await compilePlan(planWith(swish)), { batch: 4, threads: 1, seed: 1 });
  const { weights } = await session.save();
  const numbers = (path: string) => [...(weights.get(path)?.data ?? [])];
  const [kernel, bias] = [numbers('M/first/kernel'), numbers('M/first/bias')];
  const [out, last] = [numbers('M/Dense.0/kernel'), numbers('M/Dense.0/bias')];
  const found = [...((await session.predict(batch)).y?.data ?? [])];
  for (const [i, year] of [...batch.fields.year.data].entries()) {
    const hidden = kernel.map((k, j) => k * year + (bias[j] ?? 0)).map((x) => x / (1 + Math.exp(-2 * x)));
    const wanted = hidden.reduce((sum, h, j) => sum + h * (out[j] ?? 0), last[0] ?? 0);
    expect(found[i]).toBeCloseTo(wanted, 5);
  }
  const losses: number[] = [];
  for (let step = 0; step < 60; step++) {
    losses.push((await session.step([batch], { rate: 0.05, step, metrics: false, gradientNorm: false })).loss);
  }
  expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 4);
  await session.dispose();
  await engine.dispose();
});

test('frozen layers stay as they are', async () => {
  const engine = await createOnnxEngine({ threads: 1 });
  const session = await engine.open(await compilePlan(planWith(swish, 'freeze: first')), {
    batch: 4,
    threads: 1,
    seed: 1,
  });
  const before = await session.save();
  for (let step = 0; step < 3; step++)
    await session.step([batch], { rate: 0.05, step, metrics: false, gradientNorm: false });
  const after = await session.save();
  expect(after.weights.get('M/first/kernel')?.data).toEqual(before.weights.get('M/first/kernel')?.data);
  expect(after.weights.get('M/Dense.0/kernel')?.data).not.toEqual(before.weights.get('M/Dense.0/kernel')?.data);
  await session.dispose();
  await engine.dispose();
});

test.each([
  ['export default (', /can’t be loaded/u],
  ['export const y = 1;', /no function as its default export/u],
  ['export default () => { throw new Error("oh no"); }', /failed: oh no/u],
  ['export default () => 3;', /no value of the builder/u],
  ['export default (b, { x }) => b.reshape(x, [2, 2]);', /Make its result the shape/u],
])('what is wrong with a module is told with its name: %s', async (code, said) => {
  const failed = (async () => (await compilePlan(planWith(code))).lower('predict', 4))();
  await expect(failed).rejects.toThrow(said);
  await expect(failed).rejects.toThrow('./swish.js');
});
