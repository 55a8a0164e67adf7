/** Suggestions from other programs: names in an `import` line, and names that are imported as they are accepted. */
import type { ImportDecl, SyntaxFile } from '../syntax/tree.ts';
import { type Asked, type Item, item } from './completion.ts';
import { addImport, ownNames } from './imports.ts';
import { relativePath, resolvePath } from './paths.ts';
import { type DeclaredName, declaredNames } from './scope.ts';

/** In `import ▮ from "./blocks.model"`: what that program declares; without a path, what any program declares. */
export function importedItems(asked: Asked): readonly Item[] {
  const d = asked.spot.placed.chunk.declaration;
  if (d?.kind !== 'import') return [];
  const path = d.from?.value;
  const written = namesBefore(d, asked.spot.at);
  if (path === undefined) {
    return foreignNames(asked).map(({ name, path: from }) =>
      item(name.name, kindOf(name), 0, {
        detail: asked.tell('defined-in', { path: from }),
        doc: name.doc ?? '',
        insert: `${name.name} from "${from}"`,
      }),
    );
  }
  const target = resolvePath(asked.file.file, path);
  const program = asked.programs.find((one) => one.file === target);
  return program === undefined
    ? []
    : declaredHere(program)
        .filter((name) => !written.has(name.name))
        .map((name) => item(name.name, kindOf(name), 0, { detail: name.head, doc: name.doc ?? '' }));
}

function namesBefore(d: ImportDecl, at: number): ReadonlySet<string> {
  return new Set(d.names.filter((name) => at < name.start || name.end < at).map((name) => name.text));
}

/** Blocks and models (or data) of other programs, with the import that they need. */
export function foreignItems(asked: Asked, wanted: readonly DeclaredName['kind'][], order: number): readonly Item[] {
  return foreignNames(asked)
    .filter(({ name }) => wanted.includes(name.kind))
    .map(({ name, path }) =>
      item(name.name, kindOf(name), order, {
        detail: asked.tell('defined-in', { path }),
        doc: name.doc ?? '',
        also: [addImport(asked.file.syntax, name.name, path)],
      }),
    );
}

interface Foreign {
  readonly name: DeclaredName;
  readonly path: string;
}

/** What other programs declare and this one has no name for. */
function foreignNames({ file, programs }: Asked): readonly Foreign[] {
  const own = new Set(declaredNames(file.syntax).map((d) => d.name));
  return programs.flatMap((program): readonly Foreign[] => {
    const path = program.file === file.file ? undefined : relativePath(file.file, program.file);
    if (path === undefined) return [];
    return declaredHere(program).flatMap((name) => (own.has(name.name) ? [] : [{ name, path }]));
  });
}

function declaredHere(program: SyntaxFile): readonly DeclaredName[] {
  const names = new Set(ownNames(program));
  return declaredNames(program).filter((name) => name.kind !== 'import' && names.has(name.name));
}

function kindOf(name: DeclaredName): Item['kind'] {
  return name.kind === 'data' ? 'data' : 'unit';
}
