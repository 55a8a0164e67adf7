/** Gaussian error linear unit by its tanh approximation. */
import { elementwise } from '../rules/elementwise.ts';

export const geluTanh = elementwise('geluTanh', {
  doc: '`gelu` in the approximate form that GPT-2 uses: a little faster, equal to three digits.',
  source: 'Hendrycks & Gimpel (2016); Keras 3 `keras.activations.gelu(approximate=True)`',
  examples: ['features -> geluTanh', 'features -> Dense(8, geluTanh)'],
  activation: true,
  apply: (b, x) => {
    const cube = b.binary('multiply', b.unary('square', x), x);
    const inner = b.binary('add', x, b.binary('multiply', cube, b.scalar(0.044715)));
    const bend = b.unary('tanh', b.binary('multiply', inner, b.scalar(Math.sqrt(2 / Math.PI))));
    return b.binary('multiply', b.binary('multiply', x, b.scalar(0.5)), b.binary('add', bend, b.scalar(1)));
  },
});
