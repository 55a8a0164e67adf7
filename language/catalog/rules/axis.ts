/** Axis numbers: negative ones count from the end, wrong ones are refused with what there is. */
import type { Dim } from '../../shapes/dim.ts';
import { printShape, type TensorType } from '../../shapes/type.ts';
import { numbersOf } from '../checked.ts';
import type { CheckedSettings, Refusal } from '../entry.ts';
import { atSetting, isRefusal, refuse } from '../refuse.ts';

/** The axis that `number` means among `rank`, or undefined where there is no such axis. */
export function normalAxis(number: number, rank: number): number | undefined {
  const axis = number < 0 ? number + rank : number;
  return Number.isInteger(axis) && axis >= 0 && axis < rank ? axis : undefined;
}

/**
 * The axes that a setting names, sorted; every axis where it is `none`. Undefined where the shape or an axis is not known.
 * `extra` is 1 where a new axis is to be made, so that its number may be the rank itself.
 */
export function axesIn(
  callee: string,
  type: TensorType,
  settings: CheckedSettings,
  name = 'axis',
  extra = 0,
): readonly number[] | Refusal | undefined {
  const given = numbersOf(settings, name);
  if (!type.shape || given === undefined) return undefined;
  const rank = type.shape.length + extra;
  if (given === 'none') return Array.from({ length: rank }, (_, axis) => axis);
  const axes: number[] = [];
  for (const number of given) {
    const axis = normalAxis(number, rank);
    if (axis === undefined) return noSuchAxis(callee, number, type.shape, rank, name);
    if (axes.includes(axis)) {
      return refuse('shape/axis', { callee, axis: number }, { variant: 'twice', at: atSetting(name) });
    }
    axes.push(axis);
  }
  return [...axes].sort((a, b) => a - b);
}

/** One axis; see `axesIn`. */
export function axisIn(
  callee: string,
  type: TensorType,
  settings: CheckedSettings,
  name = 'axis',
  extra = 0,
): number | Refusal | undefined {
  const axes = axesIn(callee, type, settings, name, extra);
  return axes === undefined || isRefusal(axes) ? axes : axes[0];
}

/** The same in a plan, where every axis is known to be right. */
export function axisAt(number: number, rank: number): number {
  return number < 0 ? number + rank : number;
}

/** Axes of a plan; all of them for `none`. */
export function axesAt(numbers: readonly number[] | undefined, rank: number): readonly number[] {
  if (!numbers) return Array.from({ length: rank }, (_, axis) => axis);
  return numbers.map((number) => axisAt(number, rank)).sort((a, b) => a - b);
}

function noSuchAxis(callee: string, number: number, shape: readonly Dim[], rank: number, name: string): Refusal {
  const allowed = rank === 0 ? 'none' : rank === 1 ? '0 (or −1)' : `0 to ${rank - 1} (or −${rank} to −1)`;
  return refuse('shape/axis', { callee, axis: number, shape: printShape(shape), allowed }, { at: atSetting(name) });
}
