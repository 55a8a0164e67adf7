/** What `Normalize` measures before the first step, on a real engine, against plain sums. */
import { expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { Plan } from '../../language/index.ts';
import type { Preparer } from '../../trainer/data/feed.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { measureFirst } from '../../trainer/run/first-pass.ts';
import { settingsOf } from '../../trainer/run/opening.ts';
import { planMaker } from '../compiler/plans.ts';
import { numbers } from '../language/catalog/apply.ts';

const rows = 50;
const data = numbers(rows * 6, 3).map((value, i) => 100 * (i % 2) + value * (1 + (i % 2)));

/** Two `Normalize`, one after the other, with a square between them. */
function normalising(): Plan {
  const p = planMaker('M');
  const x = p.input('x', [3, 2]);
  const zeros = { call: 'initialiser/zeros', settings: {} };
  const ones = { call: 'initialiser/ones', settings: {} };
  const stats = (name: string) => ({
    mean: p.weight(`M/${name}/mean`, [2], zeros, false),
    variance: p.weight(`M/${name}/variance`, [2], ones, false),
  });
  const first = p.node('model/Normalize', { x }, [3, 2], { weights: stats('first') });
  const square = p.node('model/square', { x: first }, [3, 2]);
  const second = p.node('model/Normalize', { x: square }, [3, 2], { weights: stats('second') });
  const settings = { axis: null, keep: false };
  const loss = p.node('model/mean', { x: second }, [], { settings });
  p.output('y', second);
  return p.finish(loss, { batch: 8 });
}

const preparer: Preparer = {
  rows: { train: rows, validation: 0, test: 0 },
  hash: '',
  fitted: '',
  prepare({ index, size }) {
    const count = Math.min(size, rows - index * size);
    const part = data.slice(index * size * 6, (index * size + count) * 6);
    const x = { dtype: 'float32' as const, shape: [count, 3, 2], data: Float32Array.from(part) };
    return Promise.resolve({ size: count, fields: { x } });
  },
  dispose: () => Promise.resolve(),
};

function moments(values: readonly number[]) {
  return [0, 1].map((channel) => {
    const own = values.filter((_, i) => i % 2 === channel);
    const mean = own.reduce((a, b) => a + b, 0) / own.length;
    return { mean, variance: own.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length };
  });
}

test('each is measured with those before it in place', async () => {
  const plan = normalising();
  const engine = await createOnnxEngine({ threads: 1 });
  const session = await engine.open(compile(plan), { batch: 8, threads: 1, seed: 0 });
  const wish = { plan, train: settingsOf(plan), opened: { engine, session }, preparer, threads: 1 };
  const said: string[] = [];
  const writer = { say: (event: { readonly text?: string }) => said.push(event.text ?? '') } as never;
  await measureFirst({ ...wish, control: { stopAsked: false }, writer });
  expect(said).toEqual(['Measured before the first step: mean and variance for 2 `Normalize` of the model.']);
  const { weights } = await session.save();
  const first = moments(data);
  const squares = data.map((value, i) => {
    const { mean, variance } = first[i % 2]!;
    return ((value - mean) / Math.sqrt(variance)) ** 2;
  });
  for (const [name, wanted] of [
    ['first', first],
    ['second', moments(squares)],
  ] as const) {
    for (const channel of [0, 1]) {
      const of = (part: string) => weights.get(`M/${name}/${part}`)!.data[channel]!;
      expect(of('mean'), name).toBeCloseTo(wanted[channel]!.mean, 3);
      expect(of('variance') / wanted[channel]!.variance, name).toBeCloseTo(1, 4);
    }
  }
  await session.dispose();
  await engine.dispose();
});

test('a stop leaves the weights as they start', async () => {
  const plan = normalising();
  const engine = await createOnnxEngine({ threads: 1 });
  const session = await engine.open(compile(plan), { batch: 8, threads: 1, seed: 0 });
  const wish = { plan, train: settingsOf(plan), opened: { engine, session }, preparer, threads: 1 };
  await measureFirst({ ...wish, control: { stopAsked: true }, writer: undefined as never });
  expect(Array.from((await session.save()).weights.get('M/first/variance')!.data)).toEqual([1, 1]);
  await session.dispose();
  await engine.dispose();
});
