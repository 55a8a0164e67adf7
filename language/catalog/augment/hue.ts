/** Pictures with other tones. */
import { augmentation } from '../define.ts';
import { sameColours } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const hue = augmentation('hue', {
  doc: 'Turns the hue of all pixels of a picture by up to `amount` of the circle of colours.',
  source: 'TensorFlow `tf.image.adjust_hue`',
  examples: ['picture -> hue(0.1)'],
  inputs: [{ name: 'x', doc: 'Pictures with three channels.', dtype: 'number' }],
  settings: { amount: number('How much at most.', { min: 0, max: 0.5, open: 'min' }) },
  result: (inputs) => sameColours('hue', inputs),
});
