/** Pictures slanted by chance. */
import { augmentation } from '../define.ts';
import { samePicture } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const shear = augmentation('shear', {
  doc: 'Slants each picture by up to so many degrees to either side.',
  source: 'Keras 3 `keras.layers.RandomShear`',
  examples: ['image -> shear(10)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { degrees: number('The largest angle.', { min: 0, max: 80, open: 'min' }) },
  result: (inputs) => samePicture('shear', inputs),
});
