/** Rows with an empty cell are left out. */
import { transform } from '../define.ts';
import { filled } from '../rules/columns.ts';
import { made, typeOf } from '../rules/types.ts';

export const drop = transform('drop', {
  doc: 'Leaves out the rows whose cell in this column is empty; what other fields have in these rows goes with them.',
  source: 'pandas `DataFrame.dropna`',
  examples: ['age -> drop'],
  inputs: [{ name: 'x', doc: 'A column with empty cells.', dtype: 'any' }],
  settings: {},
  fitted: false,
  result(inputs) {
    const x = typeOf(inputs, 'x');
    // Whole numbers with gaps count as decimal; without the gaps they are whole.
    const dtype = x.facts.missing?.whole ? 'int32' : x.dtype;
    return [made(dtype, x.shape, [x], { ...filled(x), ...(x.facts.column ? { column: x.facts.column } : {}) })];
  },
});
