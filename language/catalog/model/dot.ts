/** Products of numbers summed along the last axis. */
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { stretch } from '../rules/broadcasting.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';

export const dot = model('dot', {
  doc: 'Multiplies two values number by number and sums along the last axis.',
  source: 'Keras 3 `keras.layers.Dot`',
  examples: ['dot(features, features)', 'dot(sequence, sequence)'],
  inputs: [
    { name: 'a', doc: '`[..., n]`.', dtype: 'float32' },
    { name: 'b', doc: '`[..., n]`.', dtype: 'float32' },
  ],
  settings: {},
  result(inputs) {
    const [a, c] = [typeOf(inputs, 'a'), typeOf(inputs, 'b')];
    const refused = needFloat('dot', a, 'a') ?? needFloat('dot', c, 'b') ?? needAxis('dot', a) ?? needAxis('dot', c);
    if (refused) return refused;
    const both = stretch('dot', a.shape, c.shape);
    return isRefusal(both) ? both : [made('float32', both.shape?.slice(0, -1), [a, c])];
  },
  lower(b, inputs) {
    const product = b.binary('multiply', input(inputs, 'a'), input(inputs, 'b'));
    return b.reduce('sum', product, [product.shape.length - 1], false);
  },
});
