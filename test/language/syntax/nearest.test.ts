/** Did you mean: near words, begun words, and when nothing is near. */
import { expect, test } from 'vitest';
import { nearest } from '../../../language/index.ts';

const layers = ['Conv2D', 'Dense', 'MaxPool2D', 'Flatten', 'max', 'mae', 'relu', 'Dropout', 'concat'];

test.each([
  ['Flaten', 'Flatten'],
  ['Dnese', 'Dense'],
  ['Ma', 'MaxPool2D'],
  ['ma', 'max'],
  ['conv2d', 'Conv2D'],
  ['Relu', 'relu'],
  ['Drop', 'Dropout'],
  ['conact', 'concat'],
  ['Transformer', undefined],
  ['x', undefined],
])('%s', (word, meant) => {
  expect(nearest(word, layers)).toBe(meant);
});
