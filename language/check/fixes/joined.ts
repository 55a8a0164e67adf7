/**
 * `Conv2D(filters=16, kernel_size=3, use_bias=False)`: the habit of Python is one mistake, told at its first sign. Its fix
 * mends the signs of the whole call, and what the checker found at the names and values beside them.
 */
import type { Edit, Fix, Problem } from '../../problem.ts';
import type { Chunk } from '../../syntax/tree.ts';

/** The syntax problems of a chunk, with the signs of one call joined. */
export function joinedFixes(
  syntax: readonly Problem[],
  found: readonly Problem[],
  { text }: Chunk,
): readonly Problem[] {
  if (!syntax.some(isEquals)) return syntax;
  const beside = found.filter(({ code, fixes }) => BESIDE.has(code) && fixes.length > 0);
  const joined: Problem[] = [];
  /** Of each problem, where the last sign that it tells of ends. */
  const ends: number[] = [];
  for (const problem of syntax) {
    const own = isEquals(problem) ? withBeside(problem, beside, text) : problem;
    const first = isEquals(problem) ? joined.findIndex((one, i) => isEquals(one) && inCall(text, ends[i], own)) : -1;
    const before = joined[first];
    if (!before) {
      joined.push(own);
      ends.push(own.at.end);
      continue;
    }
    joined[first] = joinedWith(before, own);
    ends[first] = own.at.end;
  }
  return joined;
}

/** What may stand beside the sign, and be wrong by the same habit. */
const BESIDE: ReadonlySet<string> = new Set(['argument/unknown', 'argument/activation', 'name/unknown']);

function isEquals({ code }: Problem): boolean {
  return code === 'syntax/setting-equals';
}

/** Whether nothing but arguments of the same call stands between two signs. */
function inCall(text: string, from: number | undefined, { at }: Problem): boolean {
  if (from === undefined || from > at.start) return false;
  let depth = 0;
  for (const sign of text.slice(from, at.start).replace(/"[^"\n]*"|'[^'\n]*'/gu, '')) {
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function withBeside(problem: Problem, beside: readonly Problem[], text: string): Problem {
  const { start, end } = problem.at;
  const blank = (from: number, to: number) => from <= to && text.slice(from, to).trim() === '';
  let [fix] = problem.fixes;
  for (const { at, fixes } of beside) {
    const [more] = fixes;
    if (fix && more && (blank(at.end, start) || blank(end, at.start))) fix = merged(fix, more);
  }
  return fix ? { ...problem, fixes: [fix] } : problem;
}

function merged(fix: Fix, more: Fix): Fix {
  const overlap = ({ at }: Edit, other: Edit) => at.start < other.at.end && other.at.start < at.end;
  const own = fix.edits.filter((edit) => !more.edits.some((other) => overlap(edit, other)));
  return { ...fix, title: own.length === 0 ? more.title : fix.title, edits: [...own, ...more.edits] };
}

function joinedWith(before: Problem, next: Problem): Problem {
  const [first, second] = [before.fixes[0], next.fixes[0]];
  return first && second ? { ...before, fixes: [{ ...first, edits: [...first.edits, ...second.edits] }] } : before;
}
