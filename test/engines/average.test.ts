/** Running averages of the weights on every engine, against the formula of Keras (`use_ema`) and PyTorch (`AveragedModel`). */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { Call, Plan, TrainSettings } from '../../language/index.ts';
import type { Batch, Engine, Session } from '../../trainer/engine.ts';
import { averageFactors } from '../../trainer/engines/shared/average.ts';
import { numbers } from '../compiler/cases.ts';
import { adam, call, dense, planMaker } from '../compiler/plans.ts';
import { missing as missingPython, python } from '../language/catalog/keras.ts';
import { engines } from './engines.ts';

const decay = 0.9;

function plan(train: Partial<TrainSettings>): Plan {
  const p = planMaker('Averaged');
  const x = p.input('x', [4]);
  const scores = dense(p, dense(p, x, 5, 'tanh'), 3, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  return p.finish(loss, { batch: 6, average: decay, ...train });
}

function rows(seed: number): Batch {
  return {
    size: 6,
    fields: {
      x: { dtype: 'float32', shape: [6, 4], data: Float32Array.from(numbers(24, seed)) },
      label: { dtype: 'int32', shape: [6], data: Int32Array.from(numbers(6, seed + 50, [0, 3])) },
    },
  };
}

const updates: readonly (readonly [string, Call, Partial<TrainSettings>])[] = [
  ['Adam', adam(0.1), {}],
  ['Adam over two batches', adam(0.1), { accumulate: 2 }],
  [
    'an update of the program itself',
    call('optimizer/Adam', { lr: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: true }),
    {},
  ],
  [
    'an update by exceptions, over two batches',
    call('optimizer/AdamW', {
      ...{ lr: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false, decay: 0.1 },
      exclude: ['Averaged/Dense.0'],
    }),
    { accumulate: 2 },
  ],
];

test.skipIf(python === undefined)(
  `the formula is PyTorch's and Keras'${python === undefined ? ` (skipped: ${missingPython})` : ''}`,
  () => {
    const updates = Array.from({ length: 6 }, (_, step) => Array.from(numbers(5, step + 20)));
    let own: readonly number[] = [];
    for (const [step, values] of updates.entries()) {
      const { keep, add } = averageFactors(decay, step);
      own = values.map((value, i) => keep * (own[i] ?? 0) + add * value);
    }
    const script = fileURLToPath(new URL('./average_reference.py', import.meta.url));
    const input = JSON.stringify({ decay, updates });
    const answer = JSON.parse(execFileSync(python!, [script], { input, encoding: 'utf8', stdio: 'pipe' })) as {
      readonly torch: readonly number[];
      readonly keras: readonly number[];
    };
    for (const [i, value] of own.entries()) {
      expect(answer.torch[i]).toBeCloseTo(value, 5);
      expect(answer.keras[i]).toBeCloseTo(value, 5);
    }
  },
);

for (const { name, missing, open } of engines) {
  if (missing === '') describe(name, () => averages(open));
  else test.skip(`averages on ${name}: ${missing}`, () => undefined);
}

function averages(openEngine: () => Promise<Engine>): void {
  const open = async (of: Plan): Promise<Session> =>
    (await openEngine()).open(compile(of), { batch: 6, threads: 1, seed: 3 });

  test.each(updates)('%s: d·a + (1 − d)·w, beginning with the first update', async (_, optimizer, more) => {
    const session = await open(plan({ optimizer, ...more }));
    const step = (at: number) =>
      session.step(more.accumulate === 2 ? [rows(2 * at), rows(2 * at + 1)] : [rows(at)], {
        ...{ rate: 0.05, step: at, metrics: false, gradientNorm: false },
      });
    let expected = new Map<string, readonly number[]>();
    for (let at = 0; at < 4; at++) {
      await step(at);
      const { weights } = await session.save();
      expected = new Map(
        [...weights].map(([path, { data }]) => [
          path,
          [...data].map((w, i) => (at === 0 ? w : decay * expected.get(path)![i]! + (1 - decay) * w)),
        ]),
      );
    }
    const saved = await session.save();
    expect([...saved.averages!.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [path, wanted] of expected) {
      for (const [i, value] of saved.averages!.get(path)!.data.entries()) expect(value).toBeCloseTo(wanted[i]!, 6);
    }

    // Back from what was saved it goes on bit for bit.
    const other = await open(plan({ optimizer, ...more }));
    await other.restore(saved);
    await step(4);
    await other.step(more.accumulate === 2 ? [rows(8), rows(9)] : [rows(4)], {
      ...{ rate: 0.05, step: 4, metrics: false, gradientNorm: false },
    });
    expect(await other.save()).toEqual(await session.save());
    await session.dispose();
    await other.dispose();
  });

  test('in their place the averages are evaluated, and afterwards everything is as before', async () => {
    const session = await open(plan({ optimizer: adam(0.1) }));
    const options = (step: number) => ({ rate: 0.5, step, metrics: false, gradientNorm: false });
    for (let at = 0; at < 3; at++) await session.step([rows(at)], options(at));
    const before = await session.save();
    const own = await session.evaluate(rows(7));
    await session.swapAverages();
    const averaged = await session.evaluate(rows(7));
    expect(averaged.loss).not.toBeCloseTo(own.loss, 3);
    await session.swapAverages();
    expect(await session.save()).toEqual(before);
    const plain = await open({ ...plan({ optimizer: adam(0.1) }), train: undefined });
    await plain.restore({ weights: before.averages!, optimizer: new Map(), step: 0 });
    expect((await plain.evaluate(rows(7))).loss).toBeCloseTo(averaged.loss, 6);
    await session.dispose();
    await plain.dispose();
  });
}
