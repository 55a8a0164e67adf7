/** Penalties, limits and normalised weights on every engine: the same steps as the program in float64. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { Batch } from '../../trainer/engine.ts';
import { planOfModel, train } from '../compiler/trained.ts';
import { numbers } from '../language/catalog/apply.ts';
import { engines } from './engines.ts';

const SIZE = 4;

const models: Readonly<Record<string, readonly string[]>> = {
  limits: [
    'output y = x -> Conv2D(3, 2, tanh, l2: 0.05, maxNorm: 0.4, activityL1: 0.01) -> Flatten',
    '  -> Dense(2, nonNegative: true, l1: 0.02)',
  ],
  normalised: [
    'output y = x -> WeightNorm { Conv2D(3, 2, tanh) } -> Flatten -> SpectralNorm { Dense(4, tanh) } -> Dense(2)',
  ],
};

const batchAt = (seed: number): Batch => ({
  size: SIZE,
  fields: {
    x: { dtype: 'float32', shape: [SIZE, 4, 4, 2], data: Float32Array.from(numbers(SIZE * 32, seed)) },
    target: { dtype: 'float32', shape: [SIZE, 2], data: Float32Array.from(numbers(SIZE * 2, seed + 50)) },
  },
});

describe.each(engines)('$name', ({ missing, open }) => {
  test.skipIf(missing !== '').each(Object.entries(models))(`%s ${missing}`, async (_name, lines) => {
    const header = { kind: 'idx', dtype: 'float32', shape: [100, 4, 4, 2] } as const;
    const plan = planOfModel(lines, { type: 'float32[4, 4, 2]', header });
    const wanted = train(plan, SIZE, 7);
    const engine = await open();
    const session = await engine.open(compile(plan), { batch: SIZE, threads: 1, seed: 7 });
    for (let step = 0; step < 4; step++) {
      const batch = batchAt(step + 1);
      const fields = Object.fromEntries(
        Object.entries(batch.fields).map(([name, { data }]) => [name, Array.from(data)]),
      );
      const loss = wanted.step(fields, 0.1);
      const found = await session.step([batch], { rate: 0.1, step, metrics: false, gradientNorm: false });
      expect(found.loss).toBeCloseTo(loss, 4);
    }
    const saved = await session.save();
    for (const [path, { data }] of saved.weights) {
      Array.from(data).forEach((value, i) => {
        expect(value, `${path} ${i}`).toBeCloseTo(wanted.weights.get(path)![i]!, 4);
      });
    }
    const last = batchAt(9);
    const fields = Object.fromEntries(Object.entries(last.fields).map(([name, { data }]) => [name, Array.from(data)]));
    expect((await session.evaluate(last)).loss).toBeCloseTo(wanted.evaluate(fields), 4);
    await session.dispose();
    await engine.dispose();
  });
});
