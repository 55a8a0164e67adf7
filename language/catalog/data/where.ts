/** One of two values, number by number. */
import { transform } from '../define.ts';
import { isRefusal } from '../refuse.ts';
import { numberType } from '../rules/arithmetic.ts';
import { stretch } from '../rules/broadcasting.ts';
import { made, needBool, typeOf } from '../rules/types.ts';

export const where = transform('where', {
  doc: 'The number of `a` where the condition is true, that of `b` elsewhere.',
  source: 'NumPy `where`',
  examples: ['where(age > 18, age, 18)'],
  inputs: [
    { name: 'condition', doc: 'True or false.', dtype: 'bool' },
    { name: 'a', doc: 'Taken where it is true.', dtype: 'number' },
    { name: 'b', doc: 'Taken where it is false.', dtype: 'number' },
  ],
  settings: {},
  fitted: false,
  result(inputs, _settings, context) {
    const [condition, a, b] = [typeOf(inputs, 'condition'), typeOf(inputs, 'a'), typeOf(inputs, 'b')];
    const refused = needBool('where', condition, 'condition');
    if (refused) return refused;
    const dtype = numberType('where', a, b, context, false);
    if (isRefusal(dtype)) return dtype;
    const both = stretch('where', a.shape, b.shape);
    if (isRefusal(both)) return both;
    const all = stretch('where', condition.shape, both.shape);
    return isRefusal(all) ? all : [made(dtype, all.shape, [condition, a, b])];
  },
});
