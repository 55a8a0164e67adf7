/**
 * A process that holds the model of a run warm: plan, checkpoint, pipeline and session are opened once, then questions come
 * line by line and are answered in their order. What can be asked stands in `ANSWERS`, a file for each kind.
 */
import { rmSync } from 'node:fs';
import {
  parseUseQuestion,
  TRAINER_VERSION,
  type UseKind,
  type UseKinds,
  type UseLine,
  type UseQuestion,
} from '../../protocol/index.ts';
import { Failure, trainerError } from '../failure.ts';
import type { AnswerDeps } from './evaluate.ts';
import { useExample } from './use-example.ts';
import { useForm } from './use-form.ts';
import { useGenerate } from './use-generate.ts';
import { useLayers } from './use-layers.ts';
import { openUsed, type Used } from './use-open.ts';
import { usePredict } from './use-predict.ts';
import { useRows } from './use-rows.ts';

/** What an answer is made with, besides the question. */
export interface UseAround<K extends UseKind> {
  /** Aborted by `cancel`, and where nobody listens any more. */
  readonly signal: AbortSignal;
  /** Says a part of the answer, where it comes bit by bit. */
  readonly part: (body: UseKinds[K]['part']) => void;
}

type Answers = {
  readonly [K in UseKind]: (
    ask: UseKinds[K]['ask'],
    used: Used,
    around: UseAround<K>,
  ) => Promise<UseKinds[K]['answer']>;
};

const ANSWERS: Answers = {
  form: useForm,
  example: useExample,
  generate: useGenerate,
  layers: useLayers,
  predict: usePredict,
  rows: useRows,
};

export interface UseLines {
  /** The questions. */
  readonly lines: AsyncIterator<string>;
  readonly say: (line: UseLine) => void;
  /** Milliseconds without a question after which the process ends. */
  readonly patience?: number;
}

const PATIENCE = 10 * 60_000;

type Question = Exclude<UseQuestion, { readonly kind: 'cancel' }>;

/** Opens the run, says `ready`, and answers until the lines end or nothing is asked for a while. */
export async function use(folder: string, deps: AnswerDeps, around: UseLines): Promise<void> {
  const { say } = around;
  const used = await openUsed(folder, deps, (what) => say({ kind: 'doing', what }));
  const removeScratch = (): void => rmSync(used.scratch, { recursive: true, force: true });
  process.once('exit', removeScratch);
  const running = new Map<number, AbortController>();
  let last: Promise<void> = Promise.resolve();
  try {
    say({ kind: 'ready', version: TRAINER_VERSION, ...used.about });
    for (;;) {
      const line = await nextLine(around, () => running.size > 0);
      if (line === undefined) break;
      const parsed = parseUseQuestion(line);
      if (!parsed.ok) {
        say(failed(parsed.id ?? 0, new Failure('train/request', parsed.message), used));
      } else if (parsed.value.kind === 'cancel') {
        running.get(parsed.value.id)?.abort();
      } else {
        const question = parsed.value;
        const abort = new AbortController();
        running.set(question.id, abort);
        last = last.then(async () => {
          say(await answerLine(question, used, abort.signal, say));
          running.delete(question.id);
        });
      }
    }
    for (const abort of running.values()) abort.abort();
    await last;
  } finally {
    await used.dispose();
    removeScratch();
    process.off('exit', removeScratch);
  }
}

async function answerLine(
  { id, kind, ask }: Question,
  used: Used,
  signal: AbortSignal,
  say: UseLines['say'],
): Promise<UseLine> {
  const began = performance.now();
  try {
    if (signal.aborted) return cancelled(id);
    const newer = await used.refresh();
    if (newer !== undefined) say({ kind: 'checkpoint', checkpoint: newer });
    const part = (body: unknown): void => say({ kind: 'part', id, of: kind, body });
    // Kind and question belong together by the guard; a union can’t say so.
    const answer = ANSWERS[kind] as (ask: unknown, used: Used, around: UseAround<never>) => Promise<unknown>;
    const body = await answer(ask, used, { signal, part });
    return { kind: 'answer', id, of: kind, ms: performance.now() - began, body };
  } catch (error) {
    return signal.aborted ? cancelled(id) : failed(id, error, used);
  }
}

function cancelled(id: number): UseLine {
  const error = { code: 'train/cancelled', message: 'Ended before it was done.', place: undefined };
  return { kind: 'failed', id, cancelled: true, error };
}

function failed(id: number, error: unknown, { plan }: Used): UseLine {
  return { kind: 'failed', id, cancelled: false, error: trainerError(error, plan) };
}

/** The next line; undefined at their end, or where none came for too long and nothing is being answered. */
async function nextLine({ lines, patience = PATIENCE }: UseLines, isBusy: () => boolean): Promise<string | undefined> {
  const next = lines.next();
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const idle = new Promise<'idle'>((done) => {
      timer = setTimeout(() => done('idle'), patience);
    });
    const got = await Promise.race([next, idle]);
    clearTimeout(timer);
    if (got !== 'idle') return got.done === true ? undefined : got.value;
    if (!isBusy()) return undefined;
  }
}
