/** Columns beside each other. */
import { transform } from '../define.ts';
import { stackedType } from '../rules/stack.ts';
import { axis } from '../settings.ts';

export const stack = transform('stack', {
  doc: 'Puts columns of one shape beside each other along a new axis. Whole and decimal numbers become decimal.',
  source: 'NumPy `stack`',
  examples: ['stack(age, rooms)'],
  inputs: [{ name: 'x', doc: 'The columns, in order.', dtype: 'any', many: 1 }],
  settings: { axis: axis('Where the new axis stands.', { default: 0, named: true }) },
  fitted: false,
  result: stackedType,
});
