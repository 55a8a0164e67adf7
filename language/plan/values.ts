/** From checked values to plain ones: every size must be a number by now. */
import { isOfBatch } from '../catalog/batch.ts';
import { isDim, isList } from '../catalog/checked.ts';
import type { CheckedCall, CheckedSettings, CheckedValue } from '../catalog/entry.ts';
import type { Place } from '../problem.ts';
import { constant, type Dim, printDim } from '../shapes/dim.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Call, PlanType, Settings, SettingValue } from './plan.ts';

/** Tells of a size that no run can be made with. */
export type Unsized = (place: Place, what: string, size: string) => void;

export interface Planner {
  readonly unsized: Unsized;
}

export function planSettings(settings: CheckedSettings, place: Place, planner: Planner): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, planValue(value, `\`${name}\``, place, planner)]),
  );
}

function planValue(value: CheckedValue, what: string, place: Place, planner: Planner): SettingValue {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => planValue(item, what, place, planner));
  if (isDim(value)) return planSize(value, what, place, planner);
  return planCall(value, place, planner);
}

export function planCall(call: CheckedCall, place: Place, planner: Planner): Call {
  return { call: call.call, settings: planSettings(call.settings, place, planner) };
}

function planSize(dim: Dim, what: string, place: Place, planner: Planner): number {
  const value = constant(dim);
  if (value !== undefined) return value;
  planner.unsized(place, what, printDim(dim));
  return 1;
}

export function planShape(
  shape: readonly Dim[] | undefined,
  what: string,
  place: Place,
  planner: Planner,
): readonly number[] {
  if (shape) return shape.map((dim) => (isOfBatch(dim) ? -1 : planSize(dim, what, place, planner)));
  planner.unsized(place, what, 'the number of its axes');
  return [];
}

export function planType(type: TensorType, place: Place, planner: Planner): PlanType {
  return {
    dtype: type.dtype ?? 'float32',
    shape: planShape(type.shape, 'its shape', place, planner),
    perExample: type.perExample,
  };
}
