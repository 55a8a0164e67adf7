/** Numbers held between two bounds. */
import { transform } from '../define.ts';
import { rangeOf } from '../rules/columns.ts';
import { refuseReversedRange } from '../rules/range.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';
import { range } from '../settings.ts';

export const clip = transform('clip', {
  doc: 'Holds each number between two bounds: what lies outside becomes the nearer bound.',
  source: 'NumPy `clip`',
  examples: ['age -> clip(0..100)'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
  settings: { range: range('The lowest and the highest number that are kept.') },
  fitted: false,
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('clip', x) ?? refuseReversedRange('clip', settings, 'range');
    if (refused) return refused;
    const bounds = rangeOf(settings, 'range');
    const whole = x.dtype !== 'float32' && bounds?.every(Number.isInteger);
    const dtype = x.dtype === undefined ? undefined : whole ? 'int32' : 'float32';
    const shape = x.shape;
    if (!bounds) return [made(dtype, shape, [x])];
    const [low, high] = x.facts.range ?? bounds;
    const inner = [Math.max(low, bounds[0]), Math.min(high, bounds[1])] as const;
    return [made(dtype, shape, [x], { values: bounds, ...(whole && inner[0] <= inner[1] ? { range: inner } : {}) })];
  },
});
