/** Normalisation by the statistics of the batch. */
import { unknown } from '../../shapes/dim.ts';
import { flagOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num, weight } from '../planned.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { init, kept, trained } from '../rules/weights.ts';
import { flag, number } from '../settings.ts';

export const BatchNorm = model('BatchNorm', {
  doc: 'Brings each channel (the last axis) to mean 0 and variance 1 over the batch and all other axes, then scales and shifts it by learned numbers. Outside training it uses moving statistics that were gathered while training.',
  source: 'Ioffe & Szegedy (2015); Keras 3 `keras.layers.BatchNormalization`',
  examples: ['image -> BatchNorm', 'features -> BatchNorm(momentum: 0.9, epsilon: 1e-5)'],
  inputs: [{ name: 'x', doc: 'Numbers with channels last.', dtype: 'float32' }],
  settings: {
    momentum: number('How much of the moving statistics is kept each step.', {
      min: 0,
      max: 1,
      default: 0.99,
      named: true,
    }),
    epsilon: number('Added to the variance, so that nothing is divided by zero.', {
      min: 0,
      open: 'min',
      default: 1e-3,
      named: true,
    }),
    scale: flag('Learns a factor for each channel.', true),
    shift: flag('Learns a summand for each channel.', true),
  },
  random: true,
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needFloat('BatchNorm', x) ?? needAxis('BatchNorm', x) ?? [made('float32', x.shape, [x])];
  },
  weights(inputs, settings) {
    const shape = [typeOf(inputs, 'x').shape?.at(-1) ?? unknown];
    return {
      ...(flagOf(settings, 'scale') ? { scale: trained(shape, init('ones')) } : {}),
      ...(flagOf(settings, 'shift') ? { shift: trained(shape, init('zeros')) } : {}),
      mean: kept(shape, init('zeros')),
      variance: kept(shape, init('ones')),
    };
  },
  lower: (b, inputs, weights, settings) =>
    b.batchNorm(
      input(inputs, 'x'),
      {
        ...(weights.scale ? { scale: weights.scale } : {}),
        ...(weights.shift ? { shift: weights.shift } : {}),
        mean: weight(weights, 'mean'),
        variance: weight(weights, 'variance'),
      },
      { momentum: num(settings, 'momentum'), epsilon: num(settings, 'epsilon') },
    ),
});
