/** sort and topK: values, places and slopes, over any axis. */
import { expect, test } from 'vitest';
import { apply, type Numbers, numbers, refusalOf, shapesOf, slope } from './apply.ts';

const x: Numbers = { shape: [3, 4], data: numbers(24, 3) };
const row = (data: readonly number[], at: number, size: number) => data.slice(at * size, (at + 1) * size);

test('sort over the last axis and the first, rising and falling', () => {
  const last = apply('model/sort', { x }).outputs[0]!;
  for (let i = 0; i < 6; i++) expect(row(last, i, 4)).toEqual([...row(x.data, i, 4)].sort((a, b) => a - b));
  const first = apply('model/sort', { x }, { settings: { axis: 0, falling: true } }).outputs[0]!;
  for (const example of [0, 1]) {
    for (const column of [0, 1, 2, 3]) {
      const of = (data: readonly number[]) => [0, 1, 2].map((i) => data[example * 12 + i * 4 + column]!);
      expect(of(first)).toEqual(of(x.data).sort((a, b) => b - a));
    }
  }
});

test('whole numbers and raw bytes stay what they are', () => {
  const whole: Numbers = { shape: [4], data: [3, -1, 2, 0, 9, 9, -5, 1], dtype: 'int32' };
  expect(apply('model/sort', { x: whole }).outputs[0]).toEqual([-1, 0, 2, 3, -5, 1, 9, 9]);
  const bytes: Numbers = { shape: [3], data: [200, 3, 255, 0, 9, 1], dtype: 'uint8' };
  expect(apply('model/sort', { x: bytes }, { settings: { falling: true } }).outputs[0]).toEqual([255, 200, 3, 9, 1, 0]);
});

test('slopes go to where each number came from', () => {
  const constant: Numbers = { shape: [5], data: [0.3, -2, 5, 1, 0.5], constant: true };
  const ran = apply('model/sort', { x: constant });
  const rank = constant.data.map((v) => constant.data.filter((other) => other < v).length);
  const wanted = rank.map((place) => slope(5)[place]!);
  ran.gradients['in/x']!.forEach((v, i) => {
    expect(v).toBeCloseTo(wanted[i]!, 9);
  });
});

test('topK gives values and places, of equal ones the first', () => {
  const ties: Numbers = { shape: [5], data: [1, 4, 2, 4, 3, 0, 0, 0, 1, 0] };
  const ran = apply('model/topK', { x: ties }, { settings: { k: 3 } });
  expect(ran.outputs).toEqual([
    [4, 4, 3, 1, 0, 0],
    [1, 3, 4, 3, 0, 1],
  ]);
  expect(shapesOf('model/topK', { x }, { k: 2 })).toEqual([
    [3, 2],
    [3, 2],
  ]);
  expect(refusalOf('model/topK', { x }, { k: 5 }).message.key).toBe('shape/top');
});
