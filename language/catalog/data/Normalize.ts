/** Mean 0 and deviation 1, as learned from the training part. */
import { transform } from '../define.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';

export const Normalize = transform('Normalize', {
  doc: 'Takes the mean away and divides by the standard deviation; both are learned from the training part, over everything but the last axis, and saved with the run.',
  source: 'Keras 3 `keras.layers.Normalization`',
  examples: ['stack(age, rooms) -> Normalize'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
  settings: {},
  fitted: true,
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needNumber('Normalize', x) ?? [made('float32', x.shape, [x], { normalised: true })];
  },
});
