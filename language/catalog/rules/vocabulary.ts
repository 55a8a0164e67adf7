/** What `Words` and `BytePairs` have in common: their settings, and the type of the numbers that they give. */
import type { TensorType } from '../../shapes/type.ts';
import { flagOf } from '../checked.ts';
import type { CheckedSettings, RuleContext, RuleInputs, RuleResult, SettingDef } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';
import { flag, integer } from '../settings.ts';
import { lengthOf } from './columns.ts';
import { needText } from './text.ts';
import { made, typeOf } from './types.ts';

/** Three special numbers, and a word or all bytes. */
export const LEAST_WORDS = 4;
export const LEAST_PAIRS = 259;

export function vocabularySettings(size: string, least: number): Readonly<Record<string, SettingDef>> {
  return {
    size: integer(size, { min: least }),
    length: integer('How many numbers each row gets: longer texts are cut off, shorter ones padded with 0.', {
      min: 1,
      default: null,
      named: true,
    }),
    start: flag('Puts a number of its own in front of each text.', false),
    end: flag('Puts a number of its own behind each text.', false),
  };
}

/** Whole numbers below `size`, one row of them for each text. */
export function tokensOf(
  callee: string,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
  size: number | undefined,
): RuleResult {
  const x = typeOf(inputs, 'x');
  const refused = needText(callee, x);
  if (refused) return refused;
  const least = leastSize(callee, settings);
  if (size !== undefined && size < least) {
    const values = { setting: 'size', min: least, value: size };
    return refuse('argument/range', values, { variant: 'min', at: atSetting('size') });
  }
  const { length, facts } = lengthOf(callee, settings, context);
  const indexedBy = vocabularyKey(callee, x, settings, size);
  const range = size === undefined ? {} : { range: [0, size - 1] as const };
  return [made('int32', x.shape && [...x.shape, length], [x], { ...range, ...indexedBy, ...facts })];
}

/** A start and an end take a number each. */
function leastSize(callee: string, settings: CheckedSettings): number {
  const ends = Number(flagOf(settings, 'start') === true) + Number(flagOf(settings, 'end') === true);
  return (callee === 'BytePairs' ? LEAST_PAIRS : LEAST_WORDS) + ends;
}

/** Two vocabularies of one column with the same settings are the same; the length of the rows does not matter. */
function vocabularyKey(callee: string, x: TensorType, settings: CheckedSettings, size: number | undefined) {
  if (x.facts.column === undefined || size === undefined) return {};
  const ends = `${flagOf(settings, 'start')} ${flagOf(settings, 'end')}`;
  return { indexedBy: `${callee} ${x.facts.column}, ${size}, ${ends}` };
}
