/** From steps to the unit of the x axis and back. */
import type { RunState } from '../../protocol/index.ts';
import type { PanelStore } from '../store.ts';
import type { Axis } from '../view-state.ts';
import { unitOf } from './points.ts';

/** What to ask the views for: steps for steps and epochs, seconds for time. */
export function axisToStep(run: RunState, axis: Axis): (x: number) => number {
  const unit = axis === 'epoch' ? unitOf(run) : 1;
  return (x) => x * unit;
}

/** Where a step stands on the x axis. In time that is known only from the rows that are at hand. */
export function stepToAxis(store: PanelStore): (step: number) => number {
  const { axis } = store.view.value;
  const run = store.run.value;
  if (axis === 'time') return (step) => timeOfStep(store, step);
  const unit = axis === 'epoch' ? unitOf(run) : 1;
  return (step) => step / unit;
}

function timeOfStep(store: PanelStore, step: number): number {
  const view = store.points('', {
    raw: ['ms.compute'],
    smooth: [],
    weight: 0,
    axis: 'step',
    from: step,
    to: step,
    buckets: 16,
  });
  if (view === undefined) return Number.NaN;
  let best = 0;
  view.step.forEach((each, index) => {
    if (Math.abs(each - step) < Math.abs((view.step[best] ?? 0) - step)) best = index;
  });
  return view.elapsed[best] ?? Number.NaN;
}
