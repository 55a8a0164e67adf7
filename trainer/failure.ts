/** What goes wrong with a run and is told to a person: a stable code, a sentence, and the place in the program. */
import type { Plan, PlanPlace } from '../language/index.ts';
import type { EventPlace, TrainerError } from '../protocol/index.ts';

/** Thrown wherever the trainer cannot go on for a reason that the person at the keyboard can mend. */
export class Failure extends Error {
  readonly code: string;
  readonly place: PlanPlace | undefined;

  constructor(code: string, message: string, place?: PlanPlace) {
    super(message);
    this.code = code;
    this.place = place;
  }
}

/** A place of the plan as events carry it. */
export function eventPlace(plan: Plan, place: PlanPlace | undefined): EventPlace | undefined {
  const source = place === undefined ? undefined : plan.sources[place.source];
  if (place === undefined || source === undefined) return undefined;
  return { file: source.path, line: place.line, column: place.column, start: place.start, end: place.end };
}

/** Any error as the trainer tells it; what is no `Failure` is a fault of Modelwright and says so. */
export function trainerError(error: unknown, plan: Plan | undefined): TrainerError {
  if (error instanceof Failure) {
    const place = plan === undefined ? undefined : eventPlace(plan, error.place);
    return { code: error.code, message: error.message, place };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'train/fault',
    message: `The trainer failed in a way that it does not know. This is a fault of Modelwright; please report it with this text:\n${text}`,
    place: undefined,
  };
}

/** Never reached: the compiler proves that a `switch` has handled every kind. */
export function assertNever(value: never): never {
  throw new Error(`Unknown kind: ${JSON.stringify(value)}`);
}
