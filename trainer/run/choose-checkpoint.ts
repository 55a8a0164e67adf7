/** The checkpoint that a run is used by: evaluated, asked, or started from. */
import { join } from 'node:path';
import { parseRunRecord } from '../../protocol/index.ts';
import { Failure } from '../failure.ts';
import { type ReadCheckpoint, readCheckpoint, readNewest } from './checkpoint.ts';
import type { Disk } from './disk.ts';
import { readPlan, textOf } from './folder-files.ts';

/** States in which a checkpoint may still come. */
const ALIVE: ReadonlySet<string> = new Set(['preparing', 'running', 'paused']);

/** A checkpoint, and those that were wanted before it but cannot be used. */
export interface ChosenCheckpoint extends ReadCheckpoint {
  readonly skipped: readonly string[];
}

/** The run's best checkpoint where it keeps one, else its newest whole one. */
export function chooseCheckpoint(folder: string, which: 'best' | 'last', disk: Disk): ChosenCheckpoint {
  const record = parseRunRecord(textOf(join(folder, 'run.json')) ?? '');
  if (record === undefined)
    throw new Failure(
      'train/no-run',
      `There is no run in ${folder}: its run.json is missing, damaged or from another version.`,
    );
  const { best } = record;
  const keepsBest = readPlan(folder).train?.save.some((rule) => rule.kind === 'best') === true;
  const skipped: string[] = [];
  if (which === 'best' && keepsBest && best !== undefined) {
    const read = readCheckpoint(disk, folder, best.step);
    if ('train' in read) return { ...read, skipped };
    skipped.push(`${read.path}: ${read.why}`);
  }
  const { found, damaged } = readNewest(disk, folder);
  skipped.push(...damaged.map((one) => `${one.path}: ${one.why}`));
  const unique = [...new Set(skipped)];
  if (found !== undefined) return { ...found, skipped: unique };
  const why = unique.join('; ');
  if (why === '' && ALIVE.has(record.state))
    throw new Failure(
      'train/no-checkpoint',
      `The run ${record.id} has no checkpoint yet: the first one is written at the end of its first epoch. Wait for it, or save one now (Save a checkpoint now).`,
    );
  throw new Failure(
    'train/no-checkpoint',
    `The run ${record.id} has no checkpoint that can be used${why === '' ? ': it was ended before its first one was written' : ` (${why})`}. Train again, or name another run.`,
  );
}
