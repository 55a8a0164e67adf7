/** Pictures rotated by chance. */
import { augmentation } from '../define.ts';
import { samePicture } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const rotate = augmentation('rotate', {
  doc: 'Rotates each picture around its middle by up to so many degrees to either side; what comes in from outside is 0. Moves that follow each other (`rotate`, `zoom`, `shear`, `shift`, `flip`) are made in one go; whole numbers and true or false take the nearest pixel.',
  source: 'Keras 3 `keras.layers.RandomRotation`',
  examples: ['image -> rotate(15)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { degrees: number('The largest angle.', { min: 0, max: 180, open: 'min' }) },
  result: (inputs) => samePicture('rotate', inputs),
});
