/** Suggestions of paths in strings: programs behind `from`, data files in `data`. What lies in a folder is told from outside. */
import type { CheckedFile } from '../check/checked.ts';
import { lex } from '../syntax/lexer.ts';
import type { Span, SyntaxFile } from '../syntax/tree.ts';
import { type Completion, type Item, item } from './completion.ts';
import { type Spot, spotAt } from './locate.ts';
import { relativePath } from './paths.ts';
import type { Tell } from './tell.ts';

/** A path that is being written. */
export interface PathAsked {
  readonly kind: 'program' | 'data';
  /** What is written up to the cursor's last `/`: the folder that is looked into. */
  readonly folder: string;
  /** File offsets of what stands in the quotes, and of its part behind the last `/` before the cursor. */
  readonly whole: Span;
  readonly last: Span;
}

export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

/** The path under the cursor, if a path is meant there. */
export function pathAt(file: CheckedFile, offset: number): PathAsked | undefined {
  const spot = spotAt(file, offset);
  const kind = spot === undefined ? undefined : kindAt(spot);
  if (spot === undefined || kind === undefined) return undefined;
  const { chunk, offset: base } = spot.placed;
  const token = lex(chunk.text).tokens.find((t) => t.kind === 'string' && t.start < spot.at && spot.at <= t.end);
  if (token === undefined) return undefined;
  const start = token.start + 1;
  const closed = token.end - start > 0 && chunk.text[token.end - 1] === '"';
  const end = closed ? token.end - 1 : token.end;
  if (spot.at > end) return undefined;
  const typed = chunk.text.slice(start, spot.at);
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  return {
    kind,
    folder,
    whole: { start: base + start, end: base + end },
    last: { start: base + start + folder.length, end: base + end },
  };
}

function kindAt({ placed: { chunk }, at }: Spot): PathAsked['kind'] | undefined {
  const d = chunk.declaration;
  if (d?.kind === 'import' || d?.kind === 'extern') {
    const head = chunk.text.slice(d.start, at).split('{')[0] ?? '';
    return /\bfrom\s*"[^"]*$/.test(head) ? 'program' : undefined;
  }
  if (d?.kind !== 'data') return undefined;
  // Only the source reads files; `columns:` and separators are other texts.
  const line = d.body.find((one) => one.kind === 'entry' && one.start <= at && at <= one.end);
  if (line?.kind !== 'entry' || line.key.text !== 'source') return undefined;
  const before = chunk.text.slice(line.start, at);
  return /\b(?:separator|missing|query|columns?|names?|parts)\s*(?::|\()\s*[^,)]*"[^"]*$/.test(before)
    ? undefined
    : 'data';
}

/** What can be written there: the entries of the folder, and for an import the programs that are known. */
export function pathCompletion(
  asked: PathAsked,
  entries: readonly FolderEntry[],
  around: { readonly file: string; readonly programs: readonly SyntaxFile[]; readonly tell: Tell },
): Completion {
  const { tell, file } = around;
  const files = entries.filter((entry) => !entry.folder && fits(asked.kind, entry.name));
  const folders = entries.filter((entry) => entry.folder);
  const here: readonly Item[] = [
    ...files.map((entry) =>
      item(entry.name, 'file', 0, { detail: tell(asked.kind === 'program' ? 'program' : 'data-file') }),
    ),
    ...folders.map((entry) => item(`${entry.name}/`, 'folder', 1, { detail: tell('folder') })),
  ];
  if (asked.kind === 'data' || asked.folder !== '') return { items: here, replace: asked.last };
  const known = around.programs.flatMap((program) => {
    const path = program.file === file ? undefined : relativePath(file, program.file);
    return path === undefined ? [] : [item(path, 'file', 0, { detail: tell('program') })];
  });
  const ways = folders.map((entry) => item(`./${entry.name}/`, 'folder', 1, { detail: tell('folder') }));
  return { items: [...known, ...ways], replace: asked.whole };
}

function fits(kind: PathAsked['kind'], name: string): boolean {
  return kind === 'program' ? name.endsWith('.model') : !name.endsWith('.model');
}
