/** Something for empty cells. */
import { constant, unknown } from '../../shapes/dim.ts';
import { asDim } from '../checked.ts';
import { transform } from '../define.ts';
import type { CheckedValue } from '../entry.ts';
import { atSetting, refuse, remark } from '../refuse.ts';
import { filled } from '../rules/columns.ts';
import { made, typeOf } from '../rules/types.ts';
import { literal } from '../settings.ts';

const LEARNED: readonly string[] = ['mean', 'median', 'mode'];

export const fill = transform('fill', {
  doc: 'Puts a value into empty cells: the one given, or the `mean`, `median` or `mode` (the most frequent value) of the training part.',
  source: 'pandas `DataFrame.fillna`; scikit-learn `SimpleImputer`',
  examples: ['age -> fill(median)', 'rooms -> fill(0)', 'ocean -> fill("unknown")'],
  inputs: [{ name: 'x', doc: 'A column with empty cells.', dtype: 'any' }],
  settings: { value: literal('A number or a text, or one of the words `mean`, `median`, `mode`.', {}) },
  fitted: true,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const { value } = settings;
    const at = atSetting('value');
    const isText = x.dtype === 'string';
    if (typeof value === 'string' && LEARNED.includes(value) && isText && value !== 'mode') {
      return refuse('data/fill', { value }, { variant: 'text', at });
    }
    const isNumber = typeof value === 'number' || (typeof value === 'object' && value !== null && 'size' in value);
    if (isText && isNumber) return refuse('data/fill', {}, { variant: 'number', at });
    if (!isText && x.dtype !== undefined && typeof value === 'string' && !LEARNED.includes(value)) {
      return refuse('data/fill', { value }, { variant: 'word', at });
    }
    if (!isText && x.facts.missing === undefined && x.facts.classes?.whole) {
      context.remark(remark('hint', 'data/nothing-to-fill', { column: x.facts.column ?? '' }));
    }
    const isWhole = x.facts.missing?.whole === true && (value === 'mode' || wholeNumber(value));
    return [made(isWhole ? 'int32' : x.dtype, x.shape, [x], filled(x))];
  },
});

function wholeNumber(value: CheckedValue | undefined): boolean {
  return Number.isInteger(typeof value === 'number' ? value : constant(asDim(value) ?? unknown));
}
