/** Whether every one is true. */
import { reduceChosen, reduction } from '../rules/reduction.ts';

export const all = reduction('all', {
  doc: 'Whether every one of the values is true.',
  source: 'NumPy `all`',
  examples: ['all(features > 0)', 'all(sequence > 0, axis: 0)'],
  takes: 'bool',
  apply: (b, x, over) => {
    const found = reduceChosen(b, 'min', b.cast(x, 'float32'), over, 1);
    return b.binary('greater', found, b.scalar(0.5));
  },
});
