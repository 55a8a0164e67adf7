/** From steps to the unit of the x axis and back. Pure. */
import type { RunState } from '../../protocol/index.ts';
import type { Axis } from '../view-state.ts';
import { type ChartData, isTime, unitOf } from './points.ts';

/** What to ask the views for: steps for steps and epochs, seconds for time. */
export function axisToStep(run: RunState, axis: Axis): (x: number) => number {
  const unit = axis === 'epoch' ? unitOf(run) : 1;
  return (x) => x * unit;
}

/** Where a step stands on the x axis. In time that is known from the drawn points only: the nearest one decides. */
export function stepToAxis(run: RunState, axis: Axis, drawn: ChartData): (step: number) => number {
  if (!isTime(axis)) {
    const unit = axis === 'epoch' ? unitOf(run) : 1;
    return (step) => step / unit;
  }
  return (step) => {
    let low = 0;
    let high = drawn.steps.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((drawn.steps[middle] ?? 0) < step) low = middle + 1;
      else high = middle;
    }
    return drawn.x[low] ?? Number.NaN;
  };
}
