/** Whether at least one is true. */
import { reduceChosen, reduction } from '../rules/reduction.ts';

export const any = reduction('any', {
  doc: 'Whether at least one of the values is true.',
  source: 'NumPy `any`',
  examples: ['any(features > 0)', 'any(sequence > 0, axis: 0)'],
  takes: 'bool',
  apply: (b, x, over) => {
    const found = reduceChosen(b, 'max', b.cast(x, 'float32'), over, 0);
    return b.binary('greater', found, b.scalar(0.5));
  },
});
