/** Turns what is written for a setting into its value, by the setting's type; says what was expected where it does not fit. */
import type { CheckedValue, SettingType } from '../catalog/entry.ts';
import { constant, type Dim, known, order, printDim, unknown } from '../shapes/dim.ts';
import type { Expr, NameExpr } from '../syntax/tree.ts';
import { argValue } from './call.ts';
import { sizeOf } from './compile-time.ts';
import { type Frame, findLocal, once } from './frame.ts';
import type { GivenArg } from './layer.ts';
import { layersNamed } from './layers-named.ts';
import { complain, replaceFix } from './report.ts';
import {
  bareName,
  callSetting,
  markWord,
  metricName,
  nameList,
  type SettingSite,
  wordValue,
  wrongKind,
} from './setting-words.ts';
import { readTried } from './tune-values.ts';
import { numberIn, type Value } from './value.ts';

/** The value of a setting. Undefined: reported, or unknown; its default then stands in. */
export function settingValue(site: SettingSite, given: GivenArg): CheckedValue | undefined {
  if (site.def.type.kind === 'initialiser' || given.value) return oneValue(site, given);
  const { arg, frame } = given;
  return readTried(arg.value, frame, (value) =>
    oneValue(site, value === arg.value ? given : { arg: { ...arg, value }, frame }),
  );
}

function oneValue(site: SettingSite, given: GivenArg): CheckedValue | undefined {
  const expr = given.arg.value;
  const { type } = site.def;
  const bare = bareName(expr, given.frame);
  if (bare !== undefined && bare.text === 'none' && site.def.default === null) {
    markWord(site, bare, given.frame);
    return null;
  }
  switch (type.kind) {
    case 'word':
      return wordValue(site, type.words, given);
    case 'activation':
      return callSetting(site, 'model', given, bare);
    case 'initialiser':
      return callSetting(site, 'initialiser', given, bare);
    case 'rate':
      return rateValue(site, given, bare);
    case 'metric':
      return metricName(site, expr, given.frame);
    case 'layers':
      return layersNamed(site, given);
    case 'padding':
      if (bare) return wordValue(site, type.count === 1 ? ['valid', 'same', 'causal'] : ['valid', 'same'], given);
      break;
    case 'literal':
      if (bare) return bare.text;
      break;
    case 'names':
      return nameList(site, given);
    default:
      break;
  }
  if (bare && (type.kind === 'integer' || type.kind === 'number' || type.kind === 'flag')) {
    // A name that is no local: an unknown name or a layer; evaluating it reports which.
    return wrongKind(site, given, argValue(given));
  }
  return plainValue(site, type, argValue(given), given);
}

function plainValue(site: SettingSite, type: SettingType, value: Value, given: GivenArg): CheckedValue | undefined {
  const at = given.arg.value;
  const { frame } = given;
  if (value.kind === 'unknown') return undefined;
  if (value.kind === 'word' && value.text === 'none' && site.def.default === null) return null;
  switch (type.kind) {
    case 'integer': {
      if (value.kind !== 'size' && value.kind !== 'number') return wrongKind(site, given, value);
      const dim = sizeOf(value, at, frame);
      return dim && inRange(site, type, dim, at, frame) ? dim : undefined;
    }
    case 'number': {
      if (value.kind !== 'size' && value.kind !== 'number') return wrongKind(site, given, value);
      const number = numberIn(value);
      if (number === undefined) return value.kind === 'size' ? value.dim : unknown;
      return numberInRange(site, type, number, at, frame) ? number : undefined;
    }
    case 'flag':
      if (value.kind !== 'flag') return wrongKind(site, given, value);
      return value.value;
    case 'text':
      if (value.kind !== 'text') return wrongKind(site, given, value);
      return value.value;
    case 'pair':
      return axes(site, value, type.count, given, (item) => minimum(site, item, type.min, given));
    case 'padding':
      return paddingValue(site, value, type.count, given);
    case 'axis': {
      if (!type.many || (value.kind !== 'list' && value.kind !== 'tuple')) return whole(site, value, given);
      return every(items(value), (item) => whole(site, item, given));
    }
    case 'shape': {
      if (type.single && value.kind === 'size') return [value.dim];
      if (value.kind !== 'list' && value.kind !== 'tuple') return wrongKind(site, given, value);
      return every(items(value), (item) => whole(site, item, given));
    }
    case 'numbers': {
      if (value.kind !== 'list' && value.kind !== 'tuple') return wrongKind(site, given, value);
      return every(items(value), (item) => numeric(site, item, given));
    }
    case 'range': {
      if (value.kind !== 'range') return wrongKind(site, given, value);
      return every([value.from, value.to], (item) => numeric(site, item, given));
    }
    case 'literal':
      return literal(value) ?? wrongKind(site, given, value);
    case 'names':
    case 'word':
    case 'items':
    case 'activation':
    case 'initialiser':
    case 'rate':
    case 'metric':
    case 'layers':
      return wrongKind(site, given, value);
  }
}

function literal(value: Value): CheckedValue | undefined {
  switch (value.kind) {
    case 'size':
      return value.dim;
    case 'number':
    case 'flag':
    case 'text':
      return value.value;
    case 'word':
      return value.text;
    case 'list': {
      const list = value.items.map(literal);
      return list.every((item) => item !== undefined) ? list : undefined;
    }
    default:
      return undefined;
  }
}

function items(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items;
  return value.kind === 'tuple' ? value.items.map((item) => item.value) : [value];
}

function every(values: readonly Value[], read: (value: Value) => CheckedValue | undefined): CheckedValue | undefined {
  const result: CheckedValue[] = [];
  for (const value of values) {
    const read1 = read(value);
    if (read1 === undefined) return undefined;
    result.push(read1);
  }
  return result;
}

function whole(site: SettingSite, value: Value, given: GivenArg): Dim | undefined {
  if (value.kind === 'unknown') return undefined;
  if (value.kind !== 'size' && value.kind !== 'number') {
    wrongKind(site, given, value);
    return undefined;
  }
  return sizeOf(value, given.arg.value, given.frame);
}

function numeric(site: SettingSite, value: Value, given: GivenArg): CheckedValue | undefined {
  if (value.kind === 'size' || value.kind === 'number') {
    return numberIn(value) ?? (value.kind === 'size' ? value.dim : unknown);
  }
  return value.kind === 'unknown' ? undefined : wrongKind(site, given, value);
}

function minimum(site: SettingSite, value: Value, min: number, given: GivenArg): Dim | undefined {
  const dim = whole(site, value, given);
  return dim && inRange(site, { kind: 'integer', min }, dim, given.arg.value, given.frame) ? dim : undefined;
}

/** One value for all axes, or one for each. The rule always gets one for each. */
function axes(
  site: SettingSite,
  value: Value,
  count: number,
  given: GivenArg,
  read: (value: Value) => CheckedValue | undefined,
): CheckedValue | undefined {
  const list = items(value);
  if (value.kind === 'list' || value.kind === 'tuple') {
    if (list.length === count) return every(list, read);
    complain(given.frame, given.arg.value, 'argument/axes', { setting: site.name, count, given: list.length });
    return undefined;
  }
  const one = read(value);
  return one === undefined ? undefined : Array.from({ length: count }, () => one);
}

function paddingValue(site: SettingSite, value: Value, count: number, given: GivenArg): CheckedValue | undefined {
  if (value.kind === 'word' || value.kind === 'text') {
    if (value.kind === 'text') return wrongKind(site, given, value);
    return wordValue(site, count === 1 ? ['valid', 'same', 'causal'] : ['valid', 'same'], given);
  }
  const sides = (item: Value): CheckedValue | undefined =>
    item.kind === 'tuple' || item.kind === 'list'
      ? axes(site, item, 2, given, (side) => minimum(site, side, 0, given))
      : minimum(site, item, 0, given);
  return axes(site, value, count, given, sides);
}

// ---- ranges

function inRange(
  site: SettingSite,
  type: { readonly min?: number; readonly max?: number; readonly kind: 'integer' },
  dim: Dim,
  at: Expr,
  frame: Frame,
): boolean {
  if (type.min !== undefined && order(dim, known(type.min)) === 'less') {
    if (at.kind === 'name' && !once(frame, `range ${at.text}`)) return false;
    complain(frame, at, 'argument/range.min', { setting: site.name, value: printDim(dim), min: type.min });
    return false;
  }
  const value = constant(dim);
  if (type.max !== undefined && value !== undefined && value > type.max) {
    complain(frame, at, 'argument/range.max', { setting: site.name, value, max: type.max });
    return false;
  }
  return true;
}

function numberInRange(
  site: SettingSite,
  type: Extract<SettingType, { kind: 'number' }>,
  value: number,
  at: Expr,
  frame: Frame,
): boolean {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, open } = type;
  const low = open === 'min' || open === 'both' ? value > min : value >= min;
  const high = open === 'max' || open === 'both' ? value < max : value <= max;
  if (low && high) return true;
  // A share written in per cent.
  const share = max === 1 && value > 1 && value < 100 && at.kind === 'number' ? String(value / 100) : undefined;
  const negative = value < 0 && -value > Math.max(min, 0) && -value < max && at.kind === 'unary' ? at.value : undefined;
  const positive = negative && frame.chunk.text.slice(negative.start, negative.end);
  const fixes =
    share !== undefined
      ? [replaceFix(frame, 'argument/range/share', at, share)]
      : positive !== undefined
        ? [replaceFix(frame, 'argument/range/positive', at, positive)]
        : [];
  complain(frame, at, 'argument/range', { setting: site.name, value, range: rangeText(type) }, fixes);
  return false;
}

function rangeText({ min, max, open }: Extract<SettingType, { kind: 'number' }>): string {
  const above = open === 'min' || open === 'both' ? 'above' : 'at least';
  const below = open === 'max' || open === 'both' ? 'below' : 'at most';
  return [min === undefined ? [] : [`${above} ${min}`], max === undefined ? [] : [`${below} ${max}`]]
    .flat()
    .join(' and ');
}

/** A number, or a schedule by name or call. */
function rateValue(site: SettingSite, given: GivenArg, bare: NameExpr | undefined): CheckedValue | undefined {
  const expr = given.arg.value;
  const isCall = expr.kind === 'call' && expr.callee.kind === 'name' && !findLocal(given.frame.scope, expr.callee.text);
  if (bare || isCall) return callSetting(site, 'schedule', given, bare);
  const value = argValue(given);
  return plainValue(site, { kind: 'number', min: 0, open: 'min' }, value, given);
}
