/** Pictures or sounds moved by chance. */
import { augmentation } from '../define.ts';
import { sameAny } from '../rules/augment.ts';
import { integer } from '../settings.ts';

export const shift = augmentation('shift', {
  doc: 'Moves pictures by up to so many pixels, sounds by up to so many samples to either side; what comes in from outside is 0.',
  source: 'Keras 3 `keras.layers.RandomTranslation`',
  examples: ['image -> shift(2)'],
  inputs: [{ name: 'x', doc: 'Pictures or sounds.', dtype: 'number' }],
  settings: { amount: integer('How far at most.', { min: 1 }) },
  result: (inputs) => sameAny('shift', inputs),
});
