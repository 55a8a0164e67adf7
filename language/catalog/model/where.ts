/** One of two values, number by number. */
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { alike, numberType } from '../rules/arithmetic.ts';
import { stretch } from '../rules/broadcasting.ts';
import { made, needBool, typeOf } from '../rules/types.ts';

export const where = model('where', {
  doc: 'The number of `a` where the condition is true, that of `b` elsewhere.',
  source: 'NumPy `where`',
  examples: ['where(features > 0, features, 0)'],
  inputs: [
    { name: 'condition', doc: 'True or false.', dtype: 'bool' },
    { name: 'a', doc: 'Taken where it is true.', dtype: 'number' },
    { name: 'b', doc: 'Taken where it is false.', dtype: 'number' },
  ],
  settings: {},
  result(inputs, _settings, context) {
    const [condition, a, c] = [typeOf(inputs, 'condition'), typeOf(inputs, 'a'), typeOf(inputs, 'b')];
    const refused = needBool('where', condition, 'condition');
    if (refused) return refused;
    const dtype = numberType('where', a, c, context, false);
    if (isRefusal(dtype)) return dtype;
    const both = stretch('where', a.shape, c.shape);
    if (isRefusal(both)) return both;
    const all = stretch('where', condition.shape, both.shape);
    return isRefusal(all) ? all : [made(dtype, all.shape, [condition, a, c])];
  },
  lower(b, inputs) {
    const [left, right] = alike(b, input(inputs, 'a'), input(inputs, 'b'), false);
    return b.where(input(inputs, 'condition'), left, right);
  },
});
