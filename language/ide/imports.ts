/** Imports: adding a name that another program declares, taking out what is not used, following files that move. */
import type { CheckedFile, FilePlace } from '../check/checked.ts';
import { unusedNames } from '../check/unused-imports.ts';
import type { Locale } from '../messages/table.ts';
import type { ImportDecl, PlacedChunk, SyntaxFile } from '../syntax/tree.ts';
import type { TextEdit } from './formatting.ts';
import { relativePath, resolvePath } from './paths.ts';
import { tellIn } from './tell.ts';

/** An action that a reader can choose: its edits are of one file or of several. */
export interface Action {
  readonly title: string;
  readonly edits: readonly (FilePlace & { readonly newText: string })[];
}

interface PlacedImport {
  readonly placed: PlacedChunk;
  readonly declaration: ImportDecl;
}

function importsOf(syntax: SyntaxFile): readonly PlacedImport[] {
  return syntax.chunks.flatMap((placed) =>
    placed.chunk.declaration?.kind === 'import' ? [{ placed, declaration: placed.chunk.declaration }] : [],
  );
}

/** Problems that an import may solve. */
const unknownNames: ReadonlySet<string> = new Set([
  'name/unknown',
  'name/unknown-model',
  'name/unknown-unit',
  'name/unknown-data',
]);

/** Names without a meaning in the range that another of `programs` declares: an import of each. */
export function importFixes(
  file: CheckedFile,
  start: number,
  end: number,
  programs: readonly SyntaxFile[],
  locale: Locale = 'en',
): readonly (Action & { readonly problem: CheckedFile['problems'][number] })[] {
  const tell = tellIn(locale);
  return file.problems
    .filter((problem) => problem.start <= end && start <= problem.end && unknownNames.has(problem.code))
    .flatMap((problem) => {
      const name = file.syntax.text.slice(problem.start, problem.end);
      return offering(name, file.file, programs).map((path) => ({
        problem,
        title: tell('import', { name, path }),
        edits: [{ ...addImport(file.syntax, name, path), file: file.file }],
      }));
    });
}

/** Paths of the programs that declare the name, as `from` would import them. */
function offering(name: string, from: string, programs: readonly SyntaxFile[]): readonly string[] {
  return programs.flatMap((program) => {
    if (program.file === from || !ownNames(program).includes(name)) return [];
    return relativePath(from, program.file) ?? [];
  });
}

/** What a program declares that can be imported. */
export function ownNames(program: SyntaxFile): readonly string[] {
  return program.chunks.flatMap(({ chunk: { declaration: d } }) => {
    const named = d?.kind === 'unit' || d?.kind === 'variant' || d?.kind === 'extern' || d?.kind === 'data';
    return named && d.name.text !== '' ? [d.name.text] : [];
  });
}

/** The edit that imports `name`: into the import of that path, else as a line below the last import, else at the top. */
export function addImport(syntax: SyntaxFile, name: string, path: string): TextEdit {
  const imports = importsOf(syntax);
  const same = imports.find(({ declaration }) => declaration.from?.value === path);
  const last = same?.declaration.names.at(-1);
  if (same !== undefined && last !== undefined) {
    const at = same.placed.offset + last.end;
    return { start: at, end: at, newText: `, ${name}` };
  }
  const eol = syntax.text.includes('\r\n') ? '\r\n' : '\n';
  const line = `import ${name} from "${path}"`;
  const before = imports.at(-1);
  if (before !== undefined) {
    const at = before.placed.offset + before.declaration.end;
    return { start: at, end: at, newText: `${eol}${line}` };
  }
  const at = syntax.text.startsWith('\ufeff') ? 1 : 0;
  return { start: at, end: at, newText: `${line}${eol}${eol}` };
}

/** Imports sorted by path, names sorted, doubled ones merged, unused ones left out. Nothing while a line cannot be read. */
export function organiseImports(file: CheckedFile): readonly TextEdit[] {
  const imports = importsOf(file.syntax);
  const broken = imports.some(({ placed, declaration }) => placed.chunk.problems.length > 0 || !declaration.from);
  if (imports.length === 0 || broken || file.problems.some((problem) => problem.severity === 'error')) return [];
  const unused = unusedNames(file.syntax, file.declarations);
  const names = new Map<string, Set<string>>();
  for (const { declaration } of imports) {
    const path = declaration.from?.value ?? '';
    const kept = names.get(path) ?? new Set();
    const dropped = unused.get(declaration) ?? [];
    for (const { text } of declaration.names) if (!dropped.includes(text)) kept.add(text);
    names.set(path, kept);
  }
  const lines = [...names]
    .filter(([, kept]) => kept.size > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, kept]) => `import ${[...kept].sort().join(', ')} from "${path}"`);
  const spans = imports.map(({ placed, declaration }) => ({
    start: placed.offset + declaration.start,
    end: placed.offset + declaration.end,
  }));
  return replaceLines(file.syntax.text, spans, lines);
}

/** The first spans get the lines, those that are left over go with their line ends. */
function replaceLines(
  text: string,
  spans: readonly { readonly start: number; readonly end: number }[],
  lines: readonly string[],
): readonly TextEdit[] {
  return spans.flatMap((span, index) => {
    const line = lines[index];
    if (line === undefined) {
      const after = /^[ \t]*\r?\n/.exec(text.slice(span.end))?.[0].length ?? 0;
      return [{ start: span.start, end: span.end + after, newText: '' }];
    }
    return line === text.slice(span.start, span.end) ? [] : [{ ...span, newText: line }];
  });
}

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** What imports and externs of the programs must say after files or folders have moved. */
export function movedImports(programs: readonly SyntaxFile[], moves: readonly Move[]): Action['edits'] {
  return programs.flatMap((program) =>
    program.chunks.flatMap(({ chunk: { declaration: d }, offset }) => {
      if ((d?.kind !== 'import' && d?.kind !== 'extern') || d.from === undefined || d.from.value === '') return [];
      const target = resolvePath(program.file, d.from.value);
      const home = moved(program.file, moves);
      const path = relativePath(home, moved(target, moves));
      const stays = home === program.file && moved(target, moves) === target;
      if (path === undefined || stays || path === d.from.value || /^(?:[\\/]|[a-z]:)/i.test(d.from.value)) return [];
      return [{ file: program.file, start: offset + d.from.start + 1, end: offset + d.from.end - 1, newText: path }];
    }),
  );
}

function moved(file: string, moves: readonly Move[]): string {
  for (const { from, to } of moves) {
    if (file === from) return to;
    const inside = file.startsWith(from) && /^[\\/]/.test(file.slice(from.length));
    if (inside) return to + file.slice(from.length);
  }
  return file;
}
