/** Values as rows with a single 1, as learned from the training part. */
import { type Dim, known, printDim, unknown } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import { transform } from '../define.ts';
import type { RuleContext } from '../entry.ts';
import { needIndexable } from '../rules/indexing.ts';
import { made, typeOf } from '../rules/types.ts';

export const OneHot = transform('OneHot', {
  doc: 'Turns each value into a row of numbers, 1 at its place among the sorted distinct values of the training part, 0 elsewhere; the values are saved with the run.',
  source: 'Keras 3 `keras.layers.CategoryEncoding`',
  examples: ['ocean -> OneHot'],
  inputs: [{ name: 'x', doc: 'Texts or whole numbers.', dtype: 'any' }],
  settings: {},
  fitted: true,
  result(inputs, _settings, context) {
    const x = typeOf(inputs, 'x');
    // Only the whole training part tells how many values there are; the field's stated type is held against it then.
    // A whole file that has more values than stated is wrong already; a part of it would be, too.
    const refused = needIndexable('OneHot', x);
    if (refused) return refused;
    const { classes } = x.facts;
    const count = classes?.count ?? x.facts.distinct;
    const width = classes?.whole && count !== undefined ? counted(known(count), x, context) : unknown;
    return [made('float32', x.shape && [...x.shape, width], [x], { values: [0, 1] })];
  },
});

/** With the values themselves as the reason, where they are few: an empty one is easily overlooked. */
function counted(size: Dim, x: TensorType, context: RuleContext): Dim {
  const names = x.facts.classes?.names?.map((name) => JSON.stringify(name)).join(', ');
  if (names === undefined) return size;
  const values = { size: printDim(size), column: x.facts.column ?? '', names };
  return context.because(size, { key: 'why/classes', values }, []);
}
