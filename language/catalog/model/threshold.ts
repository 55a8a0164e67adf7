/** `x` above `at`, `value` elsewhere. */
import { num } from '../planned.ts';
import { elementwise } from '../rules/elementwise.ts';
import { number } from '../settings.ts';

export const threshold = elementwise('threshold', {
  doc: 'Keeps numbers above a bound, puts `value` in the place of the others.',
  source: 'Keras 3 `keras.activations.threshold`',
  examples: ['features -> threshold(0.1, 0)', 'features -> Dense(8, threshold(0.1, 0))'],
  settings: {
    at: number('The bound.'),
    value: number('What stands in for numbers at or below it.'),
  },
  activation: true,
  apply: (b, x, settings) =>
    b.where(b.binary('greater', x, b.scalar(num(settings, 'at'))), x, b.scalar(num(settings, 'value'))),
});
