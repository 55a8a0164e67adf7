/** Normalisation of each example within groups of channels. */
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { refuseGroups } from '../rules/convolution.ts';
import { epsilonSetting, normaliseGroups, normWeights, scaleAndShift, scaled } from '../rules/normalise.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const GroupNorm = model('GroupNorm', {
  doc: 'Cuts the channels (the last axis) into groups and brings each group of each example to mean 0 and variance 1 over all places, then scales and shifts the channels by learned numbers.',
  source: 'Wu & He (2018); Keras 3 `keras.layers.GroupNormalization`, PyTorch `GroupNorm`',
  examples: ['sequence -> GroupNorm(4)', 'image -> Conv2D(64, 3) -> GroupNorm'],
  inputs: [{ name: 'x', doc: 'Numbers with channels last.', dtype: 'float32' }],
  settings: {
    groups: integer('How many groups there are; they must divide the channels.', { min: 1, default: 32 }),
    epsilon: epsilonSetting(1e-3),
    ...scaleAndShift,
  },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused =
      needFloat('GroupNorm', x) ??
      needAxis('GroupNorm', x) ??
      refuseGroups('GroupNorm', settings, x.shape?.at(-1), 'channels');
    return refused ?? [made('float32', x.shape, [x])];
  },
  weights: normWeights,
  lower(b, inputs, weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    return scaled(b, normaliseGroups(b, x, num(settings, 'groups'), num(settings, 'epsilon')), weights);
  },
});
