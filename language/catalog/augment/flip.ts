/** Pictures turned around by chance. */
import { augmentation } from '../define.ts';
import { samePicture } from '../rules/augment.ts';
import { flag } from '../settings.ts';

export const flip = augmentation('flip', {
  doc: 'Mirrors each picture from left to right with chance 1/2, or also from top to bottom with `vertical`.',
  source: 'Keras 3 `keras.layers.RandomFlip`',
  examples: ['image -> flip', 'image -> flip(vertical: true)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { vertical: flag('Mirrors from top to bottom, too.', false) },
  result: (inputs) => samePicture('flip', inputs),
});
