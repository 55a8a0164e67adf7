/** `x` where positive, `slope · x` elsewhere. */
import { num } from '../planned.ts';
import { elementwise } from '../rules/elementwise.ts';
import { number } from '../settings.ts';

export const leakyRelu = elementwise('leakyRelu', {
  doc: '`relu` that lets a part of negative numbers through.',
  source: 'Keras 3 `keras.activations.leaky_relu`',
  examples: ['features -> leakyRelu(0.1)', 'features -> Dense(8, leakyRelu(0.1))'],
  settings: {
    slope: number('The factor of negative numbers.', { min: 0, default: 0.2 }),
  },
  activation: true,
  apply: (b, x, settings) =>
    b.where(b.binary('greater', x, b.scalar(0)), x, b.binary('multiply', x, b.scalar(num(settings, 'slope')))),
});
