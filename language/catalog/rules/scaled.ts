/** What is known of numbers after `scale`, and the warning where they were brought to a small range before. */
import { type Facts, noFacts } from '../../shapes/type.ts';
import { numbersOf } from '../checked.ts';
import type { CheckedSettings, FixIdea, RuleContext } from '../entry.ts';
import { remark } from '../refuse.ts';
import { numbersIn } from './facts.ts';

/** Facts of the result of `scale(from, to)`; warns where the numbers lie in a small part of `from` already. */
export function scaled(callee: string, facts: Facts, settings: CheckedSettings, context: RuleContext): Facts {
  const [from, to] = [rangeIn(settings, 'from'), rangeIn(settings, 'to')];
  if (!from || !to) return noFacts;
  warnTwice(callee, facts, from, context);
  const range = numbersIn(facts);
  if (!range) return noFacts;
  const [a, b] = from;
  const [c, d] = to;
  const ends = range.map((x) => c + ((x - a) / (b - a)) * (d - c));
  return { values: [Math.min(...ends), Math.max(...ends)] };
}

/** A hundredth of the range that is expected: pixels 0 to 255 that are 0 to 1 already. */
const PART = 0.01;

function warnTwice(callee: string, facts: Facts, from: readonly [number, number], context: RuleContext): void {
  const [low, high] = numbersIn(facts) ?? [];
  const normalised = facts.normalised === true;
  if (low === undefined || high === undefined) {
    if (normalised)
      context.remark(
        remark('warning', 'data/scaled-twice', { callee }, { variant: 'normalised', fixes: [leaveOut(callee)] }),
      );
    return;
  }
  const span = from[1] - from[0];
  if (high <= low || span <= 0 || high - low > span * PART) return;
  const values = { callee, low, high, from: from[0], to: from[1] };
  context.remark(remark('warning', 'data/scaled-twice', values, { fixes: [leaveOut(callee)] }));
}

function leaveOut(stage: string): FixIdea {
  return { kind: 'remove', id: 'data/scaled-twice/remove', title: { key: 'fix/remove-stage', values: { stage } } };
}

function rangeIn(settings: CheckedSettings, name: string): readonly [number, number] | undefined {
  const range = numbersOf(settings, name);
  const [low, high] = range === 'none' || range === undefined ? [] : range;
  return low === undefined || high === undefined || low === high ? undefined : [low, high];
}
