/** The learning rate of an update, from what stands where an optimizer takes one. */
import type { Settings } from '../plan/plan.ts';
import { catalog } from './index.ts';
import { isCall } from './planned.ts';

/** `step` counts optimizer updates from 0; `total` is their number in the run. */
export function learningRate(settings: Settings, step: number, total: number): number {
  const { lr } = settings;
  if (typeof lr === 'number') return lr;
  const entry = isCall(lr) ? catalog.get(lr.call) : undefined;
  if (!isCall(lr) || entry?.kind !== 'schedule')
    throw new Error(`The plan's rate is no schedule: ${JSON.stringify(lr)}.`);
  return entry.rate(step, total, lr.settings);
}
