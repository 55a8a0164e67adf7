/** A file's problems as sentences, ready to be shown. */
import type { CheckedFile, FilePlace, FileProblem } from '../check/checked.ts';
import { render } from '../messages/render.ts';
import type { Locale } from '../messages/table.ts';
import type { Severity } from '../problem.ts';

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly related: readonly { readonly at: FilePlace; readonly message: string }[];
  /** `unnecessary`: shown faded, for it could as well not be there. */
  readonly tags: readonly 'unnecessary'[];
}

/** `typing` is the line (as a range) in which the cursor stands: what is unfinished there is only hinted at. */
export function diagnostics(
  file: CheckedFile,
  typing: { readonly start: number; readonly end: number } | undefined,
  locale: Locale = 'en',
): readonly Diagnostic[] {
  return file.problems.map((problem) =>
    shown(problem, isBeingTyped(problem, typing) ? 'hint' : problem.severity, locale),
  );
}

/** A problem as it is shown where nothing is being typed. */
export function shownProblem(problem: FileProblem, locale: Locale = 'en'): Diagnostic {
  return shown(problem, problem.severity, locale);
}

export function shown(problem: FileProblem, severity: Severity, locale: Locale): Diagnostic {
  return {
    code: problem.code,
    severity,
    message: render(problem.message, locale),
    start: problem.start,
    end: problem.end,
    related: problem.related.map((related) => ({ at: related.at, message: render(related.message, locale) })),
    tags: problem.code === 'name/unused' || problem.code === 'name/unused-import' ? ['unnecessary'] : [],
  };
}

function isBeingTyped(
  problem: FileProblem,
  typing: { readonly start: number; readonly end: number } | undefined,
): boolean {
  return problem.unfinished && typing !== undefined && typing.start <= problem.end && problem.start <= typing.end;
}
