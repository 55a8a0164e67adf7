/** Whole numbers as rows with a single 1. */
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { sized } from '../rules/sizes.ts';
import { made, needWhole, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const oneHot = model('oneHot', {
  doc: 'Turns each whole number into `size` numbers: 1 at its place, 0 elsewhere.',
  source: 'Keras 3 `keras.ops.one_hot`',
  examples: ['tokens -> oneHot(50)'],
  inputs: [{ name: 'x', doc: 'Whole numbers from 0 to `size` − 1.', dtype: 'int32' }],
  settings: { size: integer('How many different numbers there are.', { min: 1 }) },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needWhole('oneHot', x);
    if (refused) return refused;
    const size = sized(context, dimOf(settings, 'size'), 'size', 'oneHot');
    return [made('float32', x.shape && [...x.shape, size], [x])];
  },
  lower: (b, inputs, _weights, settings) => b.oneHot(b.cast(input(inputs, 'x'), 'int32'), num(settings, 'size')),
});
