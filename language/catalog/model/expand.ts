/** A new axis of size 1. */
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { axisAt } from '../rules/axis.ts';
import { expandedType } from '../rules/expand.ts';
import { axis } from '../settings.ts';

export const expand = model('expand', {
  doc: 'Adds an axis of size 1, behind all others unless told otherwise.',
  source: 'NumPy `expand_dims`',
  examples: ['features -> expand', 'features -> expand(0)'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: { axis: axis('Where the new axis stands.', { default: -1 }) },
  result: expandedType,
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const along = axisAt(num(settings, 'axis'), x.shape.length + 1);
    return b.reshape(x, [...x.shape.slice(0, along), 1, ...x.shape.slice(along)]);
  },
});
