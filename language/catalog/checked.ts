/**
 * Reads an entry's settings while it is checked: sizes may still be symbolic. A value of another kind than asked for is
 * either unknown (an error was already reported there) or a mistake in the entry; both read as "not known".
 */
import { constant, type Dim, known, unknown } from '../shapes/dim.ts';
import type { CheckedCall, CheckedSettings, CheckedValue } from './entry.ts';

/** A whole number or size; unknown where it is none. */
export function dimOf(settings: CheckedSettings, name: string): Dim {
  return asDim(settings[name]) ?? unknown;
}

/** True where a setting was left out or is `none`. */
export function isNone(settings: CheckedSettings, name: string): boolean {
  return settings[name] === null || settings[name] === undefined;
}

/** One size for each of `count` axes, whether one number or a list was given. */
export function dimsOf(settings: CheckedSettings, name: string, count: number): readonly Dim[] {
  const value = settings[name];
  if (!isList(value)) return Array.from({ length: count }, () => asDim(value) ?? unknown);
  return Array.from({ length: count }, (_, index) => asDim(value[index]) ?? unknown);
}

/** A list of sizes of any length; a size alone is a list of one. Undefined where it is neither. */
export function shapeOf(settings: CheckedSettings, name: string): readonly Dim[] | undefined {
  const value = settings[name];
  if (isList(value)) return value.map((item) => asDim(item) ?? unknown);
  const size = asDim(value);
  return size && [size];
}

export function flagOf(settings: CheckedSettings, name: string): boolean {
  return settings[name] === true;
}

export function wordOf(settings: CheckedSettings, name: string): string | undefined {
  const value = settings[name];
  return typeof value === 'string' ? value : undefined;
}

/** The words that stood in place of an input's value. */
export function wordsOf(settings: CheckedSettings, name: string): readonly string[] {
  const value = settings[name];
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A plain number, or undefined where it is symbolic. */
export function numberOf(settings: CheckedSettings, name: string): number | undefined {
  return asNumber(settings[name]);
}

/** Plain numbers: `none` where the setting is none, undefined where one of them is symbolic. */
export function numbersOf(settings: CheckedSettings, name: string): readonly number[] | 'none' | undefined {
  const value = settings[name];
  if (value === null || value === undefined) return 'none';
  const items = (isList(value) ? value : [value]).map(asNumber);
  return items.every((item) => item !== undefined) ? items : undefined;
}

/** An activation or initialiser; undefined for none. */
export function callOf(settings: CheckedSettings, name: string): CheckedCall | undefined {
  const value = settings[name];
  return isCall(value) ? value : undefined;
}

/** `valid`, `same`, `causal`, or the cells before and after each axis. */
export type CheckedPadding = string | readonly (readonly [Dim, Dim])[];

export function paddingOf(settings: CheckedSettings, name: string, count: number): CheckedPadding {
  const value = settings[name];
  if (typeof value === 'string') return value;
  const sides = (item: CheckedValue | undefined): readonly [Dim, Dim] =>
    isList(item)
      ? [asDim(item[0]) ?? unknown, asDim(item[1]) ?? unknown]
      : [asDim(item) ?? unknown, asDim(item) ?? unknown];
  return Array.from({ length: count }, (_, index) => sides(isList(value) ? value[index] : value));
}

export function isList(value: CheckedValue | undefined): value is readonly CheckedValue[] {
  return Array.isArray(value);
}

export function isDim(value: CheckedValue | undefined): value is Dim {
  return typeof value === 'object' && value !== null && !isList(value) && 'why' in value;
}

export function isCall(value: CheckedValue | undefined): value is CheckedCall {
  return typeof value === 'object' && value !== null && !isList(value) && 'call' in value;
}

export function asDim(value: CheckedValue | undefined): Dim | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return known(value);
  return isDim(value) ? value : undefined;
}

function asNumber(value: CheckedValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return isDim(value) ? constant(value) : undefined;
}
