/** Guards for the files of a run folder (`run-folder.ts`). A file of another version, or a torn one, is `undefined`. */
import { isBest, isEventNumber } from './event-line.ts';
import {
  type Check,
  isCount,
  isFlag,
  isNumber,
  isOneOf,
  isText,
  listOf,
  optional,
  parseJson,
  recordOf,
  shaped,
} from './guard.ts';
import { type CheckpointState, RUN_VERSION, type RunNotes, type RunRecord } from './run-folder.ts';

const states = ['preparing', 'running', 'paused', 'finished', 'stopped', 'failed', 'interrupted'];

const recordCheck: Check = shaped({
  version: isOneOf(RUN_VERSION),
  id: isText,
  number: isCount,
  title: isText,
  state: isOneOf(...states),
  file: isText,
  declaration: isText,
  model: isText,
  created: isNumber,
  ended: optional(isNumber),
  pid: optional(isCount),
  engine: isText,
  device: isText,
  threads: isCount,
  seed: isNumber,
  parameters: isCount,
  steps: isCount,
  step: isCount,
  best: optional(isBest),
  metrics: recordOf(isEventNumber),
  planHash: isText,
  dataHash: isText,
  modelwright: isText,
  start: optional(shaped({ run: isText, checkpoint: isText })),
  reason: optional(isText),
});

/** `run.json`. */
export function parseRunRecord(text: string): RunRecord | undefined {
  const value = parseJson(text);
  return isRunRecord(value) ? value : undefined;
}

function isRunRecord(value: unknown): value is RunRecord {
  return recordCheck(value);
}

const stateCheck: Check = shaped({
  version: isOneOf(RUN_VERSION),
  step: isCount,
  epoch: isCount,
  position: isCount,
  rateFactor: isNumber,
  seed: isNumber,
  planHash: isText,
  dataHash: isText,
  engine: isText,
  threads: isCount,
  totals: shaped({ examples: isCount, loss: isEventNumber, metrics: recordOf(listOf(isEventNumber)) }),
  stop: optional(shaped({ best: isEventNumber, waited: isCount })),
  plateau: optional(shaped({ best: isEventNumber, waited: isCount, falls: isCount })),
  best: optional(isBest),
  seq: isCount,
  sha256: shaped({ weights: isText, optimizer: isText, averages: optional(isText) }),
  bytes: optional(shaped({ weights: isCount, optimizer: isCount, averages: optional(isCount) })),
});

/** `checkpoints/<step>/state.json`. */
export function parseCheckpointState(text: string): CheckpointState | undefined {
  const value = parseJson(text);
  return isCheckpointState(value) ? value : undefined;
}

function isCheckpointState(value: unknown): value is CheckpointState {
  return stateCheck(value);
}

const notesCheck: Check = shaped({
  version: isOneOf(RUN_VERSION),
  name: isText,
  starred: isFlag,
  tags: listOf(isText),
  notes: isText,
});

/** `notes.json`. */
export function parseNotes(text: string): RunNotes | undefined {
  const value = parseJson(text);
  return isNotes(value) ? value : undefined;
}

function isNotes(value: unknown): value is RunNotes {
  return notesCheck(value);
}

export const noNotes: RunNotes = { version: RUN_VERSION, name: '', starred: false, tags: [], notes: '' };
