/** A layer that needs a sequence behind a recurrent one that gives its last step only: the fix asks that one for all steps. */
import type { Refusal } from '../catalog/entry.ts';
import type { Fix } from '../problem.ts';
import type { Frame } from './frame.ts';

/** A fix that sets `sequences: true` on the `LSTM` that the features came from. */
export function sequencesFix(refusal: Refusal, frame: Frame): Fix | undefined {
  const why = refusal.blame[0]?.why;
  if (refusal.message.key !== 'shape/rank.sequence' || refusal.blame.length !== 1 || !why?.at) return undefined;
  const { setting, callee } = why.text.values;
  const { chunk, start, end } = why.at;
  if (why.text.key !== 'why/setting' || setting !== 'units' || callee !== 'LSTM') return undefined;
  const call = chunk.text.slice(start, end);
  if (chunk.file !== frame.chunk.file || !call.endsWith(')') || call.includes('sequences')) return undefined;
  return {
    id: 'shape/rank/sequences',
    title: { key: 'fix/set', values: { setting: 'sequences', value: 'true' } },
    preferred: true,
    edits: [{ at: { chunk, start: end - 1, end: end - 1 }, newText: ', sequences: true' }],
  };
}
