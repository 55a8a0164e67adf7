/** Guards for views of a run's columns that travel between host and panel. */
import { type Check, isCount, isNumber, isOneOf, isText, listOf, shaped } from './guard.ts';

const isFloats: Check = (value) => value instanceof Float32Array;
const isDoubles: Check = (value) => value instanceof Float64Array;
/** Is it a view whose arrays are arrays of numbers? */
export const isView: Check = shaped({
  size: isCount,
  step: isDoubles,
  elapsed: isDoubles,
  wall: isDoubles,
  raw: listOf(isFloats),
  smooth: listOf(isFloats),
});

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
