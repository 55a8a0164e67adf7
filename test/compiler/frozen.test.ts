/** Frozen layers: what gathers statistics uses those it has, as Keras does with `trainable = False`. */
import { expect, test } from 'vitest';
import type { DataHeader } from '../../language/index.ts';
import { numbers } from '../language/catalog/apply.ts';
import { planOfModel, train } from './trained.ts';

const BATCH = 4;
const header: DataHeader = { kind: 'idx', dtype: 'float32', shape: [100, 5] };
const fields = { x: numbers(BATCH * 5, 3).map((value) => 2 + 3 * value), target: numbers(BATCH * 2, 4) };
const settings = ['loss: mse(y, target)', 'optimizer: SGD(0.1)'];

const layers: Readonly<Record<string, readonly string[]>> = {
  BatchNorm: ['layer still = BatchNorm', 'output y = x -> still -> Dense(2)'],
  'a block of BatchNorm': ['layer still = (Dense(4, tanh) -> BatchNorm)', 'output y = x -> still -> Dense(2)'],
};

test.each(Object.entries(layers))('%s', (_name, lines) => {
  const start = (more: readonly string[]) =>
    train(planOfModel(lines, { type: 'float32[5]', header }, [...settings, ...more]), BATCH);
  const [free, frozen] = [start([]), start(['freeze: still'])];
  const before = new Map([...frozen.weights].map(([path, data]) => [path, Array.from(data)]));
  // Outside training both use the moving statistics, which are those of numbers with mean 0 and variance 1.
  const evaluated = frozen.evaluate(fields);
  expect(free.evaluate(fields)).toBe(evaluated);
  expect(frozen.step(fields, 0.1)).toBeCloseTo(evaluated, 9);
  expect(Math.abs(free.step(fields, 0.1) - evaluated)).toBeGreaterThan(0.01);
  for (const [path, data] of frozen.weights) {
    const moved = Array.from(data).some((value, i) => value !== before.get(path)![i]);
    expect(moved, path).toBe(!path.includes('/still/'));
  }
  const statistics = [...free.weights].filter(([path]) => /\/(?:mean|variance)$/u.test(path));
  expect(statistics.length).toBe(2);
  for (const [path, data] of statistics) {
    expect(
      Array.from(data).some((value, i) => value !== before.get(path)![i]),
      path,
    ).toBe(true);
  }
});
