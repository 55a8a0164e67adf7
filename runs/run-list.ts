/**
 * The runs of some folders, read again only where their files have changed: a list of hundreds is looked at often. Reading
 * ahead (`refresh`) leaves the thread free; the list itself then only looks at times and sizes.
 */
import { type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunEntry, readEntry } from './damage.ts';
import { runNames } from './folder.ts';
import { type RunSummary, readRun } from './store.ts';

interface Known {
  /** Times and sizes of the files that the entry was made of. */
  readonly stamp: string;
  readonly entry: RunEntry;
}

/** What an entry is made of; the others only where the record is damaged. */
const FILES = ['run.json', 'notes.json'];
/** Read one after another, with a breath after so many. */
const BATCH = 16;

export class RunList {
  readonly #known = new Map<string, Known>();

  /** Reads what has changed, without holding the thread for long. */
  async refresh(homes: readonly string[]): Promise<void> {
    const folders = homes.flatMap((home) => runNames(home).map((name) => join(home, name)));
    for (let from = 0; from < folders.length; from += BATCH) {
      const batch = folders.slice(from, from + BATCH);
      const stamps = await Promise.all(batch.map(stampLater));
      for (const [index, folder] of batch.entries()) this.#take(folder, stamps[index] ?? '');
    }
    const there = new Set(folders);
    for (const folder of this.#known.keys()) if (!there.has(folder)) this.#known.delete(folder);
  }

  /** Every run of the folder, also those that cannot be read; newest first by number. What is no folder is none. */
  entries(home: string): RunEntry[] {
    return runNames(home).flatMap((name) => {
      const folder = join(home, name);
      const entry = this.#take(folder, stampOf(folder));
      return entry.damage?.kind === 'gone' ? [] : [entry];
    });
  }

  /** Those whose records are whole. */
  runs(home: string): RunSummary[] {
    return this.entries(home).flatMap((entry) =>
      entry.kind === 'run' && entry.damage === undefined ? [entry.run] : [],
    );
  }

  #take(folder: string, stamp: string): RunEntry {
    const known = this.#known.get(folder);
    if (known !== undefined && known.stamp === stamp && !mayHaveDied(known.entry)) return known.entry;
    const entry = readEntry(folder);
    this.#known.set(folder, { stamp, entry });
    return entry;
  }
}

/** Whether a run lives is not written in its files. */
function mayHaveDied(entry: RunEntry): boolean {
  if (entry.kind === 'unreadable') return false;
  const { state } = entry.run.record;
  return state === 'preparing' || state === 'running' || state === 'paused';
}

function stampOf(folder: string): string {
  return FILES.map((name) => {
    try {
      return stampText(statSync(join(folder, name), { throwIfNoEntry: false }));
    } catch {
      return '-';
    }
  }).join(' ');
}

async function stampLater(folder: string): Promise<string> {
  const all = await Promise.all(FILES.map((name) => stat(join(folder, name)).catch(() => undefined)));
  return all.map(stampText).join(' ');
}

function stampText(stats: Stats | undefined): string {
  return stats === undefined ? '-' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}

/** The run of a folder, whole or put together; undefined where nothing can be read. */
export function readAnyRun(folder: string): RunSummary | undefined {
  const whole = readRun(folder);
  if (whole !== undefined) return whole;
  const entry = readEntry(folder);
  return entry.kind === 'run' ? entry.run : undefined;
}
