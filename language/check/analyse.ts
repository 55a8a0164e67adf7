/**
 * The analyser: checks files declaration by declaration and keeps each result while its text and every answer that its
 * check asked for (names, headers, imports) stay the same. What it gives never depends on what it kept.
 */
import type { Catalog } from '../catalog/index.ts';
import { catalog as library } from '../catalog/index.ts';
import type { Files, FileTrouble } from '../files.ts';
import { isLossy, wordsAt } from '../syntax/lossy.ts';
import { parseFile } from '../syntax/parse.ts';
import type { Chunk, Declaration, SyntaxFile } from '../syntax/tree.ts';
import type { CheckedDeclaration, CheckedFile, FileProblem } from './checked.ts';
import { checkDeclaration, type OwnCheck } from './declaration.ts';
import { locate, offsetsOf } from './locate.ts';
import type { Found, NameKind, Program } from './program.ts';
import { unitsUsedBy } from './recursion.ts';
import { unusedImports } from './unused-imports.ts';

export interface Analyser {
  /** Checks a file. Cheap where little changed since the last time. */
  analyse(file: string, text: string): CheckedFile;
  /** What a file would be with another text. Nothing of it stays. */
  tryOut(file: string, text: string): CheckedFile;
  /** Forgets a file that is closed or gone. */
  forget(file: string): void;
  /** The declarations as a check sees them: for plans and summaries. */
  readonly program: Program;
  /** The tree of a file that was analysed or imported. */
  syntax(file: string): SyntaxFile | undefined;
  /** Entries whose rule threw, since the start: bugs. */
  readonly crashes: readonly string[];
}

/** One answer that a check was given. */
interface Dependency {
  readonly ask: () => unknown;
  readonly answer: unknown;
}

type Dependencies = Map<string, Dependency>;

interface Kept {
  readonly own: OwnCheck;
  readonly dependencies: Dependencies;
}

/** Declarations that are checked on behalf of one another; deeper ones are refused by the nesting limit of units. */
const DEPTH_LIMIT = 200;

export function createAnalyser(files: Files, catalog: Catalog = library): Analyser {
  const sources = new Map<string, SyntaxFile>();
  const kept = new WeakMap<Chunk, Kept>();
  const running: { readonly chunk: Chunk; readonly dependencies: Dependencies }[] = [];
  /** Results that were found to hold in this pass. */
  let confirmed = new Set<Chunk>();
  /** The file of this pass. */
  let current = '';
  /** Units used by each, in this pass. */
  let used = new Map<Chunk, ReadonlySet<Chunk>>();
  const crashes: string[] = [];
  /** What was kept of the chunks that a trial checks anew. */
  let replaced: Map<Chunk, Kept | undefined> | undefined;

  function noted<T>(key: string, ask: () => T): T {
    const answer = ask();
    const top = running.at(-1);
    if (top && !top.dependencies.has(key)) top.dependencies.set(key, { ask, answer });
    return answer;
  }

  function syntaxOf(file: string, text: string): SyntaxFile {
    const before = sources.get(file);
    if (before && before.text === text) return before;
    const syntax = parseFile(file, text, before);
    sources.set(file, syntax);
    return syntax;
  }

  function imported(from: string, path: string): SyntaxFile | FileTrouble | undefined {
    const source = files.source(from, path);
    if (source === undefined || typeof source === 'string') return source;
    // The text under analysis is newer than any other of that file.
    return source.file === current ? sources.get(current) : syntaxOf(source.file, source.text);
  }

  function lookUp(file: string, name: string, kind: NameKind, seen: readonly string[]): Found | undefined {
    const syntax = sources.get(file);
    if (!syntax || seen.includes(file)) return undefined;
    const found = namesOf(syntax)[kind].get(name);
    if (found?.declaration.kind !== 'import') return found;
    const path = found.declaration.from?.value;
    const target = path === undefined ? undefined : imported(file, path);
    if (!target || typeof target === 'string') return found;
    const there = lookUp(target.file, name, kind, [...seen, file]);
    if (there || kind === 'run') return there;
    // A name that is nothing at all there is the import's own error.
    const other = lookUp(target.file, name, kind === 'unit' ? 'data' : 'unit', [...seen, file]);
    return other ? undefined : found;
  }

  function reaches(file: string, goal: string, seen: Set<string>): boolean {
    if (file === goal) return true;
    if (seen.has(file)) return false;
    seen.add(file);
    return (sources.get(file)?.chunks ?? []).some(({ chunk }) => {
      const { declaration } = chunk;
      if (declaration?.kind !== 'import' || !declaration.from) return false;
      const target = imported(file, declaration.from.value);
      return target !== undefined && typeof target !== 'string' && reaches(target.file, goal, seen);
    });
  }

  function importTrouble(file: string, path: string): FileTrouble | 'cycle' | 'fine' | undefined {
    const target = imported(file, path);
    if (target === undefined || typeof target === 'string') return target;
    return reaches(target.file, file, new Set()) ? 'cycle' : 'fine';
  }

  function usedBy(chunk: Chunk): ReadonlySet<Chunk> {
    let found = used.get(chunk);
    if (!found) {
      found = unitsUsedBy(chunk, (file, name) => lookUp(file, name, 'unit', [])?.chunk);
      used.set(chunk, found);
    }
    return found;
  }

  const program: Program = {
    catalog,
    find: (file, name, kind) => {
      const found = noted(`${kind} ${file} ${name}`, () => lookUp(file, name, kind, [])?.chunk);
      const declaration = found?.declaration;
      return found && declaration ? { chunk: found, declaration } : undefined;
    },
    declarer: (file, name, kind) =>
      noted(`declarer ${kind} ${file} ${name}`, () => {
        const syntax = sources.get(file);
        return syntax && namesOf(syntax)[kind].get(name)?.chunk;
      }),
    spoilt: (file, name) =>
      noted(`spoilt ${file} ${name}`, () => {
        const syntax = sources.get(file);
        return syntax !== undefined && spoiltWords(syntax).has(name);
      }),
    mentions: (file, name) => noted(`mentions ${file} ${name}`, () => mentionsOf(sources.get(file)?.text ?? '', name)),
    names: (file, kind) => {
      const list = noted(`names ${kind} ${file}`, () => {
        const syntax = sources.get(file);
        return syntax ? [...namesOf(syntax)[kind].keys()].join(' ') : '';
      });
      return list === '' ? [] : list.split(' ');
    },
    exported: (file, path) => {
      const list = noted(`exported ${file} ${path}`, () => {
        const target = imported(file, path);
        if (!target || typeof target === 'string') return '';
        const names = namesOf(target);
        return [...names.unit.keys(), ...names.data.keys()].join(' ');
      });
      return list === '' ? [] : list.split(' ');
    },
    reaches: (from, goal) => noted(`reaches ${idOf(from)} ${idOf(goal)}`, () => usedBy(from).has(goal)),
    check: (chunk) => own(chunk)?.checked,
    header: (file, path, wish) =>
      noted(`header ${file} ${JSON.stringify(wish)} ${path}`, () => files.header(file, path, wish)),
    module: (file, path) => {
      const found = files.source(file, path);
      noted(`module ${file} ${path}`, () => {
        const now = files.source(file, path);
        return typeof now === 'object' ? now.text : now;
      });
      return found;
    },
    importTrouble: (file, path) => noted(`import ${file} ${path}`, () => importTrouble(file, path)),
  };

  /** The own check of a chunk: kept, or made anew. Undefined while it is under way. */
  function own(chunk: Chunk): OwnCheck | undefined {
    if (running.length > DEPTH_LIMIT || running.some((one) => one.chunk === chunk)) return undefined;
    const before = kept.get(chunk);
    let result = before;
    if (!result || !holds(chunk, result)) {
      if (replaced && !replaced.has(chunk)) replaced.set(chunk, before);
      const dependencies: Dependencies = new Map();
      running.push({ chunk, dependencies });
      const made = guarded(chunk);
      running.pop();
      crashes.push(...made.crashes);
      result = { own: made, dependencies };
      kept.set(chunk, result);
    }
    confirmed.add(chunk);
    const top = running.at(-1);
    if (top)
      for (const [key, dependency] of result.dependencies) {
        if (!top.dependencies.has(key)) top.dependencies.set(key, dependency);
      }
    return result.own;
  }

  /** A throw is a bug: it is written down, and the declaration has no result. */
  function guarded(chunk: Chunk): OwnCheck {
    try {
      return checkDeclaration(chunk, program);
    } catch (error) {
      return { checked: empty(chunk), crashes: [String(error instanceof Error ? (error.stack ?? error) : error)] };
    }
  }

  function holds(chunk: Chunk, result: Kept): boolean {
    if (confirmed.has(chunk)) return true;
    for (const { ask, answer } of result.dependencies.values()) if (ask() !== answer) return false;
    return true;
  }

  function analyse(file: string, text: string): CheckedFile {
    current = file;
    confirmed = new Set();
    used = new Map();
    const syntax = syntaxOf(file, text);
    const declarations = syntax.chunks.map(({ chunk }) => own(chunk)?.checked ?? empty(chunk));
    const problems = fileProblems(file, declarations);
    const unused = unusedImports(syntax, declarations, problems);
    return { file, syntax, declarations, problems: unused.length === 0 ? problems : [...unused, ...problems] };
  }

  function tryOut(file: string, text: string): CheckedFile {
    const before = sources.get(file);
    replaced = new Map();
    try {
      return analyse(file, text);
    } finally {
      for (const [chunk, was] of replaced) {
        if (was) kept.set(chunk, was);
        else kept.delete(chunk);
      }
      replaced = undefined;
      if (before) sources.set(file, before);
      else sources.delete(file);
      confirmed = new Set();
      used = new Map();
    }
  }

  function fileProblems(file: string, declarations: readonly CheckedDeclaration[]): readonly FileProblem[] {
    const offsetOf = (chunk: Chunk) => {
      const syntax = sources.get(chunk.file);
      return syntax && offsetsOf(syntax).get(chunk);
    };
    const seen = new Set<string>();
    const problems: FileProblem[] = [];
    for (const { problems: found } of declarations) {
      for (const problem of found) {
        const located = locate(problem, offsetOf);
        if (!located || located.file !== file) continue;
        const key = `${located.code} ${located.start} ${located.end}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const { file: _, ...rest } = located;
        problems.push(rest);
      }
    }
    return problems.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  return {
    analyse,
    tryOut,
    forget: (file) => {
      sources.delete(file);
    },
    program,
    syntax: (file) => sources.get(file),
    crashes,
  };
}

function empty(chunk: Chunk): CheckedDeclaration {
  const facts = { values: new Map(), targets: new Map(), calls: new Map(), unit: undefined, columns: undefined };
  return { chunk, problems: [], facts };
}

// ---- names of a file

function mentionsOf(text: string, name: string): number {
  const word = /[\p{L}\p{N}_]/u;
  let count = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (!word.test(text[at - 1] ?? '') && !word.test(text[at + name.length] ?? '')) count++;
  }
  return count;
}

const ids = new WeakMap<Chunk, number>();
let nextId = 0;

/** A number for each chunk, so that questions about it have a key. */
function idOf(chunk: Chunk): number {
  let id = ids.get(chunk);
  if (id === undefined) {
    id = nextId++;
    ids.set(chunk, id);
  }
  return id;
}

const spoilt = new WeakMap<SyntaxFile, ReadonlySet<string>>();

/** The words of the lines in which a syntax error loses something. */
function spoiltWords(syntax: SyntaxFile): ReadonlySet<string> {
  const before = spoilt.get(syntax);
  if (before) return before;
  const words = new Set<string>();
  for (const { chunk } of syntax.chunks) {
    for (const problem of chunk.problems)
      for (const word of isLossy(problem) ? wordsAt(problem.at, chunk.text) : []) words.add(word);
  }
  spoilt.set(syntax, words);
  return words;
}

type Names = Readonly<Record<NameKind, ReadonlyMap<string, Found>>>;
const tables = new WeakMap<SyntaxFile, Names>();

/** The names that a file declares or imports; the first declaration of a name counts. */
function namesOf(syntax: SyntaxFile): Names {
  const before = tables.get(syntax);
  if (before) return before;
  const names = { unit: new Map<string, Found>(), data: new Map<string, Found>(), run: new Map<string, Found>() };
  for (const { chunk } of syntax.chunks) {
    const { declaration } = chunk;
    if (!declaration) continue;
    for (const [kind, name] of declaredNames(declaration)) {
      if (name !== '' && !names[kind].has(name)) names[kind].set(name, { chunk, declaration });
    }
  }
  tables.set(syntax, names);
  return names;
}

function declaredNames(declaration: Declaration): readonly (readonly [NameKind, string])[] {
  switch (declaration.kind) {
    case 'unit':
    case 'variant':
    case 'extern':
      return [['unit', declaration.name.text]];
    case 'data':
      return [['data', declaration.name.text]];
    case 'import':
      return declaration.names.flatMap(({ text }): [NameKind, string][] => [
        ['unit', text],
        ['data', text],
      ]);
    case 'run':
      return declaration.run === 'train' ? [['run', runName(declaration)]] : [];
    case 'export':
      return [];
  }
}

/** The name of a run declaration: its `as` name, else its model's. */
export function runName(declaration: Extract<Declaration, { kind: 'run' }>): string {
  return declaration.as?.text ?? declaration.model.map((name) => name.text).join('.');
}
