/**
 * What stands between the brackets of `x[…]`: the setting `items` of `model/index`, one item for each part between commas.
 *
 * - A place is a size (a `Dim` when checked, a number in the plan): `x[0]`, `x[-1]`, `x[T - 1]`. Its axis goes away.
 *   Negative numbers count from the end; a symbolic size counts from the front.
 * - A range is the list `[from, to, by]`: `x[1..]` is `[1, null, 1]`, `x[..-1]` is `[null, -1, 1]`, `x[..]` is
 *   `[null, null, 1]`, `x[.. by 2]` is `[null, null, 2]`. The end is exclusive; negative ends count from the end; `null` is
 *   the end of the axis.
 * - `...` is the word `'...'`: the axes that no other item is for, whole. It may stand once.
 *
 * Axes behind the last item are whole.
 */

import type { SettingValue } from '../../plan/plan.ts';
import { add, constant, type Dim, floorDivide, known, order, printDim, subtract, unknown } from '../../shapes/dim.ts';
import { printShape } from '../../shapes/type.ts';
import { asDim, isList as isCheckedList } from '../checked.ts';
import type { CheckedValue, Refusal, RuleContext } from '../entry.ts';
import { isList } from '../planned.ts';
import { atCall, isRefusal, refuse } from '../refuse.ts';

/** The shape after the items took their places and ranges. */
export function indexedShape(
  context: RuleContext,
  shape: readonly Dim[],
  items: readonly CheckedValue[],
): readonly Dim[] | Refusal {
  const spread = spreadItems<CheckedValue>(items, shape.length, '...');
  if (spread === 'rest twice') return refuse('shape/index', {}, { variant: 'rest', at: atCall });
  if (spread === 'too many') {
    const count = items.filter((item) => item !== '...').length;
    const values = { count, shape: printShape(shape), axes: shape.length };
    return refuse('shape/index', values, { variant: 'many', at: atCall, blame: shape });
  }
  const result: Dim[] = [];
  for (const [axis, size] of shape.entries()) {
    const item = spread[axis];
    if (item === undefined) result.push(size);
    else if (isCheckedList(item)) {
      const length = rangeSize(context, size, item, axis);
      if (isRefusal(length)) return length;
      result.push(length);
    } else {
      const refused = refusePlace(size, asDim(item), axis);
      if (refused) return refused;
    }
  }
  return result;
}

/** One item for each axis (undefined: whole), with `...` written out. */
function spreadItems<T>(
  items: readonly T[],
  rank: number,
  rest: T,
): readonly (T | undefined)[] | 'rest twice' | 'too many' {
  const at = items.indexOf(rest);
  const others = items.filter((item) => item !== rest);
  if (items.length - others.length > 1) return 'rest twice';
  if (others.length > rank) return 'too many';
  const whole: undefined[] = Array.from({ length: rank - others.length });
  return at < 0 ? [...others, ...whole] : [...others.slice(0, at), ...whole, ...others.slice(at)];
}

function refusePlace(size: Dim, place: Dim | undefined, axis: number): Refusal | undefined {
  if (!place) return undefined;
  const number = constant(place);
  const beyond = number !== undefined && number < 0 ? order(add(size, place), known(0)) : order(place, size);
  const outside = number !== undefined && number < 0 ? beyond === 'less' : beyond === 'equal' || beyond === 'greater';
  if (!outside) return undefined;
  const values = { index: printDim(place), axis, size: printDim(size), last: printDim(subtract(size, known(1))) };
  return refuse('shape/index', values, { at: atCall, blame: [size] });
}

function rangeSize(context: RuleContext, size: Dim, item: readonly CheckedValue[], axis: number): Dim | Refusal {
  const [from, to, by = 1] = item;
  const start = fromEnd(size, asDim(from) ?? (from === null ? known(0) : unknown));
  const end = fromEnd(size, asDim(to) ?? (to === null ? size : unknown));
  const values = { from: printDim(start), to: printDim(end), axis, size: printDim(size) };
  if (order(end, size) === 'greater' || order(start, known(0)) === 'less' || isEmpty(start, end)) {
    return refuse('shape/index', values, { variant: 'range', at: atCall, blame: [size] });
  }
  const step = asDim(by) ?? unknown;
  const length = floorDivide(add(subtract(end, start), subtract(step, known(1))), step);
  if (printDim(length) === printDim(size)) return size;
  const reason = { key: 'why/range', values: { ...values, size: printDim(length) } };
  return context.because(length, reason, [size]);
}

function isEmpty(start: Dim, end: Dim): boolean {
  const found = order(start, end);
  return found === 'equal' || found === 'greater';
}

/** Negative numbers count from the end. */
function fromEnd(size: Dim, place: Dim): Dim {
  const number = constant(place);
  return number !== undefined && number < 0 ? add(size, place) : place;
}

/** The ranges of a plan, one for each axis, and which axes go away. */
export function plannedRanges(
  items: SettingValue | undefined,
  shape: readonly number[],
): { readonly ranges: readonly (readonly [number, number, number])[]; readonly dropped: readonly number[] } {
  const spread = spreadItems<SettingValue>(isList(items) ? items : [], shape.length, '...');
  if (typeof spread === 'string') throw new Error(`The plan's brackets do not fit the shape [${shape.join(', ')}].`);
  const dropped: number[] = [];
  const ranges = shape.map((size, axis): readonly [number, number, number] => {
    const item = spread[axis];
    if (item === undefined) return [0, size, 1];
    const place = (value: SettingValue | undefined, otherwise: number): number => {
      if (typeof value !== 'number') return otherwise;
      return value < 0 ? value + size : value;
    };
    if (isList(item)) return [place(item[0], 0), place(item[1], size), typeof item[2] === 'number' ? item[2] : 1];
    dropped.push(axis);
    const start = place(item, 0);
    return [start, start + 1, 1];
  });
  return { ranges, dropped };
}
