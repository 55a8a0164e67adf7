/** Functions that only move numbers: each place of the result is a place of the input that the definition names. */
import { expect, test } from 'vitest';
import { render } from '../../../language/messages/render.ts';
import { apply, numbers, refusalOf, rule, shapesOf } from './apply.ts';

/** The numbers 0, 1, 2, … so that each tells where it came from. */
const counted = (shape: readonly number[]) => ({
  x: { shape, data: Array.from({ length: shape.reduce((a, c) => a * c, 1) }, (_, i) => i) },
});
const moved = (key: string, shape: readonly number[], settings: object) =>
  apply(key, counted(shape), { settings: settings as never, batch: 1 }).outputs[0];
const said = (key: string, shape: readonly number[], settings: object) =>
  render(refusalOf(key, counted(shape), settings as never).message);

test('flip turns one axis round', () => {
  expect(moved('model/flip', [2, 3], { axis: 1 })).toEqual([2, 1, 0, 5, 4, 3]);
  expect(moved('model/flip', [2, 3], { axis: 0 })).toEqual([3, 4, 5, 0, 1, 2]);
  expect(moved('model/flip', [2, 1, 2], { axis: -3 })).toEqual([2, 3, 0, 1]);
});

test('roll moves places round the end, either way, however far', () => {
  expect(moved('model/roll', [5], { by: 2 })).toEqual([3, 4, 0, 1, 2]);
  expect(moved('model/roll', [5], { by: -1 })).toEqual([1, 2, 3, 4, 0]);
  expect(moved('model/roll', [5], { by: 12 })).toEqual([3, 4, 0, 1, 2]);
  expect(moved('model/roll', [5], { by: -5 })).toEqual([0, 1, 2, 3, 4]);
  expect(moved('model/roll', [2, 3], { by: 1, axis: 1 })).toEqual([2, 0, 1, 5, 3, 4]);
});

test('tile as NumPy has it', () => {
  expect(moved('model/tile', [2, 2], { times: [2] })).toEqual([0, 1, 0, 1, 2, 3, 2, 3]);
  expect(moved('model/tile', [2, 2], { times: [2, 1] })).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  expect(shapesOf('model/tile', counted([3, 4, 5]), { times: [2, 3] })).toEqual([[3, 8, 15]]);
  expect(said('model/tile', [3], { times: [2, 2] })).toBe(
    '`tile` gets 2 numbers for [3], which has 1 axis: give one for each axis, or for the last ones.',
  );
});

test('centerCrop takes the middle, the odd pixel left out at the end', () => {
  expect(moved('model/centerCrop', [3, 4, 1], { height: 1, width: 2 })).toEqual([5, 6]);
  expect(moved('model/centerCrop', [4, 4, 1], { height: 1, width: 1 })).toEqual([5]);
  expect(said('model/centerCrop', [3, 4, 1], { height: 2, width: 5 })).toBe(
    '`centerCrop` cannot cut width 5 out of 4.',
  );
});

test('spaceToDepth lays blocks in the channels, depthToSpace takes them out again', () => {
  // TensorFlow's example: four pixels of a block in reading order.
  expect(moved('model/spaceToDepth', [2, 4, 1], { block: 2 })).toEqual([0, 1, 4, 5, 2, 3, 6, 7]);
  expect(moved('model/depthToSpace', [1, 2, 4], { block: 2 })).toEqual([0, 1, 4, 5, 2, 3, 6, 7]);
  const image = { x: { shape: [4, 6, 3], data: numbers(72) } };
  const deep = apply('model/spaceToDepth', image, { settings: { block: 2 }, batch: 1 }).outputs[0]!;
  const back = apply(
    'model/depthToSpace',
    { x: { shape: [2, 3, 12], data: deep } },
    { settings: { block: 2 }, batch: 1 },
  );
  expect(back.outputs[0]).toEqual(image.x.data);
  expect(said('model/spaceToDepth', [4, 5, 1], { block: 2 })).toBe(
    '`spaceToDepth` cuts width 5 into blocks of 2, which leaves 1 over.',
  );
  expect(said('model/depthToSpace', [4, 5, 6], { block: 2 })).toBe(
    '`depthToSpace` lays channels out as blocks of 2 × 2, so 4 must divide them: 6 % 4 is 2.',
  );
});

test('patches: pixels of each piece row by row, the rest left out, overlapping ones too', () => {
  const shape = [5, 4, 2];
  for (const [size, stride] of [
    [[2, 2], null],
    [
      [2, 3],
      [1, 1],
    ],
    [
      [3, 2],
      [2, 2],
    ],
    [
      [1, 2],
      [3, 1],
    ],
  ] as const) {
    const [down, right] = stride ?? size;
    const wanted: number[] = [];
    for (let y = 0; y + size[0] <= 5; y += down) {
      for (let x = 0; x + size[1] <= 4; x += right) {
        for (let i = 0; i < size[0]; i++) {
          for (let j = 0; j < size[1]; j++) for (const c of [0, 1]) wanted.push(((y + i) * 4 + x + j) * 2 + c);
        }
      }
    }
    expect(moved('model/patches', shape, { size, stride }), JSON.stringify({ size, stride })).toEqual(wanted);
  }
  expect(said('model/patches', shape, { size: [6, 2] })).toBe('A window of 6 does not fit into height 5.');
});

test('bytes, texts and truth values are moved as they are', () => {
  const image = { x: { ...counted([4, 4, 4]).x, dtype: 'uint8' as const } };
  for (const [key, settings] of [
    ['model/flip', { axis: 0 }],
    ['model/roll', { by: 1 }],
    ['model/tile', { times: [2] }],
    ['model/centerCrop', { height: 2, width: 2 }],
    ['model/spaceToDepth', { block: 2 }],
    ['model/depthToSpace', { block: 2 }],
    ['model/patches', { size: 2 }],
    ['model/resize', { height: 2, width: 2, method: 'nearest' }],
  ] as const) {
    const [type] = rule(key, image, settings as never) as readonly { dtype?: string }[];
    expect(type?.dtype, key).toBe('uint8');
  }
});

test('lowerTriangle lets each step look back', () => {
  expect(apply('model/lowerTriangle', {}, { settings: { n: 3 }, batch: 1 }).outputs[0]).toEqual([
    1, 0, 0, 1, 1, 0, 1, 1, 1,
  ]);
});

test('cosine: the same way, the opposite way, across, and of nothing', () => {
  const a = { shape: [4, 2], data: [1, 1, 2, 0, 3, 0, 0, 0] };
  const b = { shape: [4, 2], data: [2, 2, -1, 0, 0, 5, 1, 2] };
  const [angles] = apply('model/cosine', { a, b }, { batch: 1 }).outputs;
  for (const [i, value] of [1, -1, 0, 0].entries()) expect(angles![i]).toBeCloseTo(value, 9);
});
