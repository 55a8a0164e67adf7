/** What earlier parts of a run have found and what still holds, from its lines. */
import { createRunState, type ProblemEvent, parseEventLines, reduce } from '../../protocol/index.ts';

/** `text` is `events.jsonl`, the start that goes on included: it drops what was found after its checkpoint. */
export function findingsThatHold(text: string): readonly ProblemEvent[] {
  return parseEventLines(text).reduce(reduce, createRunState()).problems;
}
