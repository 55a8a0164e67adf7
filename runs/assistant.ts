/** What assistants are answered of runs that they start and evaluate: the same in the editor and from the command line. */
import { type AssistResult, isRecord, type TrainerRequest } from '../protocol/index.ts';
import { askTrainer, type TrainerProgram } from './start.ts';
import { readRun } from './store.ts';
import { runStory } from './story.ts';

/** Seconds that an assistant waits for the end of a run. */
const WAIT = { usual: 30, most: 600 } as const;

/** Milliseconds to wait for the end of a run; `wait` is what the assistant asked for, in seconds. */
export function patienceOf(wait: unknown): number {
  const seconds = typeof wait === 'number' ? wait : WAIT.usual;
  return 1000 * Math.min(WAIT.most, Math.max(0, seconds));
}

/** The run in that folder, in a few words and numbers. */
export function storyIn(folder: string): AssistResult {
  const summary = readRun(folder);
  return summary === undefined
    ? { ok: false, message: `The run in ${folder} can't be read.` }
    : { ok: true, value: runStory(summary) };
}

/** Lets a trainer evaluate, and answers what it found. */
export async function evaluated(
  program: TrainerProgram,
  request: Extract<TrainerRequest, { readonly kind: 'evaluate' }>,
  signal?: AbortSignal,
): Promise<AssistResult> {
  const answer = await askTrainer(program, request, signal);
  if (!answer.ok) return { ok: false, message: answer.error.message };
  const value = answer.lines.find((line) => isRecord(line) && 'metrics' in line && 'expect' in line);
  return value === undefined
    ? { ok: false, message: 'The trainer ended without a result. Both must come from the same Modelwright.' }
    : { ok: true, value };
}
