/** `relu6(x + 3) / 6`. */
import { hardGate } from '../rules/activations.ts';
import { elementwise } from '../rules/elementwise.ts';

export const hardSigmoid = elementwise('hardSigmoid', {
  doc: '`sigmoid` made of straight lines.',
  source: 'Keras 3 `keras.activations.hard_sigmoid`',
  examples: ['features -> hardSigmoid', 'features -> Dense(8, hardSigmoid)'],
  activation: true,
  apply: hardGate,
});
