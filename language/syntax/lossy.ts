/** Syntax errors after which something of the line is lost. Others are read as they were meant, and nothing follows from them. */
import type { Problem } from '../problem.ts';
import type { Span } from './tree.ts';

const LOSSY: ReadonlySet<string> = new Set(
  `unexpected unclosed unmatched missing-value missing-name missing-type missing-layer missing-comma missing-equals unused-value
   keyword-name unknown-declaration missing-body`
    .split(/\s+/u)
    .map((name) => `syntax/${name}`),
);

/** Whether what stands beside the error on its line may be read otherwise than it was meant. */
export function isLossy({ code }: Problem): boolean {
  return LOSSY.has(code);
}

/** The problems without those that an earlier one on the same line brings about. In order of place. */
export function firstOfLines(problems: readonly Problem[], text: string): readonly Problem[] {
  let last: Problem | undefined;
  return problems.filter((problem) => {
    if (!isLossy(problem)) return true;
    const before = last;
    if (before && !text.slice(before.at.start, problem.at.start).includes('\n')) return false;
    last = problem;
    return true;
  });
}

/** The words of the lines that a span touches. */
export function wordsAt(at: Span, text: string): readonly string[] {
  const from = text.lastIndexOf('\n', at.start - 1) + 1;
  const next = text.indexOf('\n', at.end);
  return text.slice(from, next < 0 ? text.length : next).split(/[^\p{L}\p{N}_]+/u);
}
