/** Pictures lighter or darker by chance. */
import { augmentation } from '../define.ts';
import { samePixels } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const brightness = augmentation('brightness', {
  doc: 'Adds one number to all pixels of a picture, drawn from ±`amount` of the range of its numbers: 0..255 of bytes, what `scale` says, else the picture’s own. A range that is known is kept.',
  source: 'Keras 3 `keras.layers.RandomBrightness`',
  examples: ['image -> brightness(0.2)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { amount: number('How much at most.', { min: 0, max: 1, open: 'min' }) },
  result: (inputs) => samePixels('brightness', inputs),
});
