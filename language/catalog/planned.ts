/**
 * Reads an entry's settings and inputs while it is lowered: everything is a number now. A value of the wrong kind cannot
 * come out of the checker, so each reader throws a plain error that names the entry's setting.
 */
import type { Call, Settings, SettingValue } from '../plan/plan.ts';
import type { Value } from './builder.ts';
import type { LoweredInputs } from './entry.ts';

/** The value of an input that must be there. */
export function input(inputs: LoweredInputs, name: string): Value {
  const value = inputs[name];
  if (value === undefined || Array.isArray(value)) throw new Error(`The plan lacks the input \`${name}\`.`);
  return value;
}

/** The value of an input that may be left out. */
export function optional(inputs: LoweredInputs, name: string): Value | undefined {
  return inputs[name] === undefined ? undefined : input(inputs, name);
}

/** The values of an input that takes any number of them. */
export function values(inputs: LoweredInputs): readonly Value[] {
  if (inputs.list === undefined) throw new Error('The plan lacks the list of inputs.');
  return inputs.list;
}

/** A weight that must be there. */
export function weight(weights: Readonly<Record<string, Value>>, name: string): Value {
  const value = weights[name];
  if (value === undefined) throw new Error(`The plan lacks the weight \`${name}\`.`);
  return value;
}

export function num(settings: Settings, name: string): number {
  const value = settings[name];
  if (typeof value !== 'number') throw wrong(name, 'a number', value);
  return value;
}

/** A number, or undefined for `none`. */
export function maybeNum(settings: Settings, name: string): number | undefined {
  return settings[name] === null || settings[name] === undefined ? undefined : num(settings, name);
}

export function flagged(settings: Settings, name: string): boolean {
  return settings[name] === true;
}

export function wordAt(settings: Settings, name: string): string {
  const value = settings[name];
  if (typeof value !== 'string') throw wrong(name, 'a word', value);
  return value;
}

/** The words that stood in place of an input's value. */
export function wordsAt(settings: Settings, name: string): readonly string[] {
  const value = settings[name];
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A list of numbers; a number alone is a list of one. */
export function nums(settings: Settings, name: string): readonly number[] {
  const value = settings[name];
  const items = isList(value) ? value : [value];
  return items.map((item) => {
    if (typeof item !== 'number') throw wrong(name, 'numbers', value);
    return item;
  });
}

/** A list of numbers, or undefined for `none`. */
export function maybeNums(settings: Settings, name: string): readonly number[] | undefined {
  return settings[name] === null || settings[name] === undefined ? undefined : nums(settings, name);
}

/** One number for each of two axes, whether one number or two were given. */
export function two(settings: Settings, name: string): readonly [number, number] {
  const [first = 0, second = first] = nums(settings, name);
  return [first, second];
}

/** One number for each of `count` axes, whether one number or as many were given. */
export function spans(settings: Settings, name: string, count: number): readonly number[] {
  const given = nums(settings, name);
  return given.length === 1 ? new Array<number>(count).fill(given[0] ?? 0) : given;
}

/** The same, or undefined for `none`. */
export function maybeSpans(settings: Settings, name: string, count: number): readonly number[] | undefined {
  return settings[name] === null || settings[name] === undefined ? undefined : spans(settings, name, count);
}

/** Two of them, or undefined for `none`. */
export function maybeTwo(settings: Settings, name: string): readonly [number, number] | undefined {
  return settings[name] === null || settings[name] === undefined ? undefined : two(settings, name);
}

/** An activation, or null for none. */
export function called(settings: Settings, name: string): Call | null {
  const value = settings[name];
  if (value === null || value === undefined) return null;
  if (!isCall(value)) throw wrong(name, 'an activation', value);
  return value;
}

export function isList(value: SettingValue | undefined): value is readonly SettingValue[] {
  return Array.isArray(value);
}

export function isCall(value: SettingValue | undefined): value is Call {
  return typeof value === 'object' && value !== null && !isList(value);
}

function wrong(name: string, expected: string, value: SettingValue | undefined): Error {
  return new Error(`The plan's setting \`${name}\` should be ${expected}, but is ${JSON.stringify(value)}.`);
}
