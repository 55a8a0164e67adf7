/**
 * Short ways to write the settings of an entry. Each gives one `SettingDef`: what the setting takes, its default, and what
 * it is for. A setting without a default is required; `named` ones stand after the `;` of the catalogue.
 */
import type { Call, SettingValue } from '../plan/plan.ts';
import type { SettingDef, SettingType } from './entry.ts';

interface Options<T extends SettingValue> {
  readonly default?: T;
  readonly named?: boolean;
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

function setting(type: SettingType, doc: string, options: Options<SettingValue>): SettingDef {
  return {
    type,
    doc,
    ...('default' in options ? { default: options.default } : {}),
    ...(options.named ? { named: true } : {}),
  };
}

/** A whole number or a size. */
export function integer(doc: string, options: Options<number | null> & Bounds = {}): SettingDef {
  return setting({ kind: 'integer', ...bounds(options) }, doc, options);
}

/** A decimal number. `open` leaves the bounds themselves out. */
export function number(
  doc: string,
  options: Options<number | null> & Bounds & { readonly open?: 'min' | 'max' | 'both' } = {},
): SettingDef {
  const open = options.open === undefined ? {} : { open: options.open };
  return setting({ kind: 'number', ...bounds(options), ...open }, doc, options);
}

/** `true` or `false`; always named, since a bare `true` says nothing. */
export function flag(doc: string, standard: boolean): SettingDef {
  return setting({ kind: 'flag' }, doc, { default: standard, named: true });
}

/** One of a few words. */
export function word(doc: string, words: readonly string[], options: Options<string | null> = {}): SettingDef {
  return setting({ kind: 'word', words }, doc, options);
}

/** A text in quotes. */
export function text(doc: string, options: Options<string | null> = {}): SettingDef {
  return setting({ kind: 'text' }, doc, options);
}

/** A number, or one for height and one for width. */
export function pair(doc: string, options: Options<number | null> & { readonly min: number }): SettingDef {
  return setting({ kind: 'pair', count: 2, min: options.min }, doc, options);
}

/** A number for the one axis of a sequence, or for all axes of an image or a volume. */
export function span(
  count: 1 | 2 | 3,
  doc: string,
  options: Options<number | null> & { readonly min: number },
): SettingDef {
  return setting({ kind: 'pair', count, min: options.min }, doc, options);
}

/** Cells around an image: `valid`, `same`, or how many; around a sequence also `causal`. */
export function padding(doc: string, count: 1 | 2 | 3 = 2): SettingDef {
  return setting({ kind: 'padding', count }, doc, { default: 'valid', named: true });
}

/** One axis, negative ones counted from the end. */
export function axis(doc: string, options: Options<number | null> = {}): SettingDef {
  return setting({ kind: 'axis', many: false }, doc, options);
}

/** One axis or a list of axes. */
export function axes(doc: string, options: Options<number | readonly number[] | null> = {}): SettingDef {
  return setting({ kind: 'axis', many: true }, doc, options);
}

/** A list of sizes; with `single`, one size alone will do. */
export function shape(doc: string, options: { readonly single?: true } = {}): SettingDef {
  return setting({ kind: 'shape', ...options }, doc, {});
}

/** A list of numbers. */
export function numbers(doc: string, options: Options<readonly number[] | null> = {}): SettingDef {
  return setting({ kind: 'numbers' }, doc, options);
}

/** `a..b`. */
export function range(doc: string, options: Options<readonly [number, number]> = {}): SettingDef {
  return setting({ kind: 'range' }, doc, options);
}

/** An activation by its name, `none` for none. */
export function activation(
  doc = 'What is applied to each number of the result.',
  options: Options<string | null> = { default: null },
): SettingDef {
  const standard = options.default;
  const value = typeof standard === 'string' ? { call: `model/${standard}`, settings: {} } : null;
  return setting({ kind: 'activation' }, doc, { ...options, default: value });
}

/** How the weights start; always named. */
export function initialiser(doc: string, standard: string | Call): SettingDef {
  const value = typeof standard === 'string' ? { call: `initialiser/${standard}`, settings: {} } : standard;
  return setting({ kind: 'initialiser' }, doc, { default: value, named: true });
}

/** A learning rate: a number or a schedule. */
export function rate(doc: string, standard: number): SettingDef {
  return setting({ kind: 'rate' }, doc, { default: standard });
}

/** The name of a metric; always named. */
export function metricNamed(doc: string, standard: string): SettingDef {
  return setting({ kind: 'metric' }, doc, { default: standard, named: true });
}

/** Layers of the model, or classes of them; always named. */
export function layers(doc: string): SettingDef {
  return setting({ kind: 'layers' }, doc, { default: null, named: true });
}

/** Names or texts in a list; always named. */
export function names(doc: string): SettingDef {
  return setting({ kind: 'names' }, doc, { default: null, named: true });
}

/** Any literal: a number, a text, a word. */
export function literal(doc: string, options: Options<SettingValue>): SettingDef {
  return setting({ kind: 'literal' }, doc, options);
}

function bounds(options: Bounds): Bounds {
  return {
    ...(options.min === undefined ? {} : { min: options.min }),
    ...(options.max === undefined ? {} : { max: options.max }),
  };
}
