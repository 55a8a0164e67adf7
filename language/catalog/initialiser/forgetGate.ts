/** The bias of an LSTM as Keras starts it. */
import { initialiser } from '../define.ts';

export const forgetGate = initialiser('forgetGate', {
  doc: 'Zeros, but ones for the second of four blocks: the forget gate of an LSTM starts open.',
  source: 'Jozefowicz et al. (2015); Keras 3 `unit_forget_bias`',
  examples: ['sequence -> LSTM(8)'],
  settings: {},
  draw: () => ({ kind: 'blocks', values: [0, 1, 0, 0] }),
});
