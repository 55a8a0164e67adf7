/** The TensorFlow session: trains, evaluates, saves and restores; batch sizes that come later; both loaders. */
import { expect, test } from 'vitest';
import { compile } from '../../../compiler/index.ts';
import type { Batch } from '../../../trainer/engine.ts';
import { createTensorFlowEngine } from '../../../trainer/engines/tensorflow/index.ts';
import { digitsPlan } from '../../compiler/plans.ts';
import { type Kind, loaderFor, whyNot } from './runtime.ts';

/** Images whose mean brightness tells the class. */
function digits(size: number, seed: number): Batch {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const label = Int32Array.from({ length: size }, () => Math.floor(random() * 10));
  const image = Float32Array.from({ length: size * 784 }, (_, i) => random() * 0.5 + label[Math.floor(i / 784)]! / 10);
  return {
    size,
    fields: {
      image: { dtype: 'float32', shape: [size, 28, 28, 1], data: image },
      label: { dtype: 'int32', shape: [size], data: label },
    },
  };
}

for (const kind of ['package', 'library'] satisfies Kind[]) {
  test(`the digits network trains, is saved and goes on alike (${kind})`, async (context) => {
    const loader = loaderFor(kind);
    if (!loader) return context.skip(whyNot(kind));
    const engine = await createTensorFlowEngine({ threads: 1, loader });
    const compiled = compile(digitsPlan());
    const session = await engine.open(compiled, { batch: 32, threads: 1, seed: 1 });
    const step = (k: number, size = 32) =>
      session.step([digits(size, k + 1)], { rate: 0.001, step: k, metrics: true, gradientNorm: k % 2 === 0 });
    const first = await step(0);
    expect(first.gradientNorm).toBeGreaterThan(0);
    expect(first.loss).toBeCloseTo(Math.log(10), 0);
    for (let k = 1; k < 30; k++) await step(k);
    const saved = await session.save();
    expect(saved.step).toBe(30);
    expect(saved.weights.size).toBe(6);
    expect(saved.optimizer.size).toBe(12);
    const next = await step(30);
    expect(next.loss).toBeLessThan(first.loss);
    expect(next.metrics.accuracy?.length).toBeGreaterThan(0);
    // A smaller batch brings a new graph, to which the values move.
    const smaller = await step(31, 7);
    const evaluated = await session.evaluate(digits(5, 99));
    await session.restore(saved);
    expect(await step(30)).toEqual(next);
    expect(await step(31, 7)).toEqual(smaller);
    expect(await session.evaluate(digits(5, 99))).toEqual(evaluated);
    const { digit } = await session.predict(digits(3, 5));
    expect(digit?.shape).toEqual([3, 10]);
    expect(Array.from(digit!.data.slice(0, 10)).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    await session.dispose();
    await engine.dispose();
  });
}
