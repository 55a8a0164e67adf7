/** Guards for views of a run's columns that travel between host and panel. */
import { type Check, isCount, isNumber, isOneOf, isText, listOf, shaped } from './guard.ts';
import type { View } from './run-view.ts';

const isFloats: Check = (value) => value instanceof Float32Array;
const isDoubles: Check = (value) => value instanceof Float64Array;
const hasArrays = shaped({
  size: isCount,
  step: isDoubles,
  elapsed: isDoubles,
  wall: isDoubles,
  raw: listOf(isFloats),
  smooth: listOf(isFloats),
} satisfies Record<keyof View, Check>);

/** Is it a view whose arrays are arrays of numbers, all of one length? */
export const isView: Check = (value) => hasArrays(value) && sameLengths(value as View);

function sameLengths({ step, elapsed, wall, raw, smooth }: View): boolean {
  return [elapsed, wall, ...raw, ...smooth].every(({ length }) => length === step.length);
}

/** Is it a request that can be answered? */
export const isViewRequest: Check = shaped({
  raw: listOf(isText),
  smooth: listOf(isText),
  weight: isNumber,
  axis: isOneOf('step', 'time', 'wall'),
  from: isNumber,
  to: isNumber,
  buckets: isCount,
});
