/** 0 up to −1, 1 from 1, a line between. */
import { elementwise } from '../rules/elementwise.ts';

export const sparseSigmoid = elementwise('sparseSigmoid', {
  doc: '`sigmoid` with true zeros and ones.',
  source: 'Keras 3 `keras.activations.sparse_sigmoid`',
  examples: ['features -> sparseSigmoid', 'features -> Dense(8, sparseSigmoid)'],
  activation: true,
  apply: (b, x) => {
    const line = b.binary('multiply', b.binary('add', x, b.scalar(1)), b.scalar(0.5));
    return b.binary('maximum', b.binary('minimum', line, b.scalar(1)), b.scalar(0));
  },
});
