/** Mixed precision on TensorFlow: bfloat16 on processors that have it, float16 with a scaled loss. */
import { expect, test } from 'vitest';
import { compile } from '../../../compiler/index.ts';
import type { Plan } from '../../../language/index.ts';
import type { Batch } from '../../../trainer/engine.ts';
import { createTensorFlowEngine, openLoader } from '../../../trainer/engines/tensorflow/index.ts';
import { openSession } from '../../../trainer/engines/tensorflow/session.ts';
import { digitsPlan } from '../../compiler/plans.ts';
import { type Kind, loaderFor, whyNot } from './runtime.ts';

function mixed(plan: Plan): Plan {
  return { ...plan, train: { ...plan.train!, precision: 'mixed' } };
}

function digits(size: number): Batch {
  const label = Int32Array.from({ length: size }, (_, i) => (i * 7) % 10);
  const image = Float32Array.from(
    { length: size * 784 },
    (_, i) => ((i * 31) % 17) / 34 + label[Math.floor(i / 784)]! / 10,
  );
  return {
    size,
    fields: {
      image: { dtype: 'float32', shape: [size, 28, 28, 1], data: image },
      label: { dtype: 'int32', shape: [size], data: label },
    },
  };
}
const options = (step: number) => ({ rate: 0.001, step, metrics: false, gradientNorm: false });

for (const kind of ['package', 'library'] satisfies Kind[]) {
  test(`bfloat16 on the processor (${kind})`, async (context) => {
    const loader = loaderFor(kind);
    if (!loader) return context.skip(whyNot(kind));
    const engine = await createTensorFlowEngine({ threads: 1, loader });
    const losses: number[] = [];
    for (const plan of [digitsPlan(), mixed(digitsPlan())]) {
      const session = await engine.open(compile(plan), { batch: 32, threads: 1, seed: 1 });
      for (let k = 0; k < 20; k++) losses.push((await session.step([digits(32)], options(k))).loss);
      await session.dispose();
    }
    const [plain, half] = [losses.slice(0, 20), losses.slice(20)];
    expect(half.at(-1)).toBeLessThan(half[0]!);
    expect(Math.abs(half[0]! - plain[0]!)).toBeLessThan(0.05);
  });
}

test('a scaled loss: the same steps, the scale among the state, an overflow leaves the update out', async (context) => {
  const loader = loaderFor('library');
  if (!loader) return context.skip(whyNot('library'));
  const runtime = await openLoader(loader, { threads: 1 });
  const compiled = compile(mixed(digitsPlan()));
  // On a processor the rewriter of float16 does nothing: what is left is the scaling itself.
  const scaled = await openSession(runtime, compiled, { batch: 8, threads: 1, seed: 1, half: 'float16' });
  const plain = await openSession(runtime, compiled, { batch: 8, threads: 1, seed: 1 });
  for (let k = 0; k < 3; k++) {
    const [a, b] = [await scaled.step([digits(8)], options(k)), await plain.step([digits(8)], options(k))];
    expect(Math.abs(a.loss - b.loss)).toBeLessThan(1e-4);
  }
  const state = await scaled.save();
  expect([...state.optimizer.get('/scale')!.data]).toEqual([65536]);
  expect([...state.optimizer.get('/good')!.data]).toEqual([3]);
  const broken = digits(8);
  (broken.fields.image!.data as Float32Array).fill(Number.POSITIVE_INFINITY);
  await scaled.step([broken], options(3));
  const after = await scaled.save();
  expect([...after.optimizer.get('/scale')!.data]).toEqual([32768]);
  for (const [path, { data }] of state.weights) expect(after.weights.get(path)!.data).toEqual(data);
  await scaled.restore(state);
  expect((await scaled.save()).optimizer.get('/good')!.data[0]).toBe(3);
  await scaled.dispose();
  await plain.dispose();
});
