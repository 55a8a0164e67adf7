/** A part of a date. */
import { wordOf } from '../checked.ts';
import { transform } from '../define.ts';
import { needText } from '../rules/text.ts';
import { made, typeOf } from '../rules/types.ts';
import { word } from '../settings.ts';

/** The lowest and highest number of each part; undefined where there is none. */
const PARTS: Readonly<Record<string, readonly [number, number] | undefined>> = {
  year: undefined,
  month: [1, 12],
  day: [1, 31],
  weekday: [0, 6],
  dayOfYear: [1, 366],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
};

export const parseDate = transform('parseDate', {
  doc: 'Reads dates and times (`2024-05-17`, `2024-05-17 13:45`, `17.05.2024`, `05/17/2024`) and gives one part of them. A weekday counts from 0 for Monday.',
  source: 'ISO 8601; pandas `Series.dt`',
  examples: ['ocean -> parseDate(month)'],
  inputs: [{ name: 'x', doc: 'Texts that are dates.', dtype: 'any' }],
  settings: { part: word('Which part is wanted.', Object.keys(PARTS)) },
  fitted: false,
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needText('parseDate', x);
    if (refused) return refused;
    const range = PARTS[wordOf(settings, 'part') ?? ''];
    return [made('int32', x.shape, [x], range ? { range } : {})];
  },
});
