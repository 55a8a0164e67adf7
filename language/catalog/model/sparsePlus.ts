/** 0, a parabola, then `x`. */
import { elementwise } from '../rules/elementwise.ts';

export const sparsePlus = elementwise('sparsePlus', {
  doc: '`softplus` with true zeros: 0 up to −1, `x` from 1, a parabola between.',
  source: 'Keras 3 `keras.activations.sparse_plus`',
  examples: ['features -> sparsePlus', 'features -> Dense(8, sparsePlus)'],
  activation: true,
  apply: (b, x) => {
    const bend = b.binary('multiply', b.unary('square', b.binary('add', x, b.scalar(1))), b.scalar(0.25));
    const right = b.where(b.binary('less', x, b.scalar(1)), bend, x);
    return b.where(b.binary('greater', x, b.scalar(-1)), right, b.scalar(0));
  },
});
