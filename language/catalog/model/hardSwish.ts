/** `x · relu6(x + 3) / 6`. */
import { hardGate } from '../rules/activations.ts';
import { elementwise } from '../rules/elementwise.ts';

export const hardSwish = elementwise('hardSwish', {
  doc: '`silu` made of straight lines and a parabola.',
  source: 'Keras 3 `keras.activations.hard_silu`; Howard et al. (2019)',
  examples: ['features -> hardSwish', 'features -> Dense(8, hardSwish)'],
  activation: true,
  apply: (b, x) => b.binary('multiply', x, hardGate(b, x)),
});
