/** `x − tanh(x)`. */
import { elementwise } from '../rules/elementwise.ts';

export const tanhShrink = elementwise('tanhShrink', {
  doc: 'What `tanh` takes away.',
  source: 'Keras 3 `keras.activations.tanh_shrink`',
  examples: ['features -> tanhShrink', 'features -> Dense(8, tanhShrink)'],
  activation: true,
  apply: (b, x) => b.binary('subtract', x, b.unary('tanh', x)),
});
