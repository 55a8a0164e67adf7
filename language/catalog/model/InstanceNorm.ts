/** Normalisation of each channel of each example. */
import { printShape } from '../../shapes/type.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { refuse } from '../refuse.ts';
import { epsilonSetting, normaliseGroups, normWeights, scaleAndShift, scaled } from '../rules/normalise.ts';
import { made, needFloat, typeOf } from '../rules/types.ts';

export const InstanceNorm = model('InstanceNorm', {
  doc: 'Brings each channel (the last axis) of each example to mean 0 and variance 1 over all places, then scales and shifts it by learned numbers.',
  source: 'Ulyanov et al. (2016); Keras 3 `GroupNormalization(groups=-1)`, PyTorch `InstanceNorm2d`',
  examples: ['image -> Conv2D(8, 3) -> InstanceNorm', 'sequence -> InstanceNorm(epsilon: 1e-5)'],
  inputs: [{ name: 'x', doc: 'Places with channels last.', dtype: 'float32' }],
  settings: { epsilon: epsilonSetting(1e-3), ...scaleAndShift },
  result(inputs) {
    const x = typeOf(inputs, 'x');
    const refused = needFloat('InstanceNorm', x);
    if (refused) return refused;
    if (x.shape && x.shape.length < 2) {
      const values = { callee: 'InstanceNorm', shape: printShape(x.shape), axes: x.shape.length, least: 2 };
      return refuse('shape/rank', values, { variant: 'few', blame: x.shape });
    }
    return [made('float32', x.shape, [x])];
  },
  weights: normWeights,
  lower(b, inputs, weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    return scaled(b, normaliseGroups(b, x, x.shape.at(-1) ?? 1, num(settings, 'epsilon')), weights);
  },
});
