/**
 * The programs of the open folders beside the open documents: for references, renames, imports and the problems of closed
 * files. Nothing of it is on the typing path: folders are walked when a request needs them, in the background.
 */
import type { Programs } from '../files/index.ts';
import { type Analyser, type CheckedFile, parseFile, type SyntaxFile } from '../language/index.ts';
import type { Documents } from './documents.ts';

export interface Workspace {
  /** Resolves when the programs on disk are known; `now`: as they are this moment, whatever was told of changes. */
  ready(now?: 'now'): Promise<void>;
  /** Trees of all programs, open ones as they are typed. Their chunks are not those of the checks. */
  trees(): readonly SyntaxFile[];
  /** Checks the closed programs that contain the word (all, without one) in slices, so that typing goes on meanwhile. */
  warm(word?: string): Promise<void>;
  /** Checks of the open programs, and of those closed ones that contain the word: quick after `warm`. */
  checks(word?: string): readonly CheckedFile[];
  /** Paths of the programs that are not open. */
  closed(): readonly string[];
  /** The check of a program that is not open. */
  check(path: string): CheckedFile | undefined;
}

/** So long the server may be busy with closed programs before it looks at its messages, in milliseconds. */
const SLICE = 10;

/** How long a walk of the folders counts, in milliseconds. */
const AGE = 5_000;
const WATCHED_AGE = 30_000;

export interface WorkspaceOptions {
  readonly programs: Programs;
  readonly documents: Documents;
  readonly analyser: Analyser;
  /** Changes on disk are told: only folders that go unseen are looked for. */
  readonly watched: boolean;
  /** A program on disk came, went or changed. */
  readonly changed: () => void;
}

export function createWorkspace({ programs, documents, analyser, watched, changed }: WorkspaceOptions): Workspace {
  const trees = new Map<string, SyntaxFile>();

  function closed(): readonly string[] {
    return programs.paths().filter((path) => documents.byFile(path) === undefined);
  }

  function openChecks(): readonly CheckedFile[] {
    return documents.all().flatMap(({ document }) => documents.checked(document.uri)?.file ?? []);
  }

  function treeOf(path: string): readonly SyntaxFile[] {
    const text = programs.text(path);
    if (text === undefined) return [];
    const before = trees.get(path);
    const tree = before?.text === text ? before : parseFile(path, text);
    trees.set(path, tree);
    return [tree];
  }

  function check(path: string): CheckedFile | undefined {
    const text = programs.text(path);
    return text === undefined ? undefined : analyser.analyse(path, text);
  }

  function closedWith(word: string): readonly string[] {
    return closed().filter((path) => programs.text(path)?.includes(word) === true);
  }

  return {
    async warm(word = '') {
      let since = performance.now();
      for (const path of closedWith(word)) {
        check(path);
        if (performance.now() - since < SLICE) continue;
        await new Promise((resolve) => setImmediate(resolve));
        since = performance.now();
      }
    },
    async ready(now) {
      const age = watched ? WATCHED_AGE : AGE;
      if (await programs.refresh(now === undefined ? age : 0)) changed();
    },
    trees: () => [...openChecks().map((file) => file.syntax), ...closed().flatMap(treeOf)],
    checks: (word = '') => [...openChecks(), ...closedWith(word).flatMap((path) => check(path) ?? [])],
    closed,
    check,
  };
}
