/** What is said of a unit that has no error: layers that add nothing, orders that cost something. */
import type { Frame } from '../frame.ts';
import { chainsOf } from './chains.ts';
import { adviseInitialValues } from './initial-values.ts';
import { adviseLinearStack } from './linear-stack.ts';
import { adviseOrder } from './order-of-layers.ts';
import { adviseSaturation } from './saturation.ts';

/** Each rule looks at one flow at a time. Only a unit's own check has the facts that they read. */
const rules = [adviseLinearStack, adviseOrder, adviseSaturation, adviseInitialValues];

export function adviseUnit(frame: Frame): void {
  const { facts } = frame;
  if (!facts || frame.sink.problems.some((problem) => problem.severity === 'error')) return;
  for (const chain of chainsOf(facts)) for (const rule of rules) rule(chain, frame);
}
