/** Recurrent layers against Keras: LSTM, GRU, SimpleRNN and ConvLSTM2D, with masks and given states; dropout against what it must be. */
import { expect, test } from 'vitest';
import type { Settings } from '../../../language/index.ts';
import { apply, type Given, numbers, refusalOf, shapesOf, slope, weightShapes } from './apply.ts';
import { askKeras, close, type KerasCase, missing, python } from './keras.ts';

interface Case {
  readonly key: string;
  readonly given: Given;
  readonly settings: Settings;
  readonly keras: Pick<KerasCase, 'layer' | 'settings' | 'mask' | 'initial'>;
}

const volume = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const sequence = { shape: [5, 3], data: numbers(30, 6) };
const film = { shape: [3, 5, 6, 2], data: numbers(360, 7) };
const masked = [1, 1, 0, 1, 0, 1, 0, 1, 1, 1];
const words = { shape: [5], data: masked, dtype: 'bool' } as const;
const frames = { shape: [3], data: masked.slice(0, 6), dtype: 'bool' } as const;
const theirs = ({ shape, data, dtype }: { shape: readonly number[]; data: readonly number[]; dtype?: string }) => ({
  shape: [2, ...shape],
  data,
  ...(dtype ? { dtype } : {}),
});
const state = (shape: readonly number[], seed: number) => ({ shape, data: numbers(2 * volume(shape), seed) });

function recurrent(layer: string, more: Settings = {}, keras: Record<string, unknown> = {}): readonly Case[] {
  const [h, c] = [state([4], 11), state([4], 12)];
  const runs: readonly { readonly given: Given; readonly settings: Settings }[] = [
    { given: { x: sequence }, settings: { sequences: true } },
    { given: { x: sequence, mask: words }, settings: {} },
    { given: { x: sequence, mask: words }, settings: { sequences: true, backwards: true } },
    { given: { x: sequence }, settings: { bias: false, state: true } },
    {
      given: { x: sequence, initial: h, ...(layer === 'LSTM' ? { cell: c } : {}) },
      settings: { backwards: true },
    },
  ];
  return runs.map(({ given, settings }) => ({
    key: `model/${layer}`,
    given,
    settings: { units: 4, ...settings, ...more },
    keras: {
      layer,
      settings: {
        units: 4,
        return_sequences: settings.sequences === true,
        return_state: settings.state === true,
        go_backwards: settings.backwards === true,
        use_bias: settings.bias !== false,
        ...keras,
      },
      ...('mask' in given ? { mask: theirs(words) } : {}),
      ...('initial' in given ? { initial: layer === 'LSTM' ? [theirs(h), theirs(c)] : [theirs(h)] } : {}),
    },
  }));
}

interface Convolved {
  readonly settings: Settings & { readonly kernel: readonly number[] };
  readonly masked?: true;
  readonly started?: true;
}

const films: readonly Convolved[] = [
  { settings: { kernel: [3, 3], stride: [1, 1], padding: 'same', sequences: true } },
  { settings: { kernel: [2, 3], stride: [2, 1], padding: 'valid', state: true } },
  { settings: { kernel: [3, 2], stride: [1, 1], padding: 'same', dilation: [2, 1] }, masked: true },
  { settings: { kernel: [2, 2], stride: [1, 2], padding: 'same', backwards: true, bias: false }, started: true },
];

const convolved: readonly Case[] = films.map(({ settings, masked: hides, started }) => {
  const [h, c] = [state([5, 3, 2], 11), state([5, 3, 2], 12)];
  return {
    key: 'model/ConvLSTM2D',
    given: { x: film, ...(hides ? { mask: frames } : {}), ...(started ? { initial: h, cell: c } : {}) },
    settings: { filters: 2, ...settings },
    keras: {
      layer: 'ConvLSTM2D',
      settings: {
        filters: 2,
        kernel_size: settings.kernel,
        strides: settings.stride,
        padding: settings.padding,
        dilation_rate: settings.dilation ?? [1, 1],
        return_sequences: settings.sequences === true,
        return_state: settings.state === true,
        go_backwards: settings.backwards === true,
        use_bias: settings.bias !== false,
      },
      ...(hides ? { mask: theirs(frames) } : {}),
      ...(started ? { initial: [theirs(h), theirs(c)] } : {}),
    },
  };
});

const cases = [
  ...recurrent('LSTM'),
  ...recurrent('GRU'),
  ...recurrent('GRU', { reset: 'before' }, { reset_after: false }),
  ...recurrent('SimpleRNN'),
  ...convolved,
];

test('values, states and gradients as Keras has them', (context) => {
  if (python === undefined) context.skip(missing);
  const ours = cases.map(({ key, given, settings }) => apply(key, given, { settings }));
  const shapes = cases.map(({ key, given, settings }) => shapesOf(key, given, settings)[0]!);
  const names = cases.map(({ key, given, settings }) => Object.keys(weightShapes(key, given, settings)));
  const answers = askKeras(
    cases.map(({ given, keras }, i) => ({
      ...keras,
      inputs: [theirs(given.x as never)],
      weights: names[i]!.map((name) => ours[i]!.weights[`Test/${name}`]!),
      slope: inTheirOrder(slope(volume(shapes[i]!)), shapes[i]!, cases[i]!.settings),
    })),
  );
  cases.forEach((one, i) => {
    const what = `${one.key} ${JSON.stringify(one.settings)} ${Object.keys(one.given)}`;
    const answer = answers[i]!;
    expect(answer.shape.slice(1), what).toEqual(shapes[i]);
    const [first, ...states] = answer.outputs;
    close(ours[i]!.outputs[0]!, inTheirOrder(first!, shapes[i]!, one.settings, 2), what);
    for (const [k, wanted] of states.entries()) close(ours[i]!.outputs[k + 1]!, wanted, `${what}: state ${k}`);
    names[i]!.forEach((name, k) => {
      close(ours[i]!.gradients[name]!, answer.gradients[k]!, `${what}: ${name}`);
    });
  });
});

/** Keras gives the outputs of a backward walk in the order of the walk; ours stay in the order of time. */
function inTheirOrder(
  data: readonly number[],
  shape: readonly number[],
  settings: Settings,
  batch = 1,
): readonly number[] {
  if (!settings.backwards || !settings.sequences) return data;
  const [time = 1, ...rest] = shape;
  const row = volume(rest);
  return Array.from({ length: batch }, (_, n) =>
    Array.from({ length: time }, (_, t) => {
      const from = (n * time + time - 1 - t) * row;
      return data.slice(from, from + row);
    }).flat(),
  ).flat();
}

const kinds = [
  ['model/LSTM', sequence, { units: 4 }],
  ['model/GRU', sequence, { units: 4 }],
  ['model/GRU', sequence, { units: 4, reset: 'before' }],
  ['model/SimpleRNN', sequence, { units: 4 }],
  ['model/ConvLSTM2D', film, { filters: 2, padding: 'same' }],
] as const;

test('dropout leaves out the same numbers at every step, and only while training', () => {
  for (const [key, x, settings] of kinds) {
    const random = (size: number) => Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 0.1 : 0.9));
    const run = (more: Settings, data = x.data) =>
      apply(key, { x: { ...x, data } }, { settings: { ...settings, ...more }, random });
    const plain = run({});
    const withDropout = run({ dropout: 0.5 });
    close(withDropout.outputs[0]!, plain.outputs[0]!, `${key}: nothing is left out of a prediction`);
    const example = volume(x.shape);
    const frame = volume(x.shape.slice(1));
    const kept = x.data.map((value, i) => ((Math.floor(i / example) * frame + (i % frame)) % 3 === 0 ? 0 : 2 * value));
    const [trained, expected] = [run({ dropout: 0.5 }).gradients, run({}, kept).gradients];
    for (const name of Object.keys(trained)) close(trained[name]!, expected[name]!, `${key}: ${name}`);
    const none = apply(
      key,
      { x },
      { settings: { ...settings, recurrentDropout: 0.5 }, random: (n) => new Array(n).fill(0.1) },
    );
    expect(
      none.gradients.recurrent!.every((value) => value === 0),
      `${key}: no state reaches the gates`,
    ).toBe(true);
  }
});

test('states and shapes that do not fit', () => {
  expect(refusalOf('model/ConvLSTM2D', { x: sequence }, { filters: 2 }).message.key).toBe('shape/rank.frames');
  const initial = { shape: [5, 6, 3], data: [] };
  const found = refusalOf('model/ConvLSTM2D', { x: film, initial, cell: initial }, { filters: 2, padding: 'same' });
  expect(found.message.values).toMatchObject({ wanted: 'float32[5, 6, 2]' });
  expect(refusalOf('model/ConvLSTM2D', { x: film, initial }, { filters: 2 }).message.key).toBe('shape/initial.pair');
  expect(refusalOf('model/ConvLSTM2D', { x: film }, { filters: 2, kernel: [7, 7] }).message.key).toBe('shape/window');
  expect(
    refusalOf('model/LSTM', { x: sequence, initial: state([4], 1), cell: state([4], 1) }, { units: 4, projection: 2 })
      .message.values,
  ).toMatchObject({ wanted: 'float32[2]' });
});
