/** Which of the checker's problems only follow from a syntax error: one mistake gives one message. */
import type { Problem } from '../problem.ts';
import type { Chunk } from '../syntax/tree.ts';

/** True for what stands within a syntax error, or misses what half-typed code has not said yet. */
export function follows(problem: Problem, chunk: Chunk): boolean {
  if (problem.at.chunk !== chunk || chunk.problems.length === 0) return false;
  if (problem.code === 'name/output-twice') return true;
  // What is half-typed is of another kind than what it will be.
  const later = problem.code === 'train/not-supported-yet';
  const { start, end } = problem.at;
  return chunk.problems.some((syntax) => {
    const inside = syntax.at.start <= start && end <= syntax.at.end;
    if (inside || syntax.at.start === start) return true;
    const sameLine = !chunk.text
      .slice(Math.min(start, syntax.at.start), Math.max(start, syntax.at.start))
      .includes('\n');
    if (!sameLine) return false;
    if (later) return true;
    // The value behind `activation=` may be of another language, too: first things first.
    if (syntax.code === 'syntax/setting-equals' && start >= syntax.at.end && problem.code.startsWith('argument/'))
      return !chunk.text.slice(syntax.at.end, start).includes(',');
    // Behind an open bracket everything is still being typed; before any syntax error, what is missing may be on its way.
    if (syntax.code === 'syntax/unclosed' && start >= syntax.at.start) return true;
    return problem.code.startsWith('argument/') && syntax.at.start >= start;
  });
}
