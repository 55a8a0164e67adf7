/** All 0. */
import { initialiser } from '../define.ts';

export const zeros = initialiser('zeros', {
  doc: 'All numbers are 0.',
  source: 'Keras 3 `Zeros`',
  examples: ['features -> Dense(8, init: zeros)'],
  settings: {},
  draw: () => ({ kind: 'constant', value: 0 }),
});
