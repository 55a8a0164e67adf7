/** Imported names that nothing in a file means: hints that can be taken out. */

import type { ImportDecl, SyntaxFile } from '../syntax/tree.ts';
import type { CheckedDeclaration, FileFix, FileProblem } from './checked.ts';

/** For each import the names that are not used; empty where the file imports nothing. */
export function unusedNames(
  syntax: SyntaxFile,
  declarations: readonly CheckedDeclaration[],
): ReadonlyMap<ImportDecl, readonly string[]> {
  const imports = syntax.chunks.flatMap(({ chunk: { declaration: d } }) => (d?.kind === 'import' ? [d] : []));
  if (imports.length === 0) return new Map();
  const used = new Set<string>();
  for (const { chunk, facts } of declarations) {
    if (chunk.declaration?.kind === 'import') continue;
    for (const [node, target] of facts.targets) if (target.kind === 'declaration') used.add(node.text);
  }
  return new Map(
    imports.map((d) => [d, d.names.map((name) => name.text).filter((name) => name !== '' && !used.has(name))]),
  );
}

/** A hint for each name. None while the file has errors: what is unused then may be on its way. */
export function unusedImports(
  syntax: SyntaxFile,
  declarations: readonly CheckedDeclaration[],
  problems: readonly FileProblem[],
): readonly FileProblem[] {
  if (problems.some((problem) => problem.severity === 'error')) return [];
  const unused = unusedNames(syntax, declarations);
  return syntax.chunks.flatMap(({ chunk: { declaration: d }, offset }) => {
    const names = d?.kind === 'import' ? (unused.get(d) ?? []) : [];
    if (d?.kind !== 'import' || names.length === 0) return [];
    return d.names
      .filter((name) => names.includes(name.text))
      .map(
        (name): FileProblem => ({
          code: 'name/unused-import',
          severity: 'hint',
          message: { key: 'name/unused-import', values: { name: name.text } },
          start: offset + name.start,
          end: offset + name.end,
          related: [],
          fixes: [removal(syntax, d, name.text, offset)],
          unfinished: false,
        }),
      );
  });
}

/** The name with a comma, or the whole line where it is the only one. */
function removal(syntax: SyntaxFile, d: ImportDecl, text: string, offset: number): FileFix {
  const index = d.names.findIndex((name) => name.text === text);
  const [name, before, after] = [d.names[index], d.names[index - 1], d.names[index + 1]];
  const line = { start: offset + d.start, end: offset + d.end };
  const lineEnd = /^[ \t]*\r?\n/.exec(syntax.text.slice(line.end))?.[0].length ?? 0;
  const span =
    name === undefined || (before === undefined && after === undefined)
      ? { start: line.start, end: line.end + lineEnd }
      : before !== undefined
        ? { start: offset + before.end, end: offset + name.end }
        : { start: offset + name.start, end: offset + (after?.start ?? name.end) };
  return {
    id: 'name/unused-import/remove',
    title: { key: 'fix/remove-import', values: { name: text } },
    preferred: true,
    edits: [{ file: syntax.file, ...span, newText: '' }],
  };
}
