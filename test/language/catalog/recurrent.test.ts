/** SimpleRNN and GRU against PyTorch and TensorFlow.js; masks, given states and bias against the layers themselves. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Settings } from '../../../language/index.ts';
import { apply, type Numbers, numbers, refusalOf, shapesOf, slope, weightShapes } from './apply.ts';
import { loadTfjs } from './tfjs.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const oracle = fileURLToPath(new URL('./torch_recurrent.py', import.meta.url));
const python = [`${root}.references/bin/python`, `${root}.references/Scripts/python.exe`].find((path) =>
  existsSync(path),
);
const tf = await loadTfjs();

const x: Numbers = { shape: [5, 3], data: numbers(30, 6) };
const kinds: readonly (readonly [string, Settings])[] = [
  ['model/SimpleRNN', {}],
  ['model/GRU', { reset: 'after' }],
  ['model/GRU', { reset: 'before' }],
];

test('SimpleRNN, GRU and LSTM (with a projection too) as PyTorch has them, with gradients', (context) => {
  if (python === undefined) context.skip('no reference Python here (npm run references)');
  const cases = [
    { key: 'model/SimpleRNN', projection: null },
    { key: 'model/GRU', projection: null },
    { key: 'model/LSTM', projection: null },
    { key: 'model/LSTM', projection: 2 },
  ].flatMap((one) =>
    [false, true].flatMap((sequences) => [false, true].map((backwards) => ({ ...one, sequences, backwards }))),
  );
  const settingsOf = ({ key, projection, sequences, backwards }: (typeof cases)[number]): Settings => ({
    units: 4,
    sequences,
    backwards,
    ...(key === 'model/LSTM' ? { projection } : {}),
  });
  const ours = cases.map((one) => apply(one.key, { x }, { settings: settingsOf(one) }));
  const asked = cases.map((one, i) => ({
    ...one,
    units: 4,
    x: { shape: [2, 5, 3], data: x.data },
    weights: Object.fromEntries(
      Object.entries(weightShapes(one.key, { x }, settingsOf(one))).map(([name, shape]) => [
        name,
        { shape, data: ours[i]!.weights[`Test/${name}`]! },
      ]),
    ),
    slope: slope((one.sequences ? 5 : 1) * (one.projection ?? 4)),
  }));
  const text = execFileSync(python!, [oracle], { input: JSON.stringify(asked), encoding: 'utf8' });
  const answers = JSON.parse(text) as readonly { data: number[]; gradients: Record<string, number[]> }[];
  cases.forEach((one, i) => {
    close(ours[i]!.outputs[0]!, answers[i]!.data, JSON.stringify(one));
    for (const [name, wanted] of Object.entries(answers[i]!.gradients)) {
      close(ours[i]!.gradients[name]!, wanted, `${JSON.stringify(one)}: ${name}`);
    }
  });
});

test('GRU with `reset: before` and SimpleRNN as TensorFlow.js has them', (context) => {
  if (!tf) context.skip('@tensorflow/tfjs is not installed');
  for (const [key, settings, make] of [
    ['model/GRU', { reset: 'before' }, tf!.layers.gru!],
    ['model/SimpleRNN', {}, tf!.layers.simpleRNN!],
  ] as const) {
    for (const bias of [true, false]) {
      const ours = apply(key, { x }, { settings: { units: 4, sequences: true, bias, ...settings } });
      const shapes = Object.entries(weightShapes(key, { x }, { units: 4, bias, ...settings }));
      const theirs = tf!.tidy(() => {
        const layer = make({ units: 4, returnSequences: true, useBias: bias, recurrentActivation: 'sigmoid' });
        layer.apply(tf!.tensor(x.data, [2, 5, 3]));
        layer.setWeights(shapes.map(([name, shape]) => tf!.tensor(ours.weights[`Test/${name}`]!, shape)));
        return Array.from(layer.apply(tf!.tensor(x.data, [2, 5, 3])).dataSync());
      });
      theirs.forEach((value, i) => {
        expect(ours.outputs[0]![i], `${key} ${bias}, place ${i}`).toBeCloseTo(value, 5);
      });
    }
  }
});

test('weights are counted as in Keras', () => {
  const count = (key: string, settings: Settings) =>
    Object.values(weightShapes(key, { x }, { units: 4, ...settings }))
      .map((shape) => shape.reduce((a, b) => a * b, 1))
      .reduce((a, b) => a + b, 0);
  expect(count('model/SimpleRNN', {})).toBe(3 * 4 + 16 + 4);
  expect(count('model/GRU', {})).toBe(3 * (3 * 4 + 16 + 4) + 12);
  expect(count('model/GRU', { reset: 'before' })).toBe(3 * (3 * 4 + 16 + 4));
  expect(count('model/GRU', { bias: false })).toBe(3 * (3 * 4 + 16));
});

test('a state is given back, and the walk goes on from it', () => {
  for (const [key, kind] of kinds) {
    const settings = { units: 4, state: true, ...kind };
    expect(shapesOf(key, { x }, settings)).toEqual([[4], [4]]);
    expect(shapesOf(key, { x }, { ...settings, sequences: true })).toEqual([[5, 4], [4]]);
    const steps = x.data.slice(0, 15);
    const whole = apply(key, { x: { shape: [5, 3], data: steps } }, { settings, batch: 1 });
    const first = apply(key, { x: { shape: [2, 3], data: steps.slice(0, 6) } }, { settings, batch: 1 });
    const second = apply(
      key,
      { x: { shape: [3, 3], data: steps.slice(6) }, initial: { shape: [4], data: first.outputs[1]! } },
      { settings, batch: 1 },
    );
    close(second.outputs[0]!, whole.outputs[0]!, key);
    close(second.outputs[1]!, whole.outputs[1]!, key);
  }
});

test('a mask makes it as if the masked steps were not there', () => {
  const steps = x.data.slice(0, 15);
  const mask = { shape: [5], data: [1, 1, 0, 1, 0], dtype: 'bool' } as const;
  const kept = { shape: [3, 3], data: [...steps.slice(0, 6), ...steps.slice(9, 12)] };
  for (const [key, kind] of kinds) {
    for (const backwards of [false, true]) {
      const settings = { units: 4, sequences: true, backwards, ...kind };
      const masked = apply(key, { x: { shape: [5, 3], data: steps }, mask }, { settings, batch: 1 }).outputs[0]!;
      const short = apply(key, { x: kept }, { settings, batch: 1 }).outputs[0]!;
      const row = (values: readonly number[], t: number) => values.slice(4 * t, 4 * t + 4);
      [0, 1, 3].forEach((t, i) => {
        close(row(masked, t), row(short, i), `${key}, step ${t}`);
      });
      close(row(masked, 2), row(masked, backwards ? 3 : 1), `${key}: stands still`);
    }
  }
});

test('other activations, and what does not fit', () => {
  const relu = { call: 'model/relu', settings: {} };
  const ran = apply('model/SimpleRNN', { x }, { settings: { units: 4, activation: relu, sequences: true } });
  expect(Math.min(...ran.outputs[0]!)).toBe(0);
  for (const [key] of kinds) {
    const callee = key.replace('model/', '');
    expect(refusalOf(key, { x: { shape: [3], data: [] } }, { units: 4 }).fixes[0]?.id).toBe('shape/rank/expand');
    const mask = { shape: [4], data: [], dtype: 'bool' } as const;
    expect(refusalOf(key, { x, mask }, { units: 4 }).message.values).toMatchObject({ callee, wanted: 'bool[5]' });
    const initial = { shape: [3], data: [] };
    expect(refusalOf(key, { x, initial }, { units: 4 }).message.values).toMatchObject({ wanted: 'float32[4]' });
  }
});

function close(ours: readonly number[], wanted: readonly number[], what: string): void {
  expect(ours.length, what).toBe(wanted.length);
  ours.forEach((value, i) => {
    if (!(Math.abs(value - wanted[i]!) < 1e-6 * (1 + Math.abs(wanted[i]!)))) {
      expect.fail(`${what}: place ${i} is ${value}, should be ${wanted[i]}`);
    }
  });
}
