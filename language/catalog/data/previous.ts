/** What came before in the same group of rows. */
import { dimOf } from '../checked.ts';
import { transform } from '../define.ts';
import { atInput, refuse } from '../refuse.ts';
import { facts } from '../rules/columns.ts';
import { sized } from '../rules/sizes.ts';
import { made, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const previous = transform('previous', {
  doc: 'Gives each row the values of the `n` rows before it that are alike in `by`, in the order of `order` (without them: of all rows, in the order of the file), never the row’s own. Where there are fewer, the front is filled with 0; the second result is true where a value is real.',
  source: 'pandas `DataFrame.groupby(…).shift`',
  examples: ['(history, known) = ocean -> Index -> previous(20, by: rooms, order: age)'],
  inputs: [
    { name: 'x', doc: 'The column whose earlier values are wanted.', dtype: 'any' },
    { name: 'by', doc: 'Rows with the same value here belong together.', dtype: 'any', optional: true },
    { name: 'order', doc: 'The column that says what comes first.', dtype: 'number', optional: true },
  ],
  results: ['history', 'known'],
  settings: { n: integer('How many earlier values each row gets.', { min: 1 }) },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    for (const name of ['by', 'order']) {
      const column = typeOf(inputs, name);
      if (column.shape && column.shape.length > 0) return refuse('data/single-column', { name }, { at: atInput(name) });
    }
    const n = sized(context, dimOf(settings, 'n'), 'n', 'previous');
    const kept = { ...facts(x.facts, 'range', 'indexedBy', 'values'), padded: true };
    return [made(x.dtype, x.shape && [n, ...x.shape], [x], kept), made('bool', [n], [x])];
  },
});
