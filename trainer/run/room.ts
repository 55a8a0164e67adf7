/** Whether a run finds room in memory: said before it tries, since a process that does not ends without a word. */
import { costOf } from '../../compiler/index.ts';
import { type Cost, memoryMessage, type Plan, render } from '../../language/index.ts';
import { eventPlace } from '../failure.ts';
import type { RunWriter } from './writer.ts';

/** A warning where the run takes more than `memory` bytes. */
export function sayWhetherItFits(plan: Plan, memory: number | undefined, writer: Pick<RunWriter, 'say'>): void {
  const cost = memory === undefined ? undefined : costIfKnown(plan);
  const message = cost && memory !== undefined ? memoryMessage(cost, memory) : undefined;
  if (message === undefined) return;
  writer.say({
    kind: 'problem',
    code: 'train/memory',
    severity: 'warning',
    message: render(message),
    step: undefined,
    place: eventPlace(plan, plan.train?.places.batch ?? plan.place),
  });
}

/** What cannot be compiled is told where the session is opened. */
function costIfKnown(plan: Plan): Cost | undefined {
  try {
    return costOf(plan);
  } catch {
    return undefined;
  }
}
