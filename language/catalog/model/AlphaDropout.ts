/** Numbers that saturate by chance while training, with mean and variance kept: dropout behind `selu`. */
import { num } from '../planned.ts';
import { noise } from '../rules/noise.ts';
import { number } from '../settings.ts';

/** What `selu` gives far below zero: −scale · alpha. */
const saturated = -1.7580993408473766;

export const AlphaDropout = noise('AlphaDropout', {
  doc: 'While training, brings each number with the chance `rate` to what `selu` gives far below zero, and stretches and shifts all so that mean and variance stay: the dropout that goes with `selu`. Else does nothing.',
  source: 'Klambauer et al. (2017); Keras 3 `keras.layers.AlphaDropout`, PyTorch `AlphaDropout`',
  examples: ['features -> Dense(8, selu, init: lecunNormal) -> AlphaDropout(0.1)'],
  settings: { rate: number('The chance of each number to be left out.', { min: 0, max: 1, open: 'max' }) },
  disturb(b, x, settings) {
    const rate = num(settings, 'rate');
    if (rate === 0) return x;
    const stays = b.binary('greaterEqual', b.random('uniform', x.shape), b.scalar(rate));
    const stretch = ((1 - rate) * (1 + rate * saturated ** 2)) ** -0.5;
    const left = b.binary('multiply', b.where(stays, x, b.scalar(saturated)), b.scalar(stretch));
    return b.binary('add', left, b.scalar(-stretch * saturated * rate));
  },
});
