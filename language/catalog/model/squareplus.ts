/** `(x + √(x² + b)) / 2`. */
import { num } from '../planned.ts';
import { elementwise } from '../rules/elementwise.ts';
import { number } from '../settings.ts';

export const squareplus = elementwise('squareplus', {
  doc: 'A smooth `relu` without exponentials.',
  source: 'Keras 3 `keras.activations.squareplus`; Barron (2021)',
  examples: ['features -> squareplus', 'features -> Dense(8, squareplus)'],
  settings: {
    bend: number('How wide the bend is.', { min: 0, default: 4 }),
  },
  activation: true,
  apply: (b, x, settings) => {
    const root = b.unary('sqrt', b.binary('add', b.unary('square', x), b.scalar(num(settings, 'bend'))));
    return b.binary('multiply', b.binary('add', x, root), b.scalar(0.5));
  },
});
