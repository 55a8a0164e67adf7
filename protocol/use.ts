/**
 * The lines of a process that holds the model of a run warm and answers questions about it (request `use`): JSON lines on its
 * standard input and output. It says `ready` first; each question gets an answer or a failure, in the order in which they
 * were asked; `cancel` ends one early. Before each question it looks for a newer checkpoint, and says so where it took one.
 * It ends when its input ends, or when nothing was asked for a while.
 */
import {
  type Check,
  isCount,
  isFlag,
  isNumber,
  isOneOf,
  isRecord,
  isText,
  listOf,
  optional,
  parseJson,
  shaped,
} from './guard.ts';
import { TRAINER_VERSION, type TrainerError } from './trainer.ts';
import type { Parsed } from './trainer-line.ts';
import { isUseBody, isUseKind, USE_KINDS, type UseKind, type UseKinds } from './use-kinds.ts';

/** The checkpoint that answers. */
export interface UsedCheckpoint {
  /** Below the run's folder. */
  readonly path: string;
  readonly step: number;
  readonly epoch: number;
  /** The best one that the run keeps; false: its newest. */
  readonly best: boolean;
  /** Wanted before this one but not usable, with the reason. */
  readonly skipped: readonly string[];
}

/** What a process does before it can answer; a person may wait for it. `process`: it is being started; `answer`: nothing else any more. */
export const USE_DOINGS = ['process', 'checkpoint', 'engine', 'model', 'data', 'answer'] as const;
export type UseDoing = (typeof USE_DOINGS)[number];

/** → process. */
export type UseQuestion =
  | { [K in UseKind]: { readonly id: number; readonly kind: K; readonly ask: UseKinds[K]['ask'] } }[UseKind]
  | { readonly id: number; readonly kind: 'cancel' };

/** process → */
export type UseLine =
  | {
      readonly kind: 'ready';
      readonly version: typeof TRAINER_VERSION;
      readonly run: string;
      /** The engine: "ONNX Runtime 1.30.0, CPU, 2 threads". */
      readonly engine: string;
      readonly checkpoint: UsedCheckpoint;
    }
  /** What takes a while now, before it is ready and before an answer. */
  | { readonly kind: 'doing'; readonly what: UseDoing }
  /** A newer one was taken; what is answered from here on comes from it. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: UsedCheckpoint }
  | { readonly kind: 'part'; readonly id: number; readonly of: UseKind; readonly body: unknown }
  /** `ms`: what the answer took, within the process. */
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly of: UseKind;
      readonly ms: number;
      readonly body: unknown;
    }
  /** `cancelled`: it was ended by a `cancel`. */
  | { readonly kind: 'failed'; readonly id: number; readonly cancelled: boolean; readonly error: TrainerError };

/** A question, or why it is none. */
export function parseUseQuestion(line: string): Parsed<UseQuestion> & { readonly id?: number } {
  const value = parseJson(line);
  if (!isRecord(value) || !isCount(value.id))
    return {
      ok: false,
      message: `This is no question: \`${line.slice(0, 80)}\`. A question has an \`id\` and a \`kind\`.`,
    };
  const id = Number(value.id);
  if (isQuestion(value)) return { ok: true, value };
  const kind = String(value.kind);
  return isUseKind(kind)
    ? { ok: false, id, message: `The question of kind \`${kind}\` is not whole.` }
    : { ok: false, id, message: `\`${kind}\` can’t be asked. Known are ${[...USE_KINDS, 'cancel'].join(', ')}.` };
}

function isQuestion(value: unknown): value is UseQuestion {
  if (!isRecord(value) || !isCount(value.id)) return false;
  return value.kind === 'cancel' || isUseBody('ask', value.kind, value.ask);
}

export const isUsedCheckpoint = shaped({
  path: isText,
  step: isCount,
  epoch: isCount,
  best: isFlag,
  skipped: listOf(isText),
});

const isError = shaped({ code: isText, message: isText, place: optional(isRecord) });

const LINES: Readonly<Record<UseLine['kind'], Check>> = {
  ready: shaped({ version: isOneOf(TRAINER_VERSION), run: isText, engine: isText, checkpoint: isUsedCheckpoint }),
  doing: shaped({ what: isOneOf(...USE_DOINGS) }),
  checkpoint: shaped({ checkpoint: isUsedCheckpoint }),
  part: (value) => isRecord(value) && isCount(value.id) && isUseBody('part', value.of, value.body),
  answer: (value) =>
    isRecord(value) && isCount(value.id) && isNumber(value.ms) && isUseBody('answer', value.of, value.body),
  failed: shaped({ id: isCount, cancelled: isFlag, error: isError }),
};

/** A line of the process; undefined for anything else, as native libraries may print. */
export function parseUseLine(line: string): UseLine | undefined {
  const value = parseJson(line);
  return isLine(value) ? value : undefined;
}

function isLine(value: unknown): value is UseLine {
  return isRecord(value) && typeof value.kind === 'string' && Object.hasOwn(LINES, value.kind)
    ? LINES[value.kind as UseLine['kind']](value)
    : false;
}
