/** The refactorings that a selection allows. What a result computes is the same: counts and shapes do not change. */
import type { CheckedFile } from '../../check/checked.ts';
import type { Locale } from '../../messages/table.ts';
import type { Known } from '../hover.ts';
import { tellIn } from '../tell.ts';
import { type Refactoring, selectedIn } from './context.ts';
import { extractBlock } from './extract.ts';
import { inlineBlock } from './inline.ts';
import { extractParameter, nameShape, unrollRepeat } from './rewrite.ts';

export function refactorings(
  file: CheckedFile,
  start: number,
  end: number,
  known: Known,
  locale: Locale = 'en',
): readonly Refactoring[] {
  const selected = selectedIn(file, start, end, tellIn(locale));
  if (selected === undefined) return [];
  return [
    ...extractBlock(selected),
    ...inlineBlock(selected, known),
    ...extractParameter(selected),
    ...nameShape(selected),
    ...unrollRepeat(selected),
  ];
}
