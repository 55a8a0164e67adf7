/** The same numbers in another shape. */
import { compare, printDim, product } from '../../shapes/dim.ts';
import { printShape } from '../../shapes/type.ts';
import { shapeOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, nums } from '../planned.ts';
import { refuse } from '../refuse.ts';
import { hintPadding } from '../rules/padding.ts';
import { refuseSizes } from '../rules/sizes.ts';
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
    const refused = refuseSizes('reshape', settings, 'shape');
    if (refused) return refused;
    hintPadding('reshape', x, context);
    const wanted = shapeOf(settings, 'shape');
    if (!x.shape || !wanted) return [made(x.dtype, wanted, [x], carried(x.facts))];
    const [have, want] = [product(x.shape), product(wanted)];
    if (compare(have, want) !== 'different') return [made(x.dtype, wanted, [x], carried(x.facts))];
    const values = {
      shape: printShape(x.shape),
      have: printDim(have),
      wanted: printShape(wanted),
      want: printDim(want),
    };
    return refuse('shape/reshape', values, { blame: x.shape });
  },
  lower: (b, inputs, _weights, settings) => b.reshape(input(inputs, 'x'), nums(settings, 'shape')),
});
