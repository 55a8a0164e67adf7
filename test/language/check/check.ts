/**
 * Tests as marked text: a program with carets under what is expected.
 *
 *     y = x -> Dense(
 *              ^^^^^ argument/missing: `Dense` needs …
 *                | 3:14 where a number came from
 *                * Title of a fix
 *
 * A caret line stands below its line and spans exactly what is underlined; `code: message` follows it, with related places
 * (`|`) and fixes (`*`) below, of which none need be written. A missing problem fails, and so does one too many.
 */
import { expect } from 'vitest';
import type { CheckedFile, FileProblem } from '../../../language/check/checked.ts';
import { type Analyser, createAnalyser } from '../../../language/check/index.ts';
import { render } from '../../../language/messages/render.ts';
import { filesOf, type World } from './files.ts';

export { filesOf, type World } from './files.ts';

/** Checks a text; entries' rules may not throw. */
export function analyse(text: string, world: World = {}): { readonly file: CheckedFile; readonly analyser: Analyser } {
  const analyser = createAnalyser(filesOf(world));
  const file = analyser.analyse('test.model', text);
  expect(analyser.crashes).toEqual([]);
  return { file, analyser };
}

/** Fails unless exactly the marked problems are found. */
export function check(marked: string, world: World = {}): void {
  const { text, wanted } = readMarks(marked);
  const { file } = analyse(text, world);
  const found = file.problems.filter((problem) => shown(problem, world));
  const details = new Map(wanted.map((mark) => [mark.at, mark]));
  const lines = found.map((problem) => {
    const at = rangeText(text, problem);
    const mark = details.get(at);
    const message = `${problem.severity === 'error' ? '' : `${problem.severity} `}${problem.code}: ${render(problem.message)}`;
    const related = mark?.related.length ? relatedLines(problem, text) : [];
    const fixes = mark?.fixes.length ? problem.fixes.map((fix) => `* ${render(fix.title)}`) : [];
    return [`${at} ${mark && !mark.text.includes(': ') ? message.split(': ')[0] : message}`, ...related, ...fixes].join(
      '\n',
    );
  });
  expect(lines.sort()).toEqual(
    wanted.map((mark) => [`${mark.at} ${mark.text}`, ...mark.related, ...mark.fixes].join('\n')).sort(),
  );
}

function shown(problem: FileProblem, world: World): boolean {
  if (problem.code === 'data/missing-file') return false;
  // What is checked and not carried out yet is no news of a test about something else.
  if (problem.code === 'train/not-supported-yet' && problem.severity === 'information') return world.hints === true;
  return world.hints === true || problem.severity !== 'hint';
}

function relatedLines(problem: FileProblem, text: string): string[] {
  return problem.related.map((related) => {
    const { line, column } = position(text, related.at.start);
    return `| ${line}:${column} ${render(related.message)}`;
  });
}

interface Mark {
  readonly at: string;
  readonly text: string;
  readonly related: string[];
  readonly fixes: string[];
}

/** Takes the caret lines out of a text; the indentation common to all lines goes, too. */
export function readMarks(marked: string): { readonly text: string; readonly wanted: readonly Mark[] } {
  const all = marked
    .replace(/^\n/u, '')
    .replace(/\n\s*$/u, '\n')
    .split('\n');
  const indents = all.filter((line) => line.trim() !== '').map((line) => /^ */u.exec(line)![0].length);
  const indent = Math.min(...indents);
  const lines: string[] = [];
  const wanted: Mark[] = [];
  for (const raw of all) {
    const line = raw.slice(indent);
    const caret = /^(\s*)(\^+) (.*)$/u.exec(line);
    const detail = /^\s*([|*]) (.*)$/u.exec(line);
    if (caret) {
      const column = caret[1]!.length + 1;
      const at = `${lines.length}:${column}-${column + caret[2]!.length}`;
      wanted.push({ at, text: caret[3]!, related: [], fixes: [] });
    } else if (detail && wanted.length > 0 && /^\s*[|*] /u.test(line)) {
      const last = wanted.at(-1)!;
      (detail[1] === '|' ? last.related : last.fixes).push(`${detail[1]} ${detail[2]}`);
    } else lines.push(line);
  }
  return { text: lines.join('\n'), wanted };
}

function rangeText(text: string, problem: FileProblem): string {
  const { line, column } = position(text, problem.start);
  return `${line}:${column}-${column + problem.end - problem.start}`;
}

function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** The text after a fix. */
export function fixed(text: string, problem: FileProblem, index = 0): string {
  const edits = [...problem.fixes[index]!.edits].sort((a, b) => b.start - a.start);
  return edits.reduce((now, edit) => now.slice(0, edit.start) + edit.newText + now.slice(edit.end), text);
}
