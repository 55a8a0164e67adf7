/** `x[…]`: places and ranges of a value. What stands in `items` is defined in `rules/items.ts`. */

import { isList } from '../checked.ts';
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { indexedShape, plannedRanges } from '../rules/items.ts';
import { carried, made, typeOf } from '../rules/types.ts';

export const index = model('index', {
  doc: 'Takes places (`x[0]`, `x[-1]`) and ranges (`x[1..]`, `x[..-1]`, `x[.. by 2]`) along the axes, in their order; `...` stands for axes left whole. It is written in brackets, not called.',
  source: 'NumPy basic indexing',
  examples: ['features[0]', 'sequence[-1]', 'sequence[1..]', 'image[..., 0]', 'sequence[.. by 2, 1..3]'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: { items: { type: { kind: 'items' }, doc: 'The places and ranges, one for each axis.' } },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    if (!x.shape) return [made(x.dtype, undefined, [x], carried(x.facts))];
    const { items } = settings;
    const shape = indexedShape(context, x.shape, isList(items) ? items : []);
    return isRefusal(shape) ? shape : [made(x.dtype, shape, [x], carried(x.facts))];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const { ranges, dropped } = plannedRanges(settings.items, x.shape);
    const whole = ranges.every(([from, to, by], axis) => from === 0 && to === x.shape[axis] && by === 1);
    const part = whole ? x : b.slice(x, ranges);
    if (dropped.length === 0) return part;
    return b.reshape(
      part,
      part.shape.filter((_, axis) => !dropped.includes(axis)),
    );
  },
});
