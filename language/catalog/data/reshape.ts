/** The same numbers in another shape. */
import { transform } from '../define.ts';
import { isRefusal } from '../refuse.ts';
import { unchanged } from '../rules/columns.ts';
import { reshapedShape } from '../rules/reshape.ts';
import { made, typeOf } from '../rules/types.ts';
import { shape } from '../settings.ts';

export const reshape = transform('reshape', {
  doc: 'Gives the numbers of each row, in their order (the last axis runs fastest), another shape of equally many.',
  source: 'NumPy `reshape`',
  examples: ['images -> reshape([784])'],
  inputs: [{ name: 'x', doc: 'Any column.', dtype: 'any' }],
  settings: { shape: shape('The new shape.', { single: true }) },
  fitted: false,
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const wanted = reshapedShape(x, settings);
    return isRefusal(wanted) ? wanted : [made(x.dtype, wanted.shape, [x], unchanged(x.facts))];
  },
});
