/** All the same. */
import { initialiser } from '../define.ts';
import { num } from '../planned.ts';
import { number } from '../settings.ts';

export const constant = initialiser('constant', {
  doc: 'All numbers are `value`.',
  source: 'Keras 3 `Constant`',
  examples: ['features -> Dense(8, biasInit: constant(0.1))'],
  settings: { value: number('The number.') },
  draw: (_shape, settings) => ({ kind: 'constant', value: num(settings, 'value') }),
});
