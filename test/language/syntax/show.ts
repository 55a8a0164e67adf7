/** Shows a text's syntax problems as plain lines, with the places they stand at. */
import type { SyntaxFile } from '../../../language/index.ts';
import { parseFile, render } from '../../../language/index.ts';
import { applyEdits } from './edits.ts';

export function showProblems(text: string): readonly string[] {
  const file = parseFile('test.model', text);
  return file.chunks.flatMap(({ chunk, offset }) =>
    chunk.problems.flatMap((problem) => {
      const place = `${position(text, offset + problem.at.start)} \`${chunk.text.slice(problem.at.start, problem.at.end)}\``;
      const related = problem.related.map((r) => `  | ${position(text, offset + r.at.start)} ${render(r.message)}`);
      const fixes = problem.fixes.map((fix) => {
        const fixed = applyEdits(
          text,
          fix.edits.map((e) => ({ start: offset + e.at.start, end: offset + e.at.end, newText: e.newText })),
        );
        return `  * ${render(fix.title)}: ${changedLines(text, fixed)}`;
      });
      return [`${place} ${problem.code}: ${render(problem.message)}`, ...related, ...fixes];
    }),
  );
}

/** Line and column, from 1. */
export function position(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

function changedLines(before: string, after: string): string {
  const old = new Set(before.split('\n'));
  const lines = after.split('\n').filter((line) => !old.has(line));
  return lines.length === 0 ? '(a line that is there already)' : lines.map((line) => line.trim()).join(' ⏎ ');
}

/** Names of the declarations, as far as they are known. */
export function declared(file: SyntaxFile): readonly string[] {
  return file.chunks.flatMap(({ chunk }) => {
    const d = chunk.declaration;
    return d === undefined ? [] : [`${d.kind} ${'name' in d ? d.name.text : ''}`.trim()];
  });
}
