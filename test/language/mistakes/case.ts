/**
 * A mistake as a test: a correct program, the edit that spoils it, and what the reader is then told: where, how severely,
 * by which code, and what the first fix makes of the file, which must check clean again. The full texts of messages,
 * related places and fixes stand in `golden.txt`.
 */
import { expect } from 'vitest';
import type { FileProblem } from '../../../language/check/checked.ts';
import { fixTitles } from '../../../language/ide/fixes.ts';
import { render } from '../../../language/messages/render.ts';
import { analyse, fixed } from '../check/check.ts';
import { world } from './world.ts';

/** When a mistake is found. */
export type Class =
  /** While typing, without any data file. */
  | 'typing'
  /** On reading the header or a sample of a data file. */
  | 'data'
  /** At the start of a run, before the first step. */
  | 'start'
  /** It cannot be written in this language; `why` says what stands in its place. */
  | 'unwritable'
  /** A matter of judgement: good programs do it, too. */
  | 'judgement';

type Edit = readonly [from: string, to: string];

export interface Case {
  readonly title: string;
  readonly class: Class;
  /** The reason for the class, where it is not plain. */
  readonly why?: string;
  /** Correct: no error, no warning. */
  readonly program: string;
  readonly edits: readonly Edit[];
  /** `severity code «marked text»` of each problem that the mistake makes (hints included only where they are meant). */
  readonly finds: readonly string[];
  /** Id of the fix that is tried: the first of the first problem unless said. Missing: no machine can know the mend. */
  readonly fix?: string;
  /** What must stand in the file after the fix; left out: the file is the correct program again. */
  readonly gives?: string;
}

/** A row of the list of mistakes, with the cases that show it. */
export interface Row {
  readonly row: number;
  readonly title: string;
  readonly cases: readonly Case[];
}

/** The program with the mistake in it. */
export function spoil(program: string, edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text.split(from).length, `«${from}» must stand once in the program`).toBe(2);
    return text.replace(from, () => to);
  }, program);
}

export function problemsOf(text: string): readonly FileProblem[] {
  return analyse(text, world).file.problems.filter((problem) => problem.code !== 'data/missing-file');
}

/** Errors and warnings, as `severity code: text`. */
export function loud(text: string): readonly string[] {
  return problemsOf(text)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map((problem) => `${problem.severity} ${problem.code}: ${render(problem.message)}`);
}

function told(problem: FileProblem, text: string): string {
  return `${problem.severity} ${problem.code} «${text.slice(problem.start, problem.end)}»`;
}

/** Runs a case; gives what it showed, for the golden file. */
export function show(one: Case): string {
  expect(loud(one.program), `${one.title}: the program must be correct`).toEqual([]);
  const text = spoil(one.program, one.edits);
  const all = problemsOf(text);
  const hints = one.finds.some((line) => /^(?:hint|information) /u.test(line));
  const before = new Set(problemsOf(one.program).map((problem) => told(problem, one.program)));
  const found = all.filter(
    (problem) =>
      problem.severity === 'error' || problem.severity === 'warning' || (hints && !before.has(told(problem, text))),
  );
  expect(found.map((problem) => told(problem, text))).toEqual(one.finds);
  const lines = [`## ${one.title}`, ...one.edits.map(([from, to]) => `edit: «${oneLine(from)}» → «${oneLine(to)}»`)];
  for (const problem of found) lines.push(...describe(problem, text));
  const [first] = found;
  if (one.fix === undefined) {
    expect(first?.fixes.map((fix) => fix.id) ?? [], 'a fix is there: name it').toEqual([]);
  } else if (first) lines.push(...mend(one, text, first));
  return lines.join('\n');
}

function describe(problem: FileProblem, text: string): string[] {
  const { file, analyser } = analyse(text, world);
  const line = text.slice(0, problem.start).split('\n').length;
  return [
    `${line}: ${told(problem, text)} ${render(problem.message)}`,
    ...problem.related.map((related) => {
      const at =
        related.at.file === 'test.model' ? oneLine(text.slice(related.at.start, related.at.end)) : related.at.file;
      return `    | «${at}» ${render(related.message)}`;
    }),
    ...fixTitles(problem, file, 'en', (other) => analyser.tryOut(file.file, other)).map(
      (title, index) => `    * ${problem.fixes[index]?.id}: ${title}`,
    ),
  ];
}

function mend(one: Case, text: string, problem: FileProblem): string[] {
  const index = problem.fixes.findIndex((fix) => fix.id === one.fix);
  expect(index, `fixes: ${problem.fixes.map((fix) => fix.id).join(', ')}`).toBe(0);
  const mended = fixed(text, problem, index);
  expect(loud(mended), `${one.title}: the file must be clean after the fix`).toEqual([]);
  if (one.gives === undefined) expect(mended).toBe(one.program);
  else expect(mended).toContain(one.gives);
  const changed = mended.split('\n').filter((line) => !text.split('\n').includes(line));
  return changed.map((line) => `    > ${line.trim()}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().slice(0, 100);
}
