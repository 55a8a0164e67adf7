/** A problem as JSON: what the command line prints with `--json`, and what assistants get. */
import { type FixTitles, type PlacedProblem, render } from '../language/index.ts';
import { rangeBetween, type TextRange } from './place.ts';

export interface ProblemFacts {
  readonly file: string;
  readonly range: TextRange;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  /** Where the numbers came from, newest first. */
  readonly related: readonly { readonly file: string; readonly range: TextRange; readonly message: string }[];
  /** The preferred one first. All edits of a fix belong together; their ranges are of the text that was checked. */
  readonly fixes: readonly {
    readonly title: string;
    readonly preferred: boolean;
    readonly edits: readonly { readonly file: string; readonly range: TextRange; readonly newText: string }[];
  }[];
}

/**
 * `textOf`: the text of a file that the check has read; `shown`: a file as the reader would write it; `titles`: those of the
 * fixes, where they say more than their own.
 */
export function problemFacts(
  problem: PlacedProblem,
  textOf: (file: string) => string,
  shown: (file: string) => string,
  titles?: FixTitles,
): ProblemFacts {
  const titled = titles?.(problem) ?? [];
  const place = (at: { readonly file: string; readonly start: number; readonly end: number }) => ({
    file: shown(at.file),
    range: rangeBetween(textOf(at.file), at.start, at.end),
  });
  return {
    ...place(problem),
    severity: problem.severity,
    code: problem.code,
    message: render(problem.message),
    related: problem.related.map(({ at, message }) => ({ ...place(at), message: render(message) })),
    fixes: problem.fixes.map((fix, index) => ({
      title: titled[index] ?? render(fix.title),
      preferred: fix.preferred,
      edits: fix.edits.map((edit) => ({ ...place(edit), newText: edit.newText })),
    })),
  };
}
