/**
 * Reading runs from disk: the list for the tree and for `runs list`, and one run with all its events. Reads only; a run
 * that is being written at this moment reads as it stands, without the line that is not whole yet.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  noNotes,
  parseEventLines,
  parseNotes,
  parseRunRecord,
  type RunEvent,
  type RunNotes,
  type RunRecord,
  type RunStateName,
} from '../protocol/index.ts';
import { runNames } from './folder.ts';
import { LineFile } from './line-file.ts';
import { readLock, strangeHolder } from './lock.ts';
import { MOST_OF_RECORD, readPlain } from './plain-file.ts';

export interface RunSummary {
  readonly folder: string;
  readonly record: RunRecord;
  /** The record's state, or `interrupted` where it says that it is alive and no process is there. */
  readonly state: RunStateName;
  readonly notes: RunNotes;
}

/** The runs of a folder, newest first. What is no whole run is left out. */
export function listRuns(runs: string): RunSummary[] {
  return runNames(runs).flatMap((name) => readRun(join(runs, name)) ?? []);
}

/** Folders that have a run's name, but whose `run.json` is missing, damaged or of another version; newest first. */
export function unreadableRuns(runs: string): string[] {
  return runNames(runs).filter((name) => readRun(join(runs, name)) === undefined);
}

/** One run; `undefined` where the folder is none, or of another version. */
export function readRun(folder: string): RunSummary | undefined {
  const record = parseRunRecord(readPlain(join(folder, 'run.json'), MOST_OF_RECORD) ?? '');
  if (record === undefined) return undefined;
  const alive = record.state === 'preparing' || record.state === 'running' || record.state === 'paused';
  // A lock that cannot be read is no sign that the process behind it is gone.
  const dead = alive && readLock(folder) === undefined && strangeHolder(folder) === undefined;
  const state = dead ? 'interrupted' : record.state;
  return { folder, record, state, notes: readNotes(folder) };
}

/** All whole events of a run in the order in which they were said. Those that a resume made void are still in it: the fold drops them. */
export function readEvents(folder: string): RunEvent[] {
  return merge(eventsOf(join(folder, 'metrics.jsonl')), readOtherEvents(folder));
}

/** All whole events but steps. */
export function readOtherEvents(folder: string): RunEvent[] {
  return eventsOf(join(folder, 'events.jsonl'));
}

/** A piece at a time: a text has a greatest length, a file has none. */
function eventsOf(path: string): RunEvent[] {
  const events: RunEvent[] = [];
  new LineFile(path).read((bytes, end) => {
    for (const event of parseEventLines(bytes.toString('utf8', 0, end))) events.push(event);
  });
  return events;
}

function merge(a: readonly RunEvent[], b: readonly RunEvent[]): RunEvent[] {
  const all: RunEvent[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined && right === undefined) return all;
    if (right === undefined || (left !== undefined && left.seq <= right.seq)) {
      if (left !== undefined) all.push(left);
      i += 1;
    } else {
      all.push(right);
      j += 1;
    }
  }
}

/** What a person has written about a run. */
export function readNotes(folder: string): RunNotes {
  return parseNotes(readPlain(join(folder, 'notes.json'), MOST_OF_RECORD) ?? '') ?? noNotes;
}

/** Changes some of the notes. */
export function writeNotes(folder: string, change: Partial<Omit<RunNotes, 'version'>>): RunNotes {
  const notes: RunNotes = { ...readNotes(folder), ...change };
  writeFileSync(join(folder, 'notes.json'), `${JSON.stringify(notes, undefined, 2)}\n`);
  return notes;
}

/** Why a run may not be deleted: it lives, or may. */
export function whyNotDelete(folder: string): string | undefined {
  const lock = readLock(folder);
  if (lock !== undefined) {
    return `The run ${basename(folder)} is still training (process ${lock.pid}). Stop it first, then delete it.`;
  }
  const pid = strangeHolder(folder);
  return pid === undefined
    ? undefined
    : `The run ${basename(folder)} has a lock that cannot be read (damaged, or from another version of Modelwright), and its process ${pid} is alive. End that process first; if it is another program by now, delete the file ${join(folder, 'lock')}.`;
}

/** Deletes a run with its checkpoints. A living one is refused: stop it first. */
export function deleteRun(folder: string): { readonly ok: true } | { readonly ok: false; readonly message: string } {
  const message = whyNotDelete(folder);
  if (message !== undefined) return { ok: false, message };
  try {
    rmSync(folder, { recursive: true, force: true });
    return { ok: true };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, message: `The run ${basename(folder)} could not be deleted whole: ${why}. Try it again.` };
  }
}

/**
 * The run that somebody means by a word: its folder's name, its number (`14`), a name given in its notes, a path to its
 * folder, or `latest`.
 */
export function findRun(runs: string, word: string): RunSummary | undefined {
  return word.includes('/') || word.includes('\\') ? readRun(word) : meantRun(listRuns(runs), word);
}

/** The one of these runs, newest first, that somebody means by its folder's name, number, given name, or `latest`. */
export function meantRun(all: readonly RunSummary[], word: string): RunSummary | undefined {
  if (word === 'latest') return all[0];
  const number = /^#?\d+$/.test(word) ? Number(word.replace('#', '')) : undefined;
  return all.find((run) => run.record.id === word || run.record.number === number || run.notes.name === word);
}
