/**
 * The fuzzer: edits of all programs, one after another, through an analyser that keeps what it can and every editor feature.
 * Nothing may throw, point outside the text, differ from a check from scratch, or be lost in formatting.
 */
import { type CheckedFile, createAnalyser, format, parseFile, render } from '../../../language/index.ts';
import { filesOf, type World } from '../check/files.ts';
import { createEditor } from './edits.ts';
import { askFeature, features } from './features.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly edits: number;
  readonly programs: readonly string[];
  readonly world: World;
  /** How often an answer is compared with a check from scratch, and a text is formatted: every so many edits. */
  readonly every: number;
  readonly progress?: (done: number) => void;
}

export interface FuzzFailure {
  /** Which edit, from 1. */
  readonly edit: number;
  readonly what: string;
  readonly text: string;
}

/** Makes edits until one of them fails; undefined: none did. */
export function fuzz(options: FuzzOptions): FuzzFailure | undefined {
  const { programs, world, every } = options;
  const editor = createEditor(options.seed, programs);
  const files = filesOf(world);
  const names = Object.keys(features);
  const analyser = createAnalyser(files);
  for (let edit = 1; edit <= options.edits; edit++) {
    const text = editor.next();
    const offset = editor.below(text.length + 1);
    let asking = 'the check';
    try {
      const file = analyser.analyse('t.model', text);
      const crash = analyser.crashes[0];
      if (crash !== undefined) return { edit, what: crash, text };
      // Two features of the many, so that after some edits each has been asked everywhere.
      for (const name of [names[edit % names.length], names[editor.below(names.length)]]) {
        asking = name ?? '';
        const wrong = askFeature(asking, { file, text, analyser, offset });
        if (wrong !== undefined) return { edit, what: wrong, text };
      }
      if (edit % every === 0) {
        asking = 'a check from scratch';
        const wrong = compared(file, createAnalyser(files).analyse('t.model', text)) ?? formatted(text);
        if (wrong !== undefined) return { edit, what: wrong, text };
      }
    } catch (error) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { edit, what: `${asking} threw: ${told}`, text };
    }
    if (edit % 1000 === 0) options.progress?.(edit);
  }
  return undefined;
}

/** What an editor sees of a check, as a text. */
export function shown(file: CheckedFile): string {
  const problems = file.problems.map((problem) => [
    problem.code,
    problem.severity,
    problem.start,
    problem.end,
    render(problem.message),
    problem.related.map((related) => [related.at.file, related.at.start, render(related.message)]),
    problem.fixes.map((fix) => [render(fix.title), fix.edits.map((e) => [e.start, e.end, e.newText])]),
  ]);
  const facts = file.declarations.map(({ facts }) => [facts.values.size, facts.targets.size, facts.calls.size]);
  return JSON.stringify({ problems, facts });
}

function compared(kept: CheckedFile, fresh: CheckedFile): string | undefined {
  const [a, b] = [shown(kept), shown(fresh)];
  if (a === b) return undefined;
  let at = 0;
  while (a[at] === b[at]) at++;
  const around = (line: string) => line.slice(Math.max(0, at - 200), at + 200);
  return `The kept answer differs from a check from scratch:\n  ${around(a)}\n  ${around(b)}`;
}

function formatted(text: string): string | undefined {
  const pieces = parseFile('t.model', text)
    .chunks.map(({ chunk }) => chunk.text)
    .join('');
  if (pieces !== text) return 'The chunks are not the text.';
  const result = format(text);
  if (result.replace(/\s+/gu, '') !== text.replace(/\s+/gu, '')) return 'The formatter lost something.';
  return format(result) === result ? undefined : 'A second formatting changes the text again.';
}
