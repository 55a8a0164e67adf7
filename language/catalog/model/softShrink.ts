/** `x` pulled towards 0 by `threshold`. */
import { num } from '../planned.ts';
import { elementwise } from '../rules/elementwise.ts';
import { number } from '../settings.ts';

export const softShrink = elementwise('softShrink', {
  doc: 'Makes small numbers 0, pulls the others towards it.',
  source: 'Keras 3 `keras.activations.soft_shrink`',
  examples: ['features -> softShrink', 'features -> Dense(8, softShrink)'],
  settings: {
    threshold: number('How far each number is pulled.', { min: 0, default: 0.5 }),
  },
  activation: true,
  apply: (b, x, settings) => {
    const cut = b.scalar(num(settings, 'threshold'));
    const above = b.unary('relu', b.binary('subtract', x, cut));
    const below = b.unary('relu', b.binary('subtract', b.unary('negate', x), cut));
    return b.binary('subtract', above, below);
  },
});
