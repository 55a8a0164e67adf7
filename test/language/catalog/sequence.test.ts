/** What layers over time and layers of one channel each refuse, and where their sizes come from. */
import { expect, test } from 'vitest';
import { render } from '../../../language/messages/render.ts';
import { apply, numbers, refusalOf, rule, shapesOf, weightShapes } from './apply.ts';

const sequence = { x: { shape: [5, 6], data: numbers(60) } };
const image = { x: { shape: [4, 4, 6], data: numbers(192) } };

const said = (key: string, given: typeof sequence, settings = {}) => render(refusalOf(key, given, settings).message);

test('an image is no sequence, and the other way round', () => {
  expect(said('model/Conv1D', image, { filters: 2 })).toBe(
    '`Conv1D` needs a sequence `[time, features]`, but gets [4, 4, 6], which has 3 axes.',
  );
  for (const name of ['DepthwiseConv2D', 'GlobalMaxPool2D', 'UpSample2D']) {
    expect(said(`model/${name}`, sequence)).toContain('needs an image');
  }
});

test('windows that do not fit, groups that do not divide, windows that leap with holes', () => {
  expect(said('model/Conv1D', sequence, { filters: 2, kernel: 7 })).toBe('A window of 7 does not fit into time 5.');
  expect(said('model/MaxPool1D', sequence, { window: 6 })).toBe('A window of 6 does not fit into time 5.');
  expect(said('model/Conv1D', sequence, { filters: 2, groups: 4 })).toBe(
    '`groups` of `Conv1D` must divide the features of the sequence: 6 % 4 is 2.',
  );
  expect(said('model/DepthwiseConv2D', image, { stride: 2, dilation: 2 })).toBe(
    '`stride` and `dilation` of `DepthwiseConv2D` cannot both be above 1.',
  );
  expect(said('model/Conv1DTranspose', sequence, { filters: 2, padding: 'causal' })).toContain('no `causal` padding');
  expect(said('model/Conv1DTranspose', sequence, { filters: 2, stride: 2, outputPadding: 2 })).toBe(
    '`outputPadding` of `Conv1DTranspose` must be smaller than the stride, but it is 2 with stride 2.',
  );
});

test('causal windows never see a later step', () => {
  const later = [...sequence.x.data];
  for (let i = 18; i < 30; i++) later[i] = 100;
  const settings = { filters: 3, kernel: 2, dilation: 2, padding: 'causal' };
  const before = apply('model/Conv1D', sequence, { settings, batch: 2 }).outputs[0]!;
  const after = apply('model/Conv1D', { x: { shape: [5, 6], data: later } }, { settings, batch: 2 }).outputs[0]!;
  expect(after.slice(0, 9)).toEqual(before.slice(0, 9));
  expect(after.slice(9, 15)).not.toEqual(before.slice(9, 15));
});

test('sizes and weights as the catalogue has them', () => {
  const settings = { filters: 10, kernel: 3, multiplier: 2, padding: 'same' };
  expect(shapesOf('model/SeparableConv2D', image, settings)).toEqual([[4, 4, 10]]);
  expect(weightShapes('model/SeparableConv2D', image, settings)).toEqual({
    depthwise: [3, 3, 6, 2],
    pointwise: [1, 1, 12, 10],
    bias: [10],
  });
  expect(weightShapes('model/DepthwiseConv1D', sequence, { multiplier: 2 })).toEqual({ kernel: [3, 6, 2], bias: [12] });
  expect(shapesOf('model/UpSample1D', sequence, { size: 3 })).toEqual([[15, 6]]);
  expect(shapesOf('model/GlobalMaxPool2D', image, { keep: true })).toEqual([[1, 1, 6]]);
});

test('raw bytes and whole numbers stay what they are where no number is made anew', () => {
  const bytes = { x: { ...image.x, dtype: 'uint8' as const } };
  const kept = (key: string, settings = {}) =>
    (rule(key, bytes, settings) as readonly { dtype?: string }[]).map((type) => type.dtype);
  expect(kept('model/UpSample2D')).toEqual(['uint8']);
  expect(kept('model/UpSample2D', { method: 'bilinear' })).toEqual(['float32']);
  expect(kept('model/GlobalMaxPool2D')).toEqual(['uint8']);
  expect(kept('model/GlobalAvgPool2D')).toEqual(['float32']);
});

test('a pool over padded rows is told of the padding', () => {
  const remarks: { message: Parameters<typeof render>[0] }[] = [];
  rule('model/GlobalAvgPool1D', { x: { ...sequence.x, facts: { padded: true } } }, {}, remarks);
  expect(remarks.map(({ message }) => render(message))).toEqual([
    'The rows are padded to one length, and `GlobalAvgPool1D` reads the padding too: say what is real with `mean(axis: 0, where: …)`.',
  ]);
});
