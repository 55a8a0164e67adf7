/** Which of the checker's problems only follow from a syntax error: one mistake gives one message. */
import type { Problem } from '../problem.ts';
import { isLossy, wordsAt } from '../syntax/lossy.ts';
import type { Chunk } from '../syntax/tree.ts';

/** True for what stands within a syntax error or on its line, or misses what half-typed code has not said yet. */
export function follows(problem: Problem, chunk: Chunk): boolean {
  if (problem.at.chunk !== chunk || chunk.problems.length === 0) return false;
  if (problem.code === 'name/output-twice') return true;
  return chunk.problems.some((syntax) => followsFrom(problem, syntax, chunk));
}

function followsFrom(problem: Problem, syntax: Problem, chunk: Chunk): boolean {
  const { start, end } = problem.at;
  const { at, code } = syntax;
  const inside = at.start <= start && end <= at.end;
  if (inside || at.start === start) return true;
  const lossy = isLossy(syntax);
  if (lossy && start <= at.start && at.start < end) return true;
  if (lossy && problem.code === 'name/unknown' && isLost(String(problem.message.values.name), syntax, chunk))
    return true;
  if (chunk.text.slice(Math.min(start, at.start), Math.max(start, at.start)).includes('\n')) return false;
  if (lossy) return true;
  // The value behind `activation=` may be of another language, too: first things first.
  if (code === 'syntax/setting-equals' && start >= at.end && /^(?:argument\/|name\/unknown$)/u.test(problem.code))
    return !chunk.text.slice(at.end, start).includes(',');
  // Before any syntax error, what is missing may be on its way.
  return problem.code.startsWith('argument/') && at.start >= start;
}

/** Whether a broken line was to bind the name: it stands in it, or the line lacks its name. */
function isLost(name: string, { at, code }: Problem, { text }: Chunk): boolean {
  if (code === 'syntax/missing-name') return true;
  return wordsAt(at, text).includes(name);
}
