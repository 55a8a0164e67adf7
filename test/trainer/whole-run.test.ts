/**
 * A run from text to its end on a real engine, with what looks beyond single steps: a pass before the first one, a rate that
 * listens, gradients clipped by value, layers without decay, a metric of all rows; stopped and resumed, it is the same run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAnalyser } from '../../language/check/index.ts';
import type { DataHeader } from '../../language/files.ts';
import { render } from '../../language/messages/render.ts';
import { makePlan } from '../../language/plan/make-plan.ts';
import type { Preparer } from '../../trainer/data/feed.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { catalogArithmetic } from '../../trainer/run/arithmetic.ts';
import { numbers } from '../language/catalog/apply.ts';
import { filesOf } from '../language/check/check.ts';
import { fakeResume, fakeRun, ofKind } from './run-helper.ts';

const program = `
data D {
  source: idx(x: "x.idx", y: "y.idx")
  x: float32[4] = x
  y: float32 = y
  validation: 25%
}
model M {
  input x: float32[4]
  output yes = x -> Normalize -> Dense(8, tanh) -> LayerNorm -> Dense(1, sigmoid) -> squeeze
}
train M on D {
  loss: binaryCrossEntropy(yes, y)
  metrics: [auc(yes, y), accuracy(yes, y)]
  optimizer: LAMB(plateau(0.02, factor: 0.5, patience: 1, watch: validation.accuracy), decay: 0.01, exclude: LayerNorm)
  clip: byValue(0.1)
  batch: 8
  epochs: 6
}`;

const headers: Record<string, DataHeader> = {
  'x.idx': { kind: 'idx', dtype: 'float32', shape: [80, 4] },
  'y.idx': { kind: 'idx', dtype: 'float32', shape: [80] },
};

const x = numbers(80 * 4, 3).map((value, i) => 50 * (i % 4) + value);
const y = Array.from({ length: 80 }, (_, i) => (x[i * 4]! + x[i * 4 + 1]! - 50 > 0 ? 1 : 0));

const preparer: Preparer = {
  rows: { train: 60, validation: 20, test: 0 },
  hash: 'made',
  fitted: '{"version":1,"nodes":{}}\n',
  prepare({ part, index, size }) {
    const first = part === 'train' ? 0 : 60;
    const from = first + index * size;
    const to = Math.min(from + size, part === 'train' ? 60 : 80);
    const fields = {
      x: { dtype: 'float32' as const, shape: [to - from, 4], data: Float32Array.from(x.slice(from * 4, to * 4)) },
      y: { dtype: 'float32' as const, shape: [to - from], data: Float32Array.from(y.slice(from, to)) },
    };
    return Promise.resolve({ size: to - from, fields });
  },
  dispose: () => Promise.resolve(),
};

function planOf() {
  const analyser = createAnalyser(filesOf({ headers }));
  const answer = makePlan(analyser, { file: 'test.model', text: program, action: 'train' });
  if (answer.kind === 'plan') return answer.plan;
  return expect.fail(answer.problems.map((one) => render(one.message)).join('\n'));
}

const deps = {
  openEngine: () => createOnnxEngine({ threads: 1 }),
  prepare: () => Promise.resolve(preparer),
  arithmetic: catalogArithmetic,
};

test('it learns, and its rate falls', async () => {
  const { code, events, folder } = await fakeRun(planOf(), { deps });
  expect(code).toBe(0);
  expect(ofKind(events, 'log').map((log) => log.text)).toContain(
    'Measured before the first step: mean and variance for a `Normalize` of the model.',
  );
  const epochs = ofKind(events, 'epoch');
  const auc = epochs.map((epoch) => Number(epoch.validation!.auc));
  expect(auc.at(-1)).toBeGreaterThan(0.9);
  for (const value of auc) expect(value >= 0 && value <= 1).toBe(true);
  const rates = ofKind(events, 'step').map((step) => Number(step.lr));
  expect(rates[0]).toBeCloseTo(0.02, 9);
  const accuracy = epochs.map((epoch) => Number(epoch.validation!.accuracy));
  const falls = accuracy.slice(0, -1).filter((value, i) => i > 0 && value <= Math.max(...accuracy.slice(0, i))).length;
  expect(rates.at(-1)! / 0.02).toBeCloseTo(0.5 ** falls, 6);
  const last = readFileSync(join(folder, 'checkpoints', '48', 'state.json'), 'utf8');
  expect(JSON.parse(last)).toMatchObject({ plateau: { waited: 0 } });
});

test('stopped and resumed, it takes the same steps', async () => {
  const whole = await fakeRun(planOf(), { deps });
  const lines = (events: typeof whole.events) =>
    ofKind(events, 'step').map(({ step, loss, lr, metrics }) => ({ step, loss, lr, metrics }));
  let seen = 0;
  const stopping = {
    ...preparer,
    prepare(wish: Parameters<Preparer['prepare']>[0]) {
      if (wish.part === 'train') seen += 1;
      return preparer.prepare(wish);
    },
  };
  let stop: (() => void) | undefined;
  const first = await fakeRun(planOf(), {
    deps: {
      ...deps,
      prepare: () => Promise.resolve(stopping),
      onSignal: (ask) => {
        stop = ask;
      },
      clock: () => {
        // Eight batches are measured before the first step.
        if (seen > 8 + 20) {
          stop?.();
          stop = undefined;
        }
        return 0;
      },
    },
  });
  expect(first.code).toBe(130);
  const second = await fakeResume(first.folder, { deps });
  expect(second.code).toBe(0);
  expect(lines(second.events)).toEqual(lines(whole.events));
});
