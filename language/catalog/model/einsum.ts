/** Sums of products by the letters of axes. */
import { wordOf } from '../checked.ts';
import { model } from '../define.ts';
import { values, wordAt } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { readEquation, summed, summedShape } from '../rules/einsum.ts';
import { made, needFloat, typesOf } from '../rules/types.ts';
import { text } from '../settings.ts';

export const einsum = model('einsum', {
  doc: 'Multiplies values and sums the products, as an equation of letters says: those between commas are the axes of each value, those behind `->` the axes of the result; letters that are missing there are summed over. The examples of a batch are no axis.',
  source: 'NumPy `einsum`, with the result always written',
  examples: [
    'einsum("ij,kj->ik", sequence, sequence)',
    'einsum("i,j->ij", features, features)',
    'sequence -> einsum("ij->j")',
  ],
  inputs: [{ name: 'x', doc: 'The values, in the order of the equation.', dtype: 'float32', many: 1 }],
  settings: { equation: text('The letters: `"ij,jk->ik"` is a matrix product.') },
  result(inputs, settings) {
    const types = typesOf(inputs);
    for (const type of types) {
      const refused = needFloat('einsum', type);
      if (refused) return refused;
    }
    const written = wordOf(settings, 'equation');
    if (written === undefined) return [made('float32', undefined, types)];
    const equation = readEquation(written);
    if (isRefusal(equation)) return equation;
    const shape = summedShape(equation, types);
    return isRefusal(shape) ? shape : [made('float32', shape, types)];
  },
  lower(b, inputs, _weights, settings) {
    const equation = readEquation(wordAt(settings, 'equation'));
    if (isRefusal(equation)) throw new Error('The plan has an equation that no rule accepts.');
    return summed(
      b,
      equation,
      values(inputs).map((x) => b.cast(x, 'float32')),
    );
  },
});
