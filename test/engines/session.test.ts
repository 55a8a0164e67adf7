/** Sessions of every engine: repeatable, restorable, with batches of any size, and with the update that the catalogue says. */
import { describe, expect, test } from 'vitest';
import { type Compiled, compile, interpret, type Program } from '../../compiler/index.ts';
import type { Call, Plan, TrainSettings } from '../../language/index.ts';
import type { Batch, Engine, HostTensor, Session, TrainState } from '../../trainer/engine.ts';
import { benchPlan } from '../compiler/bench-plans.ts';
import { numbers } from '../compiler/cases.ts';
import { adam, call, conv2d, dense, planMaker } from '../compiler/plans.ts';
import { engines } from './engines.ts';

/** A network with dropout, batch normalisation and a metric. */
function smallPlan(train: Partial<TrainSettings> = {}): Plan {
  const p = planMaker('Small');
  const x = p.input('x', [6, 6, 2]);
  const features = conv2d(p, x, 4, null, { padding: 'same' });
  const normal = p.node('model/BatchNorm', { x: features }, features.shape, {
    settings: { momentum: 0.9, epsilon: 1e-3, scale: true, shift: true },
    weights: {
      scale: p.weight('norm/scale', [4], call('initialiser/ones')),
      shift: p.weight('norm/shift', [4], call('initialiser/zeros')),
      mean: p.weight('norm/mean', [4], call('initialiser/zeros'), false),
      variance: p.weight('norm/variance', [4], call('initialiser/ones'), false),
    },
  });
  const active = p.node('model/tanh', { x: normal }, normal.shape);
  const dropped = p.node('model/Dropout', { x: active }, active.shape, { settings: { rate: 0.3 } });
  const flat = p.node('model/Flatten', { x: dropped }, [144]);
  const scores = dense(p, flat, 3, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  p.metric('accuracy', 'metric/accuracy', { prediction: scores, truth: label });
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  return p.finish(loss, { batch: 8, ...train });
}

function batchOf(size: number, seed: number): Batch {
  const label = Int32Array.from(numbers(size, seed + 1, [0, 3]));
  return {
    size,
    fields: {
      x: { dtype: 'float32', shape: [size, 6, 6, 2], data: Float32Array.from(numbers(size * 72, seed)) },
      label: { dtype: 'int32', shape: [size], data: label },
    },
  };
}

const step = (session: Session, index: number, size = 8) =>
  session.step([batchOf(size, index)], { rate: 0.01, step: index, metrics: true, gradientNorm: true });

const bits = (tensors: ReadonlyMap<string, HostTensor>) =>
  [...tensors].map(([name, { data }]) => [
    name,
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex'),
  ]);

const same = (a: TrainState, b: TrainState): void => {
  expect(bits(a.weights)).toEqual(bits(b.weights));
  expect(bits(a.optimizer)).toEqual(bits(b.optimizer));
  expect(a.step).toBe(b.step);
};

const optimizers: readonly Call[] = [
  call('optimizer/SGD', { lr: 0.1, momentum: 0, nesterov: false, decay: 0 }),
  call('optimizer/SGD', { lr: 0.1, momentum: 0.9, nesterov: true, decay: 0.01 }),
  adam(0.1),
  call('optimizer/Adam', { lr: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: true }),
  call('optimizer/AdamW', { lr: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false, decay: 0.004 }),
];

function benchLike(optimizer: Call): Plan {
  const p = planMaker('Tiny');
  const x = p.input('x', [5]);
  const scores = dense(p, dense(p, x, 4, 'tanh'), 3, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  return p.finish(loss, { batch: 4, optimizer, clip: 0.7 });
}

function tinyBatch(size: number, seed: number): Batch {
  return {
    size,
    fields: {
      x: { dtype: 'float32', shape: [size, 5], data: Float32Array.from(numbers(size * 5, seed)) },
      label: { dtype: 'int32', shape: [size], data: Int32Array.from(numbers(size, seed + 1, [0, 3])) },
    },
  };
}

/** Trains by the program with the update inside, in float64. */
function interpreter(compiled: Compiled, from: TrainState) {
  const values = new Map<string, ArrayLike<number>>();
  for (const [name, { data }] of [...from.weights, ...from.optimizer]) values.set(name, data);
  const program: Program = compiled.lower('train', 4);
  return {
    values: values as Map<string, Float64Array>,
    step(batch: Batch, rate: number, step: number) {
      const inputs = Object.fromEntries(
        program.inputs.map(({ kind, name }): [string, ArrayLike<number>] => {
          if (kind === 'rate') return [`${kind} ${name}`, [rate]];
          if (kind === 'step') return [`${kind} ${name}`, [step + 1]];
          return [`${kind} ${name}`, kind === 'field' ? batch.fields[name]!.data : values.get(name)!];
        }),
      );
      const results = interpret(program, inputs);
      let [loss, norm] = [Number.NaN, Number.NaN];
      program.outputs.forEach(({ kind, name }, i) => {
        const { data } = results[i]!;
        if (kind === 'loss') loss = data[0]!;
        else if (kind === 'norm') norm = data[0]!;
        else values.set(name, data);
      });
      return { loss, norm };
    },
  };
}

for (const { name, missing, open: openEngine } of engines) {
  if (missing === '') describe(name, () => sessions(openEngine));
  else test.skip(`sessions of ${name}: ${missing}`, () => undefined);
}

function sessions(openEngine: () => Promise<Engine>): void {
  const open = async (plan: Plan, batch: number, seed = 3): Promise<Session> =>
    (await openEngine()).open(compile(plan), { batch, threads: 1, seed });

  test('two runs with one seed are equal bit for bit, another seed is another run', async () => {
    const sessions = await Promise.all([open(smallPlan(), 8), open(smallPlan(), 8), open(smallPlan(), 8, 4)]);
    const losses: number[][] = [[], [], []];
    for (let i = 0; i < 5; i++) {
      for (const [k, session] of sessions.entries()) losses[k]!.push((await step(session, i)).loss);
    }
    expect(losses[0]).toEqual(losses[1]);
    expect(losses[0]).not.toEqual(losses[2]);
    same(await sessions[0]!.save(), await sessions[1]!.save());
    for (const session of sessions) await session.dispose();
  });

  test('a restored session goes on bit for bit, dropout and smaller batches included', async () => {
    const first = await open(smallPlan({ clip: 0.5 }), 8);
    for (let i = 0; i < 3; i++) await step(first, i);
    const saved = await first.save();
    const kept = new Map([...saved.weights].map(([name, tensor]) => [name, tensor.data.slice()]));
    const after = [await step(first, 3), await step(first, 4, 5), await step(first, 5)];
    for (const [name, data] of kept) expect(saved.weights.get(name)!.data, 'what was saved is a copy').toEqual(data);
    const second = await open(smallPlan({ clip: 0.5 }), 8, 3);
    await second.restore(saved);
    expect([await step(second, 3), await step(second, 4, 5), await step(second, 5)]).toEqual(after);
    same(await first.save(), await second.save());
    await first.dispose();
    await second.dispose();
  });

  test('evaluation uses the moving statistics and drops nothing; the metric counts', async () => {
    const session = await open(smallPlan(), 8);
    for (let i = 0; i < 30; i++) await step(session, i % 3);
    const { weights } = await session.save();
    expect(Array.from(weights.get('norm/mean')!.data).some((value) => value !== 0)).toBe(true);
    const once = await session.evaluate(batchOf(8, 0));
    expect(await session.evaluate(batchOf(8, 0))).toEqual(once);
    expect(once.metrics.accuracy![1]).toBe(8);
    const { scores } = await session.predict({ size: 5, fields: { x: batchOf(5, 0).fields.x! } });
    expect(scores!.shape).toEqual([5, 3]);
    for (let row = 0; row < 5; row++) {
      const sum = [0, 1, 2].reduce((total, k) => total + scores!.data[row * 3 + k]!, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
    await session.dispose();
  });

  test('a step without dropout is the interpreter’s step', async () => {
    for (const optimizer of optimizers) {
      const plan = benchLike(optimizer);
      const compiled = compile(plan);
      const session = await (await openEngine()).open(compiled, { batch: 4, threads: 1, seed: 0 });
      const expected = interpreter(compiled, await session.save());
      for (let i = 0; i < 3; i++) {
        const batch = tinyBatch(4, i);
        const result = await session.step([batch], { rate: 0.1, step: i, metrics: true, gradientNorm: true });
        const wanted = expected.step(batch, 0.1, i);
        expect(result.loss, optimizer.call).toBeCloseTo(wanted.loss, 5);
        expect(result.gradientNorm!, optimizer.call).toBeCloseTo(wanted.norm, 5);
      }
      const state = await session.save();
      for (const [name, data] of expected.values) {
        const actual = state.weights.get(name) ?? state.optimizer.get(name);
        for (const [i, value] of data.entries()) {
          expect(Math.abs(actual!.data[i]! - value), `${optimizer.call} ${name} ${i}`).toBeLessThan(
            2e-5 * Math.max(1, Math.abs(value)),
          );
        }
      }
      await session.dispose();
    }
  });

  test('what does not fit is said with both sides', async () => {
    const session = await open(smallPlan(), 8);
    const batch = batchOf(8, 0);
    const options = { rate: 0.01, step: 0, metrics: false, gradientNorm: false };
    await expect(session.step([{ size: 8, fields: { x: batch.fields.x! } }], options)).rejects.toThrow(
      "The batch lacks the field 'label' (int32[8]).",
    );
    const wrong = { ...batch.fields, label: { dtype: 'float32' as const, shape: [8], data: new Float32Array(8) } };
    await expect(session.step([{ size: 8, fields: wrong }], options)).rejects.toThrow(
      "The field 'label' came as float32[8]; the program takes int32[8].",
    );
    const other = await (await open(benchPlan('mlp'), 2)).save();
    await expect(session.restore(other)).rejects.toThrow('belong to another model');
    await session.dispose();
  });
}

test('all engines take the same steps, dropout included', async () => {
  const curves = new Map<string, readonly number[]>();
  for (const { name, missing, open } of engines) {
    if (missing !== '') continue;
    const session = await (await open()).open(compile(smallPlan()), { batch: 8, threads: 1, seed: 3 });
    const losses: number[] = [];
    for (let i = 0; i < 10; i++) losses.push((await step(session, i, i % 4 === 3 ? 5 : 8)).loss);
    losses.push((await session.evaluate(batchOf(8, 1))).loss);
    await session.dispose();
    curves.set(name, losses);
  }
  const [first = [], ...others] = curves.values();
  expect(first.length).toBe(11);
  for (const other of others) {
    for (const [i, loss] of other.entries()) expect(Math.abs(loss - first[i]!)).toBeLessThan(1e-4 * first[i]!);
  }
});
