/** Which names can be written at a place of a declaration: its own, those of the file, those of the library. */
import type { EntryPlace } from '../catalog/entry.ts';
import type { Chunk, Declaration, Name, Statement, SyntaxFile, TypeExpr } from '../syntax/tree.ts';

export interface ScopeName {
  readonly name: Name;
  readonly what: 'parameter' | 'input' | 'output' | 'binding' | 'layer' | 'field' | 'size';
}

/** Places of the library in which names of a declaration's expressions are looked up. */
export function placesFor(declaration: string | undefined): readonly EntryPlace[] {
  switch (declaration) {
    case 'data':
      return ['data', 'source', 'model', 'augment'];
    case 'run':
      return ['loss', 'metric', 'optimizer', 'schedule', 'model', 'tune'];
    default:
      return ['model', 'initialiser'];
  }
}

/** Names that are bound before `at` (an offset in the chunk's text), the nearest last; not those of the line being written. */
export function localsBefore(chunk: Chunk, at: number): readonly ScopeName[] {
  const { declaration, text } = chunk;
  if (declaration === undefined) return [];
  const done = (line: Line) => line.end < at && (line.kind === 'input' || text.slice(line.end, at).includes('\n'));
  switch (declaration.kind) {
    case 'unit':
    case 'extern':
    case 'data': {
      const params = declaration.params.map((param): ScopeName => ({ name: param.name, what: 'parameter' }));
      return [...params, ...linesOf(declaration).filter(done).flatMap(namesOf)];
    }
    case 'run':
      return linesOf(declaration).filter(done).flatMap(namesOf);
    case 'variant':
    case 'import':
    case 'export':
      return [];
  }
}

type Line = Statement | Extract<Declaration, { readonly kind: 'data' | 'run' }>['body'][number];

function linesOf(declaration: Extract<Declaration, { readonly body: unknown }>): readonly Line[] {
  return declaration.body;
}

function namesOf(line: Line): readonly ScopeName[] {
  switch (line.kind) {
    case 'input':
      return [{ name: line.name, what: 'input' }, ...sizesOf(line.type)];
    case 'output':
      return line.name === undefined ? [] : [{ name: line.name, what: 'output' }];
    case 'layer':
      return [{ name: line.name, what: 'layer' }];
    case 'field':
      return [{ name: line.name, what: 'field' }];
    case 'bind':
      return line.parts.map((part): ScopeName => ({ name: part.name, what: 'binding' }));
    case 'entry':
    case 'require':
      return [];
  }
}

/** Names that an input's type introduces: `T` in `int32[T]`. */
function sizesOf(type: TypeExpr | undefined): readonly ScopeName[] {
  return (type?.shape?.dims ?? []).flatMap((dim): readonly ScopeName[] =>
    dim.kind === 'name' ? [{ name: { text: dim.text, start: dim.start, end: dim.end }, what: 'size' }] : [],
  );
}

/**
 * Whether the shapes that a check of the declaration finds hold for all its uses: numbers stay names, but flags, words, lists
 * and layers are taken as their defaults say.
 */
export function holdsForAll(declaration: Declaration | undefined): boolean {
  if (declaration?.kind !== 'unit' || declaration.unit === 'model') return true;
  return declaration.params.every(
    ({ type }) => type !== undefined && !type.list && (type.of === 'int' || type.of === 'float'),
  );
}

export interface DeclaredName {
  readonly name: string;
  readonly kind: 'model' | 'block' | 'data' | 'import';
  readonly doc: string | undefined;
  readonly head: string;
}

/** The declarations of a file that can be named, imports included. */
export function declaredNames(file: SyntaxFile): readonly DeclaredName[] {
  return file.chunks.flatMap(({ chunk }) =>
    chunk.declaration === undefined ? [] : namedBy(chunk.declaration, chunk.text),
  );
}

function namedBy(d: Declaration, text: string): readonly DeclaredName[] {
  const head =
    text
      .slice(d.start, d.end)
      .split('\n')[0]
      ?.replace(/\s*\{.*$/, '') ?? '';
  switch (d.kind) {
    case 'unit':
    case 'variant':
      return [{ name: d.name.text, kind: d.unit, doc: d.doc, head }];
    case 'extern':
      return [{ name: d.name.text, kind: 'block', doc: d.doc, head }];
    case 'data':
      return [{ name: d.name.text, kind: 'data', doc: d.doc, head }];
    case 'import':
      return d.names.map((n) => ({ name: n.text, kind: 'import', doc: undefined, head }));
    case 'run':
    case 'export':
      return [];
  }
}
