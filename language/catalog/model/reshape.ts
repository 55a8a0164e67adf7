/** The same numbers in another shape. */
import { model } from '../define.ts';
import { input, nums } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { hintPadding } from '../rules/padding.ts';
import { reshapedShape } from '../rules/reshape.ts';
import { carried, made, typeOf } from '../rules/types.ts';
import { shape } from '../settings.ts';

export const reshape = model('reshape', {
  doc: 'Gives the numbers, in their order (the last axis runs fastest), another shape of equally many.',
  source: 'NumPy `reshape`',
  examples: ['features -> reshape([4, 4])', 'image -> reshape([784])'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: { shape: shape('The new shape.', { single: true }) },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const wanted = reshapedShape(x, settings);
    if (isRefusal(wanted)) return wanted;
    hintPadding('reshape', x, context);
    return [made(x.dtype, wanted.shape, [x], carried(x.facts))];
  },
  lower: (b, inputs, _weights, settings) => b.reshape(input(inputs, 'x'), nums(settings, 'shape')),
});
