/** `min` and `max`: of one value along axes, or of several values number by number. */

import type { Value } from '../builder.ts';
import { model } from '../define.ts';
import type { OperationEntry } from '../entry.ts';
import { optional, values } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { alike, numberType } from './arithmetic.ts';
import { stretch } from './broadcasting.ts';
import { lowest, overOf, reduceChosen, reducedType, reductionSettings, whereInput } from './reduction.ts';
import { made, typesOf } from './types.ts';

export function extreme(
  name: 'min' | 'max',
  entry: { readonly doc: string; readonly source: string; readonly examples: readonly string[] },
): OperationEntry {
  const empty = name === 'max' ? lowest : -lowest;
  return model(name, {
    ...entry,
    inputs: [{ name: 'x', doc: 'One value, or several to compare.', dtype: 'number', many: 1 }, whereInput],
    settings: reductionSettings,
    result(inputs, settings, context) {
      const [first, ...others] = typesOf(inputs);
      if (!first) return [made(undefined, undefined, [])];
      if (others.length === 0) return reducedType(name, { takes: 'number' }, first, inputs, settings, context);
      let result = first;
      for (const other of others) {
        const dtype = numberType(name, result, other, context, false, ['x', 'x']);
        if (isRefusal(dtype)) return dtype;
        const stretched = stretch(name, result.shape, other.shape);
        if (isRefusal(stretched)) return stretched;
        result = made(dtype, stretched.shape, [result, other]);
      }
      return [result];
    },
    lower(b, inputs, _weights, settings) {
      const [first, ...others] = values(inputs);
      if (!first) throw new Error(`\`${name}\` has no values.`);
      if (others.length > 0) {
        return others.reduce((x: Value, y) => {
          const [left, right] = alike(b, x, y, false);
          return b.binary(name === 'max' ? 'maximum' : 'minimum', left, right);
        }, first);
      }
      return reduceChosen(b, name, first, overOf(b, first, { where: optional(inputs, 'where') }, settings), empty);
    },
  });
}
