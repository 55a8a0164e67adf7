/** Pictures with more or less contrast. */
import { augmentation } from '../define.ts';
import { samePixels } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const contrast = augmentation('contrast', {
  doc: 'Draws the pixels of a picture towards the mean of their channel or away from it, by a factor between 1 − `amount` and 1 + `amount`.',
  source: 'Keras 3 `keras.layers.RandomContrast`',
  examples: ['image -> contrast(0.2)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { amount: number('How much at most.', { min: 0, max: 1, open: 'min' }) },
  result: (inputs) => samePixels('contrast', inputs),
});
