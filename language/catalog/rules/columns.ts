/** What transforms of data share: which facts of a column they keep, and what rows without a common size are. */
import { unknown } from '../../shapes/dim.ts';
import { type Facts, printShape, type TensorType } from '../../shapes/type.ts';
import { dimOf, isNone, numbersOf } from '../checked.ts';
import type { CheckedSettings, Refusal, RuleContext } from '../entry.ts';
import { refuse } from '../refuse.ts';
import { sized } from './sizes.ts';

/** Of these facts, those with these names. */
export function facts<K extends keyof Facts>(of: Facts, ...names: readonly K[]): Facts {
  return Object.fromEntries(names.flatMap((name) => (of[name] === undefined ? [] : [[name, of[name]]])));
}

/** Facts that stay true when single values are left out or put elsewhere, but none is changed. */
export function unchanged(of: Facts): Facts {
  return facts(of, 'range', 'values', 'normalised', 'indexedBy', 'padded', 'classes', 'unsized');
}

/** Facts of a column without its empty cells. Among texts the empty one counted as a value, which may be gone. */
export function filled(x: TensorType): Facts {
  const kept = unchanged(x.facts);
  if (x.dtype !== 'string') return kept;
  const { classes: _, ...rest } = kept;
  return rest;
}

/** The length that a setting gives to rows of many lengths, with the facts that follow; unknown without it. */
export function lengthOf(callee: string, settings: CheckedSettings, context: RuleContext) {
  if (isNone(settings, 'length')) return { length: unknown, facts: { unsized: callee } satisfies Facts };
  const length = sized(context, dimOf(settings, 'length'), 'length', callee);
  return { length, facts: { padded: true } satisfies Facts };
}

/** Two numbers of a range that is fully known. */
export function rangeOf(settings: CheckedSettings, name: string): readonly [number, number] | undefined {
  const range = numbersOf(settings, name);
  if (range === undefined || range === 'none') return undefined;
  const [low, high] = range;
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** Refuses what has fewer or more axes than a picture, with or without channels. */
export function needPicture(callee: string, x: TensorType): Refusal | undefined {
  if (!x.shape || x.shape.length === 2 || x.shape.length === 3) return undefined;
  return needAxes(callee, x, 'picture');
}

/** Refuses what is no sound: a single axis of samples. */
export function needSound(callee: string, x: TensorType): Refusal | undefined {
  if (!x.shape || x.shape.length === 1) return undefined;
  return needAxes(callee, x, 'sound');
}

/** The refusal of a shape of another form. */
export function needAxes(callee: string, x: TensorType, variant: string): Refusal {
  const axes = x.shape?.length ?? 0;
  const values = { callee, shape: printShape(x.shape), axes, plural: axes === 1 ? 'axis' : 'axes' };
  return refuse('shape/rank', values, { variant, blame: x.shape ?? [] });
}
