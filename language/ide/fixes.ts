/** Quick fixes: those of the problems in a range, and all preferred ones of a file at once. */
import type { CheckedFile, FileFix, FileProblem } from '../check/checked.ts';
import { render } from '../messages/render.ts';
import type { Locale } from '../messages/table.ts';
import type { Message } from '../problem.ts';
import { type Diagnostic, shown } from './diagnostics.ts';
import { type Outcome, outcomeOf, type Trial } from './fix-outcome.ts';

export interface QuickFix {
  readonly id: string;
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: FileFix['edits'];
  /** The problem that it mends, as it is shown. */
  readonly diagnostic: Diagnostic;
}

/** With a trial, titles say what a fix leads to. */
export function quickFixes(
  file: CheckedFile,
  start: number,
  end: number,
  locale: Locale = 'en',
  trial?: Trial,
): readonly QuickFix[] {
  const inRange = file.problems.filter((problem) => problem.start <= end && start <= problem.end);
  const tried = inRange.length > TRIED ? undefined : trial;
  return inRange.flatMap((problem) => {
    const titles = fixTitles(problem, file, locale, tried);
    return problem.fixes.map((fix, index) => ({
      id: fix.id,
      title: titles[index] ?? '',
      preferred: fix.preferred,
      edits: fix.edits,
      diagnostic: shown(problem, problem.severity, locale),
    }));
  });
}

/** The titles of a problem's fixes; with a trial, with the shape that each leads to, and its weights beside those of the first. */
export function fixTitles(problem: FileProblem, file: CheckedFile, locale: Locale, trial?: Trial): readonly string[] {
  const outcomes = problem.fixes.map((fix) => (trial && shaping(problem) ? outcomeOf(fix, file, trial) : undefined));
  return problem.fixes.map((fix, index) => render(withOutcome(fix.title, outcomes[index], outcomes[0]), locale));
}

/** Where more problems are asked about at once, their fixes are not tried out. */
const TRIED = 20;

/** Gives the titles of the fixes of one problem. */
export type FixTitles = (problem: FileProblem) => readonly string[];

/** The titles of the fixes in a file, for who lists all of its problems: what a fix leads to is found out for the first ones. */
export function titlesIn(file: CheckedFile, trial: Trial, locale: Locale = 'en'): FixTitles {
  let tried = 0;
  return (problem) => {
    const tries = shaping(problem) && problem.fixes.length > 0 && tried < TRIED;
    if (tries) tried += 1;
    return fixTitles(problem, file, locale, tries ? trial : undefined);
  };
}

/** Problems whose fixes are there for the shape that they give. */
function shaping({ code }: FileProblem): boolean {
  return code.startsWith('shape/') || code.startsWith('loss/');
}

const LEADS_TO = 'fix/leads-to';

function withOutcome(title: Message, outcome: Outcome | undefined, first: Outcome | undefined): Message {
  const shape = outcome?.shape;
  if (shape === undefined) return title;
  const { key, values } = besides(outcome?.parameters, first?.parameters);
  // A shape that the title names itself is not said again.
  if (
    key === LEADS_TO &&
    render(title)
      .match(/\[.*?\]|\d+/gu)
      ?.includes(shape)
  )
    return title;
  return { key, values: { ...values, shape }, inner: title };
}

/** How many weights that is beside another number of them. */
function besides(count = 0, other = 0): Message {
  if (count === 0 || other === 0) return { key: LEADS_TO, values: {} };
  const fewer = count < other;
  const ratio = fewer ? other / count : count / other;
  if (ratio >= 2) {
    const times = ratio < 10 ? Number(ratio.toFixed(1)) : Math.round(ratio);
    return { key: fewer ? 'fix/leads-to.times-fewer' : 'fix/leads-to.times-more', values: { times } };
  }
  const percent = Math.round((Math.abs(count - other) / other) * 100);
  if (percent === 0) return { key: LEADS_TO, values: {} };
  return { key: fewer ? 'fix/leads-to.fewer' : 'fix/leads-to.more', values: { percent } };
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
