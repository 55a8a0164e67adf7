/** What goes wrong with a run and is told to a person: a stable code, a sentence, and the place in the program. */
import type { Plan, PlanPlace } from '../language/index.ts';
import type { EventPlace, Told, TrainerError, Words } from '../protocol/index.ts';
import { outOfMemoryText } from './out-of-memory.ts';

/** Thrown wherever the trainer cannot go on for a reason that the person at the keyboard can mend. */
export class Failure extends Error {
  readonly code: string;
  readonly place: PlanPlace | undefined;
  /** What the message is made of, where it has a fixed form. */
  readonly words: readonly Words[] | undefined;

  constructor(code: string, said: string | Told, place?: PlanPlace) {
    super(typeof said === 'string' ? said : said.message);
    this.code = code;
    this.place = place;
    this.words = typeof said === 'string' ? undefined : said.words;
  }
}

/** A place of the plan as events carry it. */
export function eventPlace(plan: Pick<Plan, 'sources'>, place: PlanPlace | undefined): EventPlace | undefined {
  const source = place === undefined ? undefined : plan.sources[place.source];
  if (place === undefined || source === undefined) return undefined;
  return { file: source.path, line: place.line, column: place.column, start: place.start, end: place.end };
}

/**
 * Any error as the trainer tells it; what is no `Failure` is a fault of Modelwright and says so. `free`: bytes of memory that are
 * free on the device of the run, where that is known.
 */
export function trainerError(
  error: unknown,
  plan: (Pick<Plan, 'sources'> & Partial<Pick<Plan, 'train' | 'place' | 'graph'>>) | undefined,
  free?: number,
): TrainerError {
  // Engines wrap what their libraries say; want of memory is told as such all the same.
  if (error instanceof Failure && error.code !== 'train/engine') {
    return failureAsTold(error, plan);
  }
  const memory = error instanceof Error ? outOfMemoryText(error, plan, free) : undefined;
  if (memory !== undefined) {
    const place = plan === undefined ? undefined : eventPlace(plan, plan.train?.places.batch ?? plan.place);
    return { code: 'train/out-of-memory', ...memory, place };
  }
  if (error instanceof Failure) return failureAsTold(error, plan);
  if (isSystemError(error)) return { code: 'train/disk', message: systemText(error), place: undefined };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'train/fault',
    message: `The trainer failed in a way that it does not know. This is a fault of Modelwright; please report it with this text:\n${text}`,
    place: undefined,
  };
}

function failureAsTold(
  { code, message, words, place }: Failure,
  plan: Pick<Plan, 'sources'> | undefined,
): TrainerError {
  return {
    code,
    message,
    ...(words === undefined ? {} : { words }),
    place: plan === undefined ? undefined : eventPlace(plan, place),
  };
}

type SystemError = Error & { readonly code: string; readonly path?: unknown };

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

const systemCures: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space, or name another folder for the runs.',
  EDQUOT: 'Your share of the disk is used up: free some space, or name another folder for the runs.',
  EACCES: 'It may not be written: change its rights, or name another folder for the runs.',
  EPERM: 'It may not be written: change its rights, or name another folder for the runs.',
  EROFS: 'That disk can only be read: name another folder for the runs.',
};

function systemText(error: SystemError): string {
  const where = typeof error.path === 'string' ? ` (${error.path})` : '';
  const cure = systemCures[error.code] ?? 'Look at that file or folder, then try again.';
  return `The system refused to read or write${where}: ${error.message}. ${cure}`;
}

/** Never reached: the compiler proves that a `switch` has handled every kind. */
export function assertNever(value: never): never {
  throw new Error(`Unknown kind: ${JSON.stringify(value)}`);
}
