/** Zeros by chance while training. */
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { made, needFloat, typeOf } from '../rules/types.ts';
import { number } from '../settings.ts';

export const Dropout = model('Dropout', {
  doc: 'While training, makes each number 0 with the chance `rate` and enlarges the others to make up for it; else does nothing.',
  source: 'Srivastava et al. (2014); Keras 3 `keras.layers.Dropout`',
  examples: ['features -> Dropout', 'features -> Dropout(0.1)'],
  inputs: [{ name: 'x', doc: 'Any numbers.', dtype: 'float32' }],
  settings: { rate: number('The chance of each number to become 0.', { min: 0, max: 1, open: 'max', default: 0.5 }) },
  random: true,
  result(inputs) {
    const x = typeOf(inputs, 'x');
    const padded = x.facts.padded ? { padded: true } : {};
    return needFloat('Dropout', x) ?? [made('float32', x.shape, [x], padded)];
  },
  lower: (b, inputs, _weights, settings) => b.dropout(input(inputs, 'x'), num(settings, 'rate')),
});
