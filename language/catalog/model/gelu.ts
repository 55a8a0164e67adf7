/** Gaussian error linear unit, exact. */
import { elementwise } from '../rules/elementwise.ts';

export const gelu = elementwise('gelu', {
  doc: 'Weighs each number by the chance that a standard normal one is smaller: `x · Φ(x)`.',
  source: 'Hendrycks & Gimpel (2016); Keras 3 `keras.activations.gelu(approximate=False)`',
  examples: ['features -> gelu', 'features -> Dense(8, gelu)'],
  activation: true,
  apply: (b, x) => {
    const cumulative = b.binary('add', b.unary('erf', b.binary('multiply', x, b.scalar(Math.SQRT1_2))), b.scalar(1));
    return b.binary('multiply', b.binary('multiply', x, b.scalar(0.5)), cumulative);
  },
});
