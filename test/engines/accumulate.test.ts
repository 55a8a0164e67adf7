/** Several batches in one update, on every engine: the same as one large batch, with numbers drawn afresh for each. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import { type Call, createAnalyser, makePlan, type Plan, render, type TrainSettings } from '../../language/index.ts';
import type { Batch, Engine, Session } from '../../trainer/engine.ts';
import { numbers } from '../compiler/cases.ts';
import { adam, call, dense, planMaker } from '../compiler/plans.ts';
import { engines } from './engines.ts';

const features = 5;

function plan(train: Partial<TrainSettings>, rate = 0): Plan {
  const p = planMaker('Gathered');
  const x = p.input('x', [features]);
  const hidden = dense(p, x, 6, 'tanh');
  const dropped = rate > 0 ? p.node('model/Dropout', { x: hidden }, hidden.shape, { settings: { rate } }) : hidden;
  const scores = dense(p, dropped, 3, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  p.metric('accuracy', 'metric/accuracy', { prediction: scores, truth: label });
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  return p.finish(loss, { batch: 8, ...train });
}

function rows(from: number, size: number): Batch {
  const x = Float32Array.from(
    { length: size * features },
    (_, i) => numbers(features, from + Math.floor(i / features))[i % features]!,
  );
  const label = Int32Array.from({ length: size }, (_, i) => numbers(1, 1000 + from + i, [0, 3])[0]!);
  return {
    size,
    fields: {
      x: { dtype: 'float32', shape: [size, features], data: x },
      label: { dtype: 'int32', shape: [size], data: label },
    },
  };
}

const updates: readonly (readonly [string, Call, Partial<TrainSettings>])[] = [
  ['SGD', call('optimizer/SGD', { lr: 0.1, momentum: 0.9, nesterov: true, decay: 0.01 }), {}],
  ['Adam', adam(0.1), {}],
  ['Adam with clipping', adam(0.1), { clip: 0.05 }],
  ['Adam with numbers clipped', adam(0.1), { clipValue: 0.01 }],
  [
    'AdamW with an exception',
    call('optimizer/AdamW', {
      lr: 0.1,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
      amsgrad: false,
      decay: 0.1,
      exclude: ['Gathered/Dense.0'],
    }),
    { clip: 0.05 },
  ],
  ['amsgrad', call('optimizer/Adam', { lr: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: true }), {}],
];

/** Two outputs, each with its loss, a penalty, and rows that count unlike. */
function largePlan(train: Partial<TrainSettings>): Plan {
  const text = `
data D {
  source: idx(x: "x.idx", first: "y.idx", second: "y.idx", importance: "w.idx")
  x: float32[5] = x
  first: float32[2] = first
  second: float32[2] = second
  weight: importance
}
model M {
  input x: float32[5]
  body = x -> Dense(6, tanh, l2: 0.01)
  output a = body -> Dense(2, l1: 0.001)
  output b = body -> Dense(2)
}
train M on D {
  loss: mse(a, first) + 0.3 * mae(b, second)
  optimizer: SGD(0.1, momentum: 0.9)
}
`;
  const shapes: Record<string, readonly number[]> = { 'x.idx': [100, 5], 'y.idx': [100, 2], 'w.idx': [100] };
  const analyser = createAnalyser({
    source: () => 'missing',
    header: (_from, path) => ({ ok: true, value: { kind: 'idx', dtype: 'float32', shape: shapes[path] ?? [] } }),
  });
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  if (answer.kind === 'plan') return { ...answer.plan, train: { ...answer.plan.train!, ...train } };
  throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
}

function largeRows(from: number, size: number): Batch {
  const row = (seed: number, width: number) =>
    Float32Array.from(
      { length: size * width },
      (_, i) => numbers(width, seed + from + Math.floor(i / width))[i % width]!,
    );
  return {
    size,
    fields: {
      x: { dtype: 'float32', shape: [size, 5], data: row(0, 5) },
      first: { dtype: 'float32', shape: [size, 2], data: row(5000, 2) },
      second: { dtype: 'float32', shape: [size, 2], data: row(9000, 2) },
      weight: { dtype: 'float32', shape: [size], data: Float32Array.from({ length: size }, (_, i) => (from + i) % 3) },
    },
  };
}

for (const { name, missing, open } of engines) {
  if (missing === '') describe(name, () => accumulation(open));
  else test.skip(`several batches on ${name}: ${missing}`, () => undefined);
}

function accumulation(openEngine: () => Promise<Engine>): void {
  const open = async (of: Plan, batch: number): Promise<Session> =>
    (await openEngine()).open(compile(of), { batch, threads: 1, seed: 3 });
  const options = (step: number) => ({ rate: 0.05, step, metrics: true, gradientNorm: true });

  test.each(updates)(
    '%s: four batches of 8 are one of 32, and a smaller group is the mean of its examples',
    async (_, optimizer, more) => {
      const parts = await open(plan({ optimizer, accumulate: 4, ...more }), 8);
      const whole = await open(plan({ optimizer, batch: 32, ...more }), 32);
      const sizes = [[8, 8, 8, 8], [8, 8, 8, 8], [8, 3], [5]];
      let row = 0;
      for (const [step, group] of sizes.entries()) {
        const starts = group.map((_size, i) => row + group.slice(0, i).reduce((sum, size) => sum + size, 0));
        const total = group.reduce((sum, size) => sum + size, 0);
        const one = await parts.step(
          group.map((size, i) => rows(starts[i]!, size)),
          options(step),
        );
        const all = await whole.step([rows(row, total)], options(step));
        expect(one.loss).toBeCloseTo(all.loss, 6);
        expect(one.gradientNorm).toBeCloseTo(all.gradientNorm!, 6);
        expect(one.metrics).toEqual(all.metrics);
        row += total;
      }
      const [a, b] = [await parts.save(), await whole.save()];
      // Where Adam divides one tiny number by another, the last bit of a sum is worth more.
      for (const [path, { data }] of a.weights) {
        for (const [i, value] of data.entries())
          expect(Math.abs(value - b.weights.get(path)!.data[i]!)).toBeLessThan(2e-6);
      }
      expect([...a.optimizer.keys()]).toEqual([...b.optimizer.keys()]);
      await parts.dispose();
      await whole.dispose();
    },
  );

  test('several outputs and losses, penalties and weights of rows add up over the batches', async () => {
    const parts = await open(largePlan({ accumulate: 3, batch: 8 }), 8);
    const whole = await open(largePlan({ batch: 24 }), 24);
    for (const [step, sizes] of [
      [8, 8, 8],
      [8, 5],
    ].entries()) {
      const starts = sizes.map((_size, i) => 100 * step + 8 * i);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const one = await parts.step(
        sizes.map((size, i) => largeRows(starts[i]!, size)),
        options(step),
      );
      const all = await whole.step([largeRows(100 * step, total)], options(step));
      expect(one.loss).toBeCloseTo(all.loss, 5);
      expect(one.gradientNorm).toBeCloseTo(all.gradientNorm!, 5);
    }
    const [a, b] = [await parts.save(), await whole.save()];
    for (const [path, { data }] of a.weights) {
      for (const [i, value] of data.entries()) expect(value).toBeCloseTo(b.weights.get(path)!.data[i]!, 5);
    }
    const evaluated = await parts.evaluate(largeRows(0, 8));
    expect(evaluated.loss).toBeCloseTo((await whole.evaluate(largeRows(0, 8))).loss, 5);
    await parts.dispose();
    await whole.dispose();
  });

  test('each batch of an update drops others, and the same ones after a restore', async () => {
    const session = await open(plan({ accumulate: 2 }, 0.5), 8);
    const start = await session.save();
    const twice = await session.step([rows(0, 8), rows(0, 8)], options(0));
    await session.restore(start);
    const first = await session.step([rows(0, 8)], options(0));
    expect(twice.loss).not.toBeCloseTo(first.loss, 5);
    await session.restore(start);
    expect(await session.step([rows(0, 8), rows(0, 8)], options(0))).toEqual(twice);
    await session.dispose();
  });

  test('a plan that does not accumulate takes one batch', async () => {
    const session = await open(plan({}), 8);
    await expect(session.step([rows(0, 8), rows(8, 8)], options(0))).rejects.toThrow('one batch for an update');
    await session.dispose();
  });
}
