/** Overlapping stretches of a long column. */
import { dimOf } from '../checked.ts';
import { transform } from '../define.ts';
import { unchanged } from '../rules/columns.ts';
import { sized } from '../rules/sizes.ts';
import { made, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const windows = transform('windows', {
  doc: 'Makes each row a stretch of `n` rows in a row; the next begins `stride` further on. The column is split into its parts before, so that no stretch crosses from one to another.',
  source: 'PyTorch `Tensor.unfold`',
  examples: ['characters -> Index -> windows(65)'],
  inputs: [{ name: 'x', doc: 'Any column.', dtype: 'any' }],
  settings: {
    n: integer('How many rows a stretch has.', { min: 1 }),
    stride: integer('How far apart stretches begin.', { min: 1, default: 1, named: true }),
  },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const n = sized(context, dimOf(settings, 'n'), 'n', 'windows');
    return [made(x.dtype, x.shape && [n, ...x.shape], [x], unchanged(x.facts))];
  },
});
