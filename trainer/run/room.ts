/** Whether a run finds room in memory: said before it tries, since a process that does not ends without a word. */
import { costOf } from '../../compiler/index.ts';
import { type Cost, type Message, memoryMessage, type Plan, render } from '../../language/index.ts';
import { FINDING_TEXTS, told, type Words } from '../../protocol/index.ts';
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
    ...wordsOf(message),
    step: undefined,
    place: eventPlace(plan, plan.train?.places.batch ?? plan.place),
  });
}

/** The same as `render` says: it has the texts of a language that the run does not know. */
function wordsOf({ key, values }: Message): { readonly words?: readonly Words[] } {
  const { batch = '', total = '', memory = '', most = '' } = values;
  const { message, words } = told(
    key === 'train/memory.batch'
      ? [FINDING_TEXTS.lessBatch, String(batch), String(total), String(memory), String(most)]
      : [FINDING_TEXTS.noBatch, String(batch), String(total), String(memory)],
  );
  return message === render({ key, values }) ? { words } : {};
}

/** What cannot be compiled is told where the session is opened. */
function costIfKnown(plan: Plan): Cost | undefined {
  try {
    return costOf(plan);
  } catch {
    return undefined;
  }
}
