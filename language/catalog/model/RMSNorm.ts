/** Normalisation of each place by its size alone. */
import { unknown } from '../../shapes/dim.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { epsilonSetting, scaled } from '../rules/normalise.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { init, trained } from '../rules/weights.ts';

export const RMSNorm = model('RMSNorm', {
  doc: 'Divides the numbers along the last axis by the root of the mean of their squares, each place on its own, then scales them by learned numbers.',
  source: 'Zhang & Sennrich (2019); Keras 3 `keras.layers.RMSNormalization`',
  examples: ['sequence -> RMSNorm', 'features -> RMSNorm(epsilon: 1e-5)'],
  inputs: [{ name: 'x', doc: 'Numbers along the last axis.', dtype: 'float32' }],
  settings: { epsilon: epsilonSetting(1e-6) },
  result(inputs) {
    const x = typeOf(inputs, 'x');
    const padded = x.facts.padded ? { padded: true } : {};
    return needFloat('RMSNorm', x) ?? needAxis('RMSNorm', x) ?? [made('float32', x.shape, [x], padded)];
  },
  weights: (inputs) => ({ scale: trained([typeOf(inputs, 'x').shape?.at(-1) ?? unknown], init('ones')) }),
  lower(b, inputs, weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const mean = b.reduce('mean', b.unary('square', x), [x.shape.length - 1], true);
    const steep = b.unary('rsqrt', b.binary('add', mean, b.scalar(num(settings, 'epsilon'))));
    return scaled(b, b.binary('multiply', x, steep), weights);
  },
});
