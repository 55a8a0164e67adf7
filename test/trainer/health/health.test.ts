/** Findings are said once with their places and settle; looking stays cheap; a run that breaks tells why. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProblemEvent, RunEvent } from '../../../protocol/index.ts';
import { eventLine, parseEventLine, told } from '../../../protocol/index.ts';
import type { Preparer } from '../../../trainer/data/feed.ts';
import type { Batch, WeightNorms } from '../../../trainer/engine.ts';
import { createOnnxEngine } from '../../../trainer/engines/onnx/engine.ts';
import { findingsThatHold } from '../../../trainer/health/before.ts';
import { createCadence } from '../../../trainer/health/cadence.ts';
import { Health } from '../../../trainer/health/health.ts';
import { explainNotFinite } from '../../../trainer/health/not-finite.ts';
import { planOfModel } from '../../compiler/trained.ts';
import { fakeRun, ofKind } from '../run-helper.ts';
import { history, LINES, learning } from './made-up.ts';

const header = { kind: 'idx', dtype: 'float32', shape: [100, 3] } as const;
const plan = planOfModel(LINES, { type: 'float32[3]', header }, [
  'loss: mse(y, target)',
  'optimizer: SGD(0.1)',
  'batch: 32',
]);
const kernels = plan.graph.weights.filter(({ shape }) => shape.length > 1).map(({ path }) => path);

const batch: Batch = { size: 32, fields: { x: { dtype: 'float32', shape: [32, 3], data: new Float32Array(96) } } };

function watched(silent: (step: number) => number, before: readonly ProblemEvent[] = []) {
  const events: RunEvent[] = [];
  let step = 0;
  const health = new Health({
    plan,
    before,
    sizes: { perEpoch: 10, total: 1000 },
    clock: () => 0,
    session: {
      observe: () => {
        if (silent(step) < 0) return Promise.reject(new Error('no memory for it'));
        return Promise.resolve({
          results: new Map([['M/Dense.1', { mean: 0, deviation: 1, zeros: 0.5, silent: silent(step) }]]),
          norms: new Map(),
        });
      },
    },
    writer: {
      say(saying) {
        const event = { seq: events.length + 1, time: 0, ...saying } as RunEvent;
        events.push(event);
        return event;
      },
    },
    cadence: {
      wantsNorms: () => step % 10 === 0,
      wantsResults: () => step % 20 === 0,
      tells: () => true,
      stepped: () => undefined,
      looked: () => undefined,
      lookClosely: () => undefined,
    },
  });
  return {
    events,
    async run(steps: number) {
      for (const end = step + steps; step < end; ) {
        step += 1;
        const norms = new Map(
          kernels.map((path): [string, WeightNorms] => [path, { gradient: 0.1, weight: 1, update: 1e-3 }]),
        );
        const loss = learning(step).at(-1) ?? 0;
        const seen = { step, epoch: 1, loss, rate: 0.1, gradientNorm: undefined, data: 0.1, compute: 10 };
        await health.step(seen, [batch], health.wantsLayers ? norms : undefined);
      }
    },
  };
}

test('a finding is said once, at its line, and settles when it is over', async () => {
  const { events, run } = watched((step) => (step <= 300 ? 0.95 : 0.1));
  await run(300);
  const problems = ofKind(events, 'problem');
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: 'train/dead-units', severity: 'warning', place: { line: 3 } });
  expect(problems[0]?.step).toBeLessThanOrEqual(120);
  expect(ofKind(events, 'settled')).toEqual([]);
  await run(200);
  expect(ofKind(events, 'problem')).toHaveLength(1);
  expect(ofKind(events, 'settled')).toMatchObject([{ problem: problems[0]?.seq }]);
  const layers = ofKind(events, 'layers');
  expect(layers).toHaveLength(50);
  expect(layers.find(({ step }) => step === 40)?.results['M/Dense.1']).toMatchObject({ silent: 0.95 });
  for (const event of events) expect(parseEventLine(eventLine(event).trimEnd())).toEqual(event);
});

test('a run that goes on does not tell again what still holds', async () => {
  const first = watched(() => 0.95);
  await first.run(200);
  const text = first.events.map(eventLine).join('');
  const before = findingsThatHold(text);
  expect(before.map(({ code }) => code)).toEqual(['train/dead-units']);
  const second = watched((step) => (step <= 200 ? 0.95 : 0.1), before);
  await second.run(200);
  expect(ofKind(second.events, 'problem')).toEqual([]);
  await second.run(400);
  expect(ofKind(second.events, 'settled')).toMatchObject([{ problem: before[0]?.seq }]);
});

test('a run goes on where it cannot be looked at', async () => {
  const { events, run } = watched(() => -1);
  await run(200);
  expect(ofKind(events, 'log').map(({ text }) => text)).toEqual([
    'Layers are not looked at any more: no memory for it',
  ]);
  expect(ofKind(events, 'layers')).toHaveLength(20);
});

test('looking takes less than a hundredth of the time, on fast and on slow steps', () => {
  for (const [ms, trained, look] of [
    [2, 1_000_000, 3],
    [200, 5_000_000, 400],
    [0.5, 1000, 1],
  ] as const) {
    const cadence = createCadence({ trained, total: 5000 });
    let computed = 0;
    let spent = 0;
    let looks = 0;
    for (let step = 1; step <= 5000; step++) {
      const withNorms = cadence.wantsNorms();
      computed += ms;
      if (withNorms) spent += trained * 3e-6;
      cadence.stepped(ms, withNorms);
      if (!cadence.wantsResults()) continue;
      cadence.looked(look);
      spent += look;
      looks += 1;
    }
    // The first twenty steps are all read, and made up for later.
    expect(spent).toBeLessThan(0.01 * computed + 20 * trained * 3e-6);
    if (computed > 20_000) expect(looks).toBeGreaterThan(3);
  }
  const close = createCadence({ trained: 1e9, total: 5000 });
  for (let step = 1; step <= 20; step++) {
    expect(close.wantsNorms()).toBe(true);
    close.stepped(1, true);
  }
  expect(close.wantsNorms()).toBe(false);
  close.lookClosely();
  expect(close.wantsNorms()).toBe(true);
});

test('what is not finite is explained by what grew, by the data, or by what came at once', () => {
  const grown = explainNotFinite(
    history({ loss: learning(100), gradients: (step) => [0.1, step > 60 ? 0.1 * 10 ** ((step - 60) / 10) : 0.1, 0.1] }),
    undefined,
  );
  expect(told(grown.cause).message).toBe('The gradient of `Dense.1` (line 3) grew from 0.1 to 1000 in 40 steps.');
  expect(told(grown.cure).message).toBe('Try the learning rate 0.01, or limit the gradients (`clip: 1.0`).');
  expect(grown.place?.line).toBe(3);
  const data = Float32Array.of(1, 2, 3, 4, Number.NaN, 6, Number.NaN, 8, 9);
  const given = explainNotFinite(history({ loss: learning(50) }), {
    size: 3,
    fields: { x: { dtype: 'float32', shape: [3, 3], data } },
  });
  expect(told(given.cause).message).toBe(
    'The batch itself holds numbers that are not finite: 2 of its 3 examples in `x`.',
  );
  expect(given.place?.line).toBe(7);
  const sudden = explainNotFinite(history({ loss: learning(50) }), undefined);
  expect(told(sudden.cause).message).toBe('Nothing had grown before: it came at once.');
});

test('a run whose rate is far too high ends with the layer, the growth and the last steps in its folder', async () => {
  const wide = planOfModel(['output y = x -> Dense(8, relu) -> Dense(8) -> Dense(2)'], { type: 'float32[3]', header }, [
    'loss: mse(y, target)',
    'optimizer: SGD(0.8)',
    'batch: 4',
    'epochs: 50',
  ]);
  const rows: Preparer = {
    rows: { train: 40, validation: 0, test: 0 },
    hash: 'made',
    fitted: '{"version":1,"nodes":{}}\n',
    prepare: ({ index, size }) =>
      Promise.resolve({
        size,
        fields: {
          x: {
            dtype: 'float32',
            shape: [size, 3],
            data: Float32Array.from({ length: size * 3 }, (_, i) => Math.sin(i + index)),
          },
          target: {
            dtype: 'float32',
            shape: [size, 2],
            data: Float32Array.from({ length: size * 2 }, (_, i) => i % 3),
          },
        },
      }),
    dispose: () => Promise.resolve(),
  };
  const { events, folder, record } = await fakeRun(wide, {
    deps: {
      openEngine: () => createOnnxEngine({ threads: 1 }),
      prepare: () => Promise.resolve(rows),
      arithmetic: () => ({
        schedule: () => 0.8,
        watches: () => undefined,
        keeps: () => 'sums',
        compact: (_metric, numbers) => numbers,
        finish: () => 0,
      }),
    },
  });
  expect(record.state).toBe('failed');
  const problem = ofKind(events, 'problem').find(({ code }) => code === 'train/not-finite');
  expect(problem?.message).toMatch(
    /^The loss became (not-a-number \(NaN\)|infinite) at step \d+ \(epoch \d+\) with the learning rate 0\.8\. /,
  );
  expect(problem?.message).toMatch(
    /The gradient of `Dense\.\d` \(line 3\) grew from [\d.e+-]+ to [\d.e+-]+ in \d+ steps/,
  );
  expect(problem?.message).toContain('Try the learning rate 0.08');
  expect(problem?.place?.line).toBe(3);
  const ring = JSON.parse(readFileSync(join(folder, 'ring.json'), 'utf8')) as {
    steps: { step: number; gradients?: object }[];
  };
  expect(ring.steps.at(-1)?.step).toBe(problem?.step);
  expect(ring.steps.some(({ gradients }) => gradients !== undefined && Object.keys(gradients).length === 6)).toBe(true);
});
