/** What a person can do about a run that failed, most useful first. Pure: titles and doing stand with who shows them. */
import type { ProblemEvent } from '../../protocol/index.ts';
import { memoryEdits } from './memory-edits.ts';
import { rangeEdit } from './range-edits.ts';
import { type ProgramEdit, proposedRate, runEdits } from './run-edits.ts';

export type FailureAction =
  /** Go on from the last checkpoint with a smaller learning rate. */
  | { readonly kind: 'resumeWithRate'; readonly step: number; readonly rate: number; readonly problem: number }
  /** The steps before the numbers left the finite ones. */
  | { readonly kind: 'showSteps'; readonly steps: number }
  /** Change the program, and train it anew. */
  | { readonly kind: 'batch'; readonly batch: number; readonly edits: readonly ProgramEdit[] }
  | { readonly kind: 'accumulate'; readonly times: number; readonly edits: readonly ProgramEdit[] }
  | { readonly kind: 'size'; readonly size: number; readonly edits: readonly ProgramEdit[] }
  /** Change the program. */
  | { readonly kind: 'fix'; readonly problem: number }
  | { readonly kind: 'cpu' }
  | { readonly kind: 'reinstall' }
  /** Install the engine that is missing. */
  | { readonly kind: 'install' }
  | { readonly kind: 'line' };

export interface Failed {
  readonly problem: Pick<ProblemEvent, 'code' | 'message' | 'place' | 'seq'>;
  /** Step of the last checkpoint. */
  readonly saved: number | undefined;
  /** Steps that the run's folder tells of before the end. */
  readonly ring: number;
  readonly device: 'cpu' | 'gpu';
  /** The program as it stands now. */
  readonly program: string;
}

/** At most so many buttons stand in a notification beside "Show". */
const MOST = 3;

export function failureActions(failed: Failed): readonly FailureAction[] {
  return actionsOf(failed).slice(0, MOST);
}

function actionsOf({ problem, saved, ring, device, program }: Failed): FailureAction[] {
  const line: FailureAction[] = problem.place === undefined ? [] : [{ kind: 'line' }];
  switch (problem.code) {
    case 'train/not-finite': {
      const rate = proposedRate(problem.message);
      const resume: FailureAction[] =
        rate === undefined || saved === undefined
          ? []
          : [{ kind: 'resumeWithRate', step: saved, rate, problem: problem.seq }];
      const steps: FailureAction[] = ring > 0 ? [{ kind: 'showSteps', steps: ring }] : [];
      const fix: FailureAction[] =
        runEdits(program, problem.message).length > 0 ? [{ kind: 'fix', problem: problem.seq }] : line;
      return [...resume, ...steps, ...fix];
    }
    case 'train/out-of-memory': {
      const edits = memoryEdits(program, problem.message);
      const smaller: FailureAction[] =
        edits === undefined
          ? []
          : [
              { kind: 'batch', batch: edits.batch, edits: edits.smaller },
              { kind: 'accumulate', times: edits.accumulate, edits: edits.same },
            ];
      return [...smaller, ...(device === 'gpu' ? [{ kind: 'cpu' } as const] : []), ...line];
    }
    case 'data/label-range': {
      const edit = problem.place && rangeEdit(program, problem.message, problem.place);
      return [...(edit === undefined ? [] : [{ kind: 'size', size: edit.size, edits: [edit] } as const]), ...line];
    }
    case 'train/runtime-version':
      return [{ kind: 'reinstall' }];
    case 'train/engine':
      return isMissing(problem.message) ? [{ kind: 'install' }, { kind: 'cpu' }] : line;
    default:
      return line;
  }
}

/** Whether an engine failed because there is none: no TensorFlow, no GPU or none of that number. */
export function isMissing(message: string): boolean {
  return /^No (TensorFlow|GPU)\b/u.test(message);
}
