/**
 * Learning rates that were set by hand while a run went on: part of what it was trained with, though no program says so. Of the
 * events only the few lines that can tell of it are read as such, and what was read of a file is remembered while it grows.
 */
import { join } from 'node:path';
import { numberOf, parseEventLines, RATE_BY_HAND, type RunEvent, type RunSetting } from '../protocol/index.ts';
import { LineFile } from './line-file.ts';
import { sizeOf } from './plain-file.ts';

export interface RateChange {
  readonly step: number;
  readonly lr: number;
}

type Telling = Extract<RunEvent, { kind: 'changed' | 'started' }>;

interface Known {
  readonly file: LineFile;
  /** By number: a file that is read anew tells the same once more. */
  readonly events: Map<number, Telling>;
}

/** By folder; the ones asked for first are forgotten first. */
const known = new Map<string, Known>();
const MOST_KNOWN = 500;

/** The changes that still count: a run that goes on from a checkpoint does the steps after it again. */
export function rateChanges(folder: string): readonly RateChange[] {
  const before = known.get(folder);
  const size = sizeOf(join(folder, 'events.jsonl'));
  // A file that became shorter is of another run in the same place.
  const { file, events } = before === undefined || size < before.file.offset ? remembered(folder) : before;
  file.read((bytes, end) => {
    for (const event of tellingEvents(bytes.toString('utf8', 0, end))) events.set(event.seq, event);
  });
  let changes: RateChange[] = [];
  for (const event of [...events.values()].sort((a, b) => a.seq - b.seq)) {
    if (event.kind === 'changed') changes.push({ step: event.step, lr: numberOf(event.lr) });
    else if (event.resumedFrom !== undefined) {
      const from = event.resumedFrom;
      changes = changes.filter(({ step }) => step <= from);
    }
  }
  return changes;
}

function remembered(folder: string): Known {
  const made: Known = { file: new LineFile(join(folder, 'events.jsonl')), events: new Map() };
  known.set(folder, made);
  for (const first of known.keys()) {
    if (known.size <= MOST_KNOWN) break;
    known.delete(first);
  }
  return made;
}

/** Most lines of a long run are of other kinds. */
function tellingEvents(text: string): Telling[] {
  const found: Telling[] = [];
  for (const kind of ['"kind":"changed"', '"kind":"started"']) {
    for (let at = text.indexOf(kind); at >= 0; ) {
      const end = text.indexOf('\n', at) + 1;
      for (const event of parseEventLines(text.slice(text.lastIndexOf('\n', at) + 1, end)))
        if (event.kind === 'changed' || event.kind === 'started') found.push(event);
      at = text.indexOf(kind, end);
    }
  }
  return found;
}

/** Changes that are told one by one: the first and the last of many. */
const MOST_TOLD = 12;

/** The changes as a setting of the run; none where nothing was changed. */
export function rateSettings(folder: string): readonly RunSetting[] {
  // A rate of single precision has more digits than were meant.
  const changes = rateChanges(folder).map(({ step, lr }) => `${step}: ${Number(lr.toPrecision(6))}`);
  const left = changes.length > MOST_TOLD ? [...changes.slice(0, 6), '…', ...changes.slice(-6)] : changes;
  return left.length === 0 ? [] : [{ name: RATE_BY_HAND, value: left.join('; ') }];
}
