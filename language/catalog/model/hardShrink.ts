/** `x`, but 0 within ±`threshold`. */
import { num } from '../planned.ts';
import { elementwise } from '../rules/elementwise.ts';
import { number } from '../settings.ts';

export const hardShrink = elementwise('hardShrink', {
  doc: 'Makes small numbers 0, keeps the others.',
  source: 'Keras 3 `keras.activations.hard_shrink`',
  examples: ['features -> hardShrink', 'features -> Dense(8, hardShrink)'],
  settings: {
    threshold: number('How small a number is made 0.', { min: 0, default: 0.5 }),
  },
  activation: true,
  apply: (b, x, settings) =>
    b.where(b.binary('greater', b.unary('abs', x), b.scalar(num(settings, 'threshold'))), x, b.scalar(0)),
});
