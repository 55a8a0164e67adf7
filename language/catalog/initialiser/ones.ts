/** All 1. */
import { initialiser } from '../define.ts';

export const ones = initialiser('ones', {
  doc: 'All numbers are 1.',
  source: 'Keras 3 `Ones`',
  examples: ['features -> Dense(8, biasInit: ones)'],
  settings: {},
  draw: () => ({ kind: 'constant', value: 1 }),
});
