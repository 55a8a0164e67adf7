/** `min(max(x, 0), 6)`. */
import { elementwise } from '../rules/elementwise.ts';

export const relu6 = elementwise('relu6', {
  doc: '`relu`, but never above 6.',
  source: 'Keras 3 `keras.activations.relu6`',
  examples: ['features -> relu6', 'features -> Dense(8, relu6)'],
  activation: true,
  apply: (b, x) => b.binary('minimum', b.unary('relu', x), b.scalar(6)),
});
