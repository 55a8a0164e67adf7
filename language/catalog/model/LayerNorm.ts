/** Normalisation of each place on its own. */
import { unknown } from '../../shapes/dim.ts';
import { flagOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { init, trained } from '../rules/weights.ts';
import { flag, number } from '../settings.ts';

export const LayerNorm = model('LayerNorm', {
  doc: 'Brings the numbers along the last axis to mean 0 and variance 1, each place on its own, then scales and shifts them by learned numbers.',
  source: 'Ba et al. (2016); Keras 3 `keras.layers.LayerNormalization`',
  examples: ['sequence -> LayerNorm', 'features -> LayerNorm(epsilon: 1e-5)'],
  inputs: [{ name: 'x', doc: 'Numbers along the last axis.', dtype: 'float32' }],
  settings: {
    epsilon: number('Added to the variance, so that nothing is divided by zero.', {
      min: 0,
      open: 'min',
      default: 1e-3,
      named: true,
    }),
    scale: flag('Learns a factor for each place of the last axis.', true),
    shift: flag('Learns a summand for each place of the last axis.', true),
  },
  result(inputs) {
    const x = typeOf(inputs, 'x');
    const padded = x.facts.padded ? { padded: true } : {};
    return needFloat('LayerNorm', x) ?? needAxis('LayerNorm', x) ?? [made('float32', x.shape, [x], padded)];
  },
  weights(inputs, settings) {
    const shape = [typeOf(inputs, 'x').shape?.at(-1) ?? unknown];
    return {
      ...(flagOf(settings, 'scale') ? { scale: trained(shape, init('ones')) } : {}),
      ...(flagOf(settings, 'shift') ? { shift: trained(shape, init('zeros')) } : {}),
    };
  },
  lower: (b, inputs, weights, settings) =>
    b.layerNorm(input(inputs, 'x'), weights.scale, weights.shift, num(settings, 'epsilon')),
});
