/** Quick fixes: those of the problems in a range, and all preferred ones of a file at once. */
import type { CheckedFile, FileFix } from '../check/checked.ts';
import { render } from '../messages/render.ts';
import type { Locale } from '../messages/table.ts';
import { type Diagnostic, shown } from './diagnostics.ts';

export interface QuickFix {
  readonly id: string;
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: FileFix['edits'];
  /** The problem that it mends, as it is shown. */
  readonly diagnostic: Diagnostic;
}

export function quickFixes(file: CheckedFile, start: number, end: number, locale: Locale = 'en'): readonly QuickFix[] {
  return file.problems
    .filter((problem) => problem.start <= end && start <= problem.end)
    .flatMap((problem) =>
      problem.fixes.map((fix) => ({
        id: fix.id,
        title: render(fix.title, locale),
        preferred: fix.preferred,
        edits: fix.edits,
        diagnostic: shown(problem, problem.severity, locale),
      })),
    );
}

/** The edits of every preferred fix of this file that do not touch each other: what "fix all" does in one go. With a code: of its problems. */
export function fixAll(file: CheckedFile, code?: string): FileFix['edits'] {
  const taken: FileFix['edits'][number][] = [];
  for (const problem of file.problems) {
    if (code !== undefined && problem.code !== code) continue;
    const fix = problem.fixes.find((f) => f.preferred);
    if (fix === undefined || fix.edits.some((edit) => edit.file !== file.file)) continue;
    const free = fix.edits.every((edit) => taken.every((other) => edit.end < other.start || other.end < edit.start));
    if (free) taken.push(...fix.edits);
  }
  return taken;
}

/** Codes of problems in a range that stand elsewhere in the file as well, and can be mended all at once. */
export function fixableTogether(file: CheckedFile, start: number, end: number): readonly string[] {
  const mends = (problem: CheckedFile['problems'][number]) => problem.fixes.some((fix) => fix.preferred);
  const here = file.problems.filter((p) => p.start <= end && start <= p.end && mends(p)).map((p) => p.code);
  return [...new Set(here)].filter((code) => file.problems.filter((p) => p.code === code && mends(p)).length > 1);
}
