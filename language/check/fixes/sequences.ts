/** A layer that needs a sequence behind a recurrent one that gives its last step only: the fix asks that one for all steps. */
import type { Refusal } from '../../catalog/entry.ts';
import type { Fix } from '../../problem.ts';
import type { Frame } from '../frame.ts';

/** Which setting of a recurrent layer its last axis comes from. */
const sized: Readonly<Record<string, readonly string[]>> = {
  LSTM: ['units', 'projection'],
  GRU: ['units'],
  SimpleRNN: ['units'],
  ConvLSTM2D: ['filters'],
};

/** Number of axes that a layer has left where it should have had one more. */
const lacking: Readonly<Record<string, number>> = {
  'shape/rank.sequence': 1,
  'shape/rank.frames': 3,
  'shape/rank.volume': 3,
};

/** A fix that sets `sequences: true` on the layer that the features came from. */
export function sequencesFix(refusal: Refusal, frame: Frame): Fix | undefined {
  const why = refusal.blame.at(-1)?.why;
  if (lacking[refusal.message.key] !== refusal.blame.length || !why?.at) return undefined;
  const { setting, callee } = why.text.values;
  const { chunk, start, end } = why.at;
  if (why.text.key !== 'why/setting' || !sized[String(callee)]?.includes(String(setting))) return undefined;
  const call = chunk.text.slice(start, end);
  if (chunk.file !== frame.chunk.file || !call.endsWith(')') || call.includes('sequences')) return undefined;
  return {
    id: 'shape/rank/sequences',
    title: { key: 'fix/set', values: { setting: 'sequences', value: 'true' } },
    preferred: true,
    edits: [{ at: { chunk, start: end - 1, end: end - 1 }, newText: ', sequences: true' }],
  };
}
