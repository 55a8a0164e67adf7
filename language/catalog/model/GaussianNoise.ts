/** Normal numbers added while training. */
import { num } from '../planned.ts';
import { noise } from '../rules/noise.ts';
import { number } from '../settings.ts';

export const GaussianNoise = noise('GaussianNoise', {
  doc: 'While training, adds a number drawn from the normal distribution of mean 0 to each number; else does nothing.',
  source: 'Keras 3 `keras.layers.GaussianNoise`',
  examples: ['features -> GaussianNoise', 'image -> GaussianNoise(0.3)'],
  settings: { stddev: number('The standard deviation of what is added.', { min: 0, default: 0.1 }) },
  disturb: (b, x, settings) =>
    b.binary('add', x, b.binary('multiply', b.random('normal', x.shape), b.scalar(num(settings, 'stddev')))),
});
