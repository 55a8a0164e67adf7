/** Numbers cut off at both ends of a range. */
import { model } from '../define.ts';
import { input, nums } from '../planned.ts';
import { refuseReversedRange } from '../rules/range.ts';
import { made, needFloat, typeOf } from '../rules/types.ts';
import { range } from '../settings.ts';

export const clip = model('clip', {
  doc: 'Numbers below the range become its low end, numbers above it its high end.',
  source: 'NumPy `clip`',
  examples: ['features -> clip(-1..1)'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'float32' }],
  settings: { range: range('The range that is kept.') },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    return needFloat('clip', x) ?? refuseReversedRange('clip', settings, 'range') ?? [made('float32', x.shape, [x])];
  },
  lower(b, inputs, _weights, settings) {
    const [low = 0, high = 0] = nums(settings, 'range');
    return b.binary('minimum', b.binary('maximum', input(inputs, 'x'), b.scalar(low)), b.scalar(high));
  },
});
