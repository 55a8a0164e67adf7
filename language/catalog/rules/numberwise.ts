/** Transforms of data that turn each number into another on its own, whole numbers included: `log`, `sqrt`, `round` … */
import { transform } from '../define.ts';
import type { TransformEntry } from '../entry.ts';
import { facts } from './columns.ts';
import { made, needNumber, typeOf } from './types.ts';

interface Numberwise {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  /** `decimal`: always; `whole`: always; `same`: as what comes in. */
  readonly gives: 'decimal' | 'whole' | 'same';
}

export function numberwise(name: string, { gives, ...texts }: Numberwise): TransformEntry {
  return transform(name, {
    ...texts,
    inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
    settings: {},
    fitted: false,
    result(inputs) {
      const x = typeOf(inputs, 'x');
      const refused = needNumber(name, x);
      if (refused) return refused;
      const same = x.dtype === undefined || x.dtype === 'float32' ? x.dtype : 'int32';
      const dtype = gives === 'decimal' ? 'float32' : gives === 'whole' ? 'int32' : same;
      return [made(dtype, x.shape, [x], facts(x.facts, 'padded', 'unsized'))];
    },
  });
}
