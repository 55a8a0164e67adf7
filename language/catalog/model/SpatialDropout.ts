/** Whole channels of zeros by chance while training. */
import { num } from '../planned.ts';
import { dropped, noise } from '../rules/noise.ts';
import { number } from '../settings.ts';

export const SpatialDropout = noise('SpatialDropout', {
  doc: 'While training, makes each channel (the last axis) 0 at all places of an example with the chance `rate` and enlarges the others to make up for it; else does nothing.',
  source: 'Tompson et al. (2015); Keras 3 `keras.layers.SpatialDropout2D`',
  examples: ['image -> Conv2D(8, 3) -> SpatialDropout', 'sequence -> SpatialDropout(0.1)'],
  settings: { rate: number('The chance of each channel to become 0.', { min: 0, max: 1, open: 'max', default: 0.5 }) },
  disturb(b, x, settings) {
    const channel = x.shape.map((size, axis) => (axis === x.shape.length - 1 ? size : 1));
    return dropped(b, x, channel, num(settings, 'rate'));
  },
});
