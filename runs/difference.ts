/** What is different between two runs: settings, the copies of their programs, their data. Reads only. */
import { lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  changedSettings,
  type DataDifference,
  diffTexts,
  type RunDifference,
  type RunFacts,
} from '../protocol/index.ts';
import { evaluationDifferences } from './evaluation-difference.ts';
import { readPlain } from './plain-file.ts';

/** Programs are small: what is larger, or what there is more of, is not read. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FILES = 200;

/** From one run to another. */
export function differenceOf(from: RunFacts, to: RunFacts): RunDifference {
  const before = sourcesOf(from.folder);
  const after = sourcesOf(to.folder);
  const names = [...new Set([...after.keys(), ...before.keys()])];
  return {
    settings: changedSettings(from.settings, to.settings),
    files: names.flatMap((name) => {
      const [old = '', now = ''] = [before.get(name)?.text, after.get(name)?.text];
      return old === now ? [] : [{ name, diff: diffTexts(old, now) }];
    }),
    data: dataDifference(from, to),
    evaluations: evaluationDifferences(from.folder, to.folder),
  };
}

function dataDifference(from: RunFacts, to: RunFacts): DataDifference {
  const rows = (['train', 'validation', 'test'] as const).flatMap((part) => {
    const [old, now] = [from.rows?.[part], to.rows?.[part]];
    return old === undefined || now === undefined || old === now ? [] : [{ part, from: old, to: now }];
  });
  return { same: from.dataHash === to.dataHash, rows };
}

export interface SourceCopy {
  readonly path: string;
  readonly text: string;
}

/**
 * The copies of a run's program and of what it imports, by file name, the program first. Links are not followed: the folder
 * may come from anywhere.
 */
export function sourcesOf(folder: string): ReadonlyMap<string, SourceCopy> {
  const home = join(folder, 'source');
  const found = new Map<string, SourceCopy>();
  for (const name of namesIn(home)) {
    const path = join(home, name);
    const text = isLink(path) ? undefined : readPlain(path, MOST_BYTES);
    if (text !== undefined) found.set(name, { path, text });
  }
  return found;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== false;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort().slice(0, MOST_FILES);
  } catch {
    return [];
  }
}

/** The copy of the program itself; undefined where the run has none. */
export function programOf(folder: string, file: string): SourceCopy | undefined {
  const sources = sourcesOf(folder);
  return sources.get(basename(file.replaceAll('\\', '/')));
}
