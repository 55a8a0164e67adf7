/** `max(x, 0)`. */
import { elementwise } from '../rules/elementwise.ts';

export const relu = elementwise('relu', {
  doc: 'Keeps positive numbers, makes negative ones 0.',
  source: 'Keras 3 `keras.activations.relu`; Nair & Hinton (2010)',
  examples: ['features -> relu', 'relu(features)', 'features -> Dense(8, relu)'],
  activation: true,
  apply: (b, x) => b.unary('relu', x),
});
