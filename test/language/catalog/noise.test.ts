/** Layers of chance with drawn numbers that are known, positions told by waves, and what norms refuse. */
import { expect, test } from 'vitest';
import { render } from '../../../language/messages/render.ts';
import { apply, numbers, refusalOf, shapesOf, weightShapes } from './apply.ts';

const ones = (shape: readonly number[], batch = 2) => ({
  x: { shape, data: Array.from({ length: batch * shape.reduce((a, c) => a * c, 1) }, () => 1) },
});

/** The mean over the batch of the sum of all places, each with its slope: what `apply` gives while training. */
function trained(key: string, shape: readonly number[], settings: object, drawn: readonly number[]): number {
  const random = (size: number) => Array.from({ length: size }, (_, i) => drawn[i % drawn.length]!);
  return apply(key, ones(shape), { settings: settings as never, training: true, random }).outputs[0]![0]!;
}

test('they do nothing outside training', () => {
  const x = { x: { shape: [3, 4], data: numbers(24) } };
  for (const [key, settings] of [
    ['model/SpatialDropout', {}],
    ['model/DropPath', { rate: 0.5 }],
    ['model/GaussianNoise', {}],
    ['model/GaussianDropout', { rate: 0.5 }],
    ['model/AlphaDropout', { rate: 0.5 }],
  ] as const) {
    expect(apply(key, x, { settings }).outputs[0], key).toEqual(x.x.data);
  }
});

test('SpatialDropout drops a channel at all places, DropPath a whole example', () => {
  // Slopes of [2, 2] are 1, 1.25, 1.5, 1.75: the first channel holds 2.5, the second 3. Every second draw is dropped.
  expect(trained('model/SpatialDropout', [2, 2], { rate: 0.5 }, [0.2, 0.9])).toBeCloseTo(2 * 3, 6);
  expect(trained('model/SpatialDropout', [2, 2], { rate: 0.2 }, [0.2, 0.1])).toBeCloseTo(2.5 / 0.8, 6);
  expect(trained('model/DropPath', [2, 2], { rate: 0.25 }, [0.2, 0.9])).toBeCloseTo(5.5 / 0.75 / 2, 6);
  expect(trained('model/DropPath', [2, 2], { rate: 0 }, [0.2, 0.9])).toBeCloseTo(5.5, 6);
});

test('Gaussian noise is added, Gaussian dropout multiplies', () => {
  expect(trained('model/GaussianNoise', [1], { stddev: 0.5 }, [2, -1])).toBeCloseTo(1 + 0.5 * 0.5, 6);
  // The deviation of Dropout(0.8) is 2.
  expect(trained('model/GaussianDropout', [1], { rate: 0.8 }, [2, -1])).toBeCloseTo(1 + 2 * 0.5, 6);
});

test('PositionSignal adds waves: sines in even places, cosines in odd ones', () => {
  const zeros = { x: { shape: [3, 4], data: new Array<number>(12).fill(0) } };
  const [signal] = apply('model/PositionSignal', zeros, { batch: 1 }).outputs;
  const wanted = [0, 1, 2].flatMap((t) => [Math.sin(t), Math.cos(t), Math.sin(t / 100), Math.cos(t / 100)]);
  wanted.forEach((value, i) => {
    expect(signal![i]).toBeCloseTo(value, 6);
  });
});

test('groups must divide the channels, and an instance needs places', () => {
  const x = { x: { shape: [2, 6], data: numbers(24) } };
  expect(render(refusalOf('model/GroupNorm', x).message)).toBe(
    '`groups` of `GroupNorm` must divide the channels: 6 % 32 is 6.',
  );
  expect(render(refusalOf('model/InstanceNorm', { x: { shape: [6], data: numbers(12) } }).message)).toContain(
    'needs at least 2 axes',
  );
  expect(weightShapes('model/GroupNorm', x, { groups: 3, shift: false })).toEqual({ scale: [6] });
});

test('Bilinear counts n · m · units + units', () => {
  const given = { a: { shape: [3], data: numbers(6) }, b: { shape: [4], data: numbers(8) } };
  expect(shapesOf('model/Bilinear', given, { units: 5 })).toEqual([[5]]);
  expect(weightShapes('model/Bilinear', given, { units: 5 })).toEqual({ kernel: [12, 5], bias: [5] });
});

test('AlphaDropout brings numbers to where selu saturates, and stretches and shifts all; rrelu draws its slopes', () => {
  const [rate, low] = [0.25, -1.7580993408473766];
  const stretch = ((1 - rate) * (1 + rate * low ** 2)) ** -0.5;
  const shift = -stretch * low * rate;
  // The first draw leaves out, the second keeps the one that stands there.
  const wanted = stretch * low + shift + 1.25 * (stretch + shift);
  expect(trained('model/AlphaDropout', [2], { rate }, [0.2, 0.9])).toBeCloseTo(wanted, 6);
  // Of numbers with mean 0 and variance 1, mean and variance stay.
  expect(rate * (stretch * low + shift) + (1 - rate) * shift).toBeCloseTo(0, 9);
  expect(rate * (stretch * low + shift) ** 2 + (1 - rate) * (stretch ** 2 + shift ** 2)).toBeCloseTo(1, 9);
  const below = { x: { shape: [2], data: [-1, -2] } };
  const random = (size: number) => Array.from({ length: size }, (_, i) => i);
  const ran = apply('model/rrelu', below, { settings: { slopes: [0.1, 0.3] }, batch: 1, training: true, random });
  expect(ran.outputs[0]![0]).toBeCloseTo(-0.1 - 1.25 * 2 * 0.3, 6);
});
