/** Numbers with a little noise. */
import { augmentation } from '../define.ts';
import { shaken } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const noise = augmentation('noise', {
  doc: 'Adds noise from a normal distribution to each number; each field of a flow gets its own.',
  source: 'Keras 3 `keras.layers.GaussianNoise`, in the data',
  examples: ['image -> noise(0.05)'],
  inputs: [{ name: 'x', doc: 'Decimal numbers.', dtype: 'float32' }],
  settings: { stddev: number('The standard deviation of the noise.', { min: 0, open: 'min' }) },
  result: (inputs) => shaken('noise', inputs),
});
