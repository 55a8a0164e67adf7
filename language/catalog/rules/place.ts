/** `argmax` and `argmin`: where the largest or smallest number stands. */
import { flagOf } from '../checked.ts';
import { model } from '../define.ts';
import type { OperationEntry } from '../entry.ts';
import { flagged, input, maybeNum } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { axis, flag } from '../settings.ts';
import { axesIn, axisAt } from './axis.ts';
import { reducedShape } from './reduction.ts';
import { made, needNumber, typeOf } from './types.ts';

export function placeOf(name: 'argmax' | 'argmin', extreme: string): OperationEntry {
  return model(name, {
    doc: `Where the ${extreme} number stands along an axis (the first of equal ones), as a whole number; without an axis, its place among all numbers in a row.`,
    source: `NumPy \`${name}\``,
    examples: [`features -> ${name}`, `sequence -> ${name}(axis: -1)`],
    inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
    settings: {
      axis: axis('Along which axis; all in a row unless said.', { default: null, named: true }),
      keep: flag('Keeps the axis with size 1.', false),
    },
    result(inputs, settings) {
      const x = typeOf(inputs, 'x');
      const refused = needNumber(name, x);
      if (refused) return refused;
      const over = axesIn(name, x, settings);
      if (isRefusal(over)) return over;
      if (!over || !x.shape) return [made('int32', undefined, [x])];
      return [made('int32', reducedShape(x.shape, over, flagOf(settings, 'keep')), [x])];
    },
    lower(b, inputs, _weights, settings) {
      const x = input(inputs, 'x');
      const signed = name === 'argmax' ? x : b.unary('negate', x);
      const given = maybeNum(settings, 'axis');
      const rank = x.shape.length;
      const flat = given === undefined ? b.reshape(signed, [x.shape.reduce((a, c) => a * c, 1)]) : signed;
      const along = given === undefined ? 0 : axisAt(given, rank);
      const found = b.argmax(flat, along);
      if (!flagged(settings, 'keep')) return found;
      const all = given === undefined;
      return b.reshape(
        found,
        x.shape.map((size, index) => (all || index === along ? 1 : size)),
      );
    },
  });
}
