/** Numbers stretched and shrunk by chance while training. */
import { num } from '../planned.ts';
import { noise } from '../rules/noise.ts';
import { number } from '../settings.ts';

export const GaussianDropout = noise('GaussianDropout', {
  doc: 'While training, multiplies each number by one drawn from the normal distribution of mean 1 and the variance that `Dropout(rate)` has, `rate / (1 − rate)`; else does nothing.',
  source: 'Srivastava et al. (2014); Keras 3 `keras.layers.GaussianDropout`',
  examples: ['features -> GaussianDropout(0.2)'],
  settings: { rate: number('The rate of the `Dropout` that it resembles.', { min: 0, max: 1, open: 'max' }) },
  disturb(b, x, settings) {
    const rate = num(settings, 'rate');
    const drawn = b.binary('multiply', b.random('normal', x.shape), b.scalar(Math.sqrt(rate / (1 - rate))));
    return b.binary('multiply', x, b.binary('add', drawn, b.scalar(1)));
  },
});
