/** The tools about runs: their list and one of them, read from the disk. */
import { join, resolve } from 'node:path';
import { numberOf, type ToolAnswer, type ToolInput, textOf } from '../../assist/index.ts';
import { findRun, findRunsFolder, listRuns, runLine, runStory, whyNoRun } from '../../runs/index.ts';
import type { World } from '../world.ts';

/** Runs in a list, unless it is said. */
const USUAL = 10;

/** `modelwright_runs`. */
export function listTool(world: World, input: ToolInput): ToolAnswer {
  const file = textOf(input, 'file');
  const limit = Math.max(1, Math.floor(numberOf(input, 'limit') ?? USUAL));
  const folder = runsFolder(world, file);
  const path = file === undefined ? undefined : resolve(world.cwd, file);
  const all = listRuns(folder).filter((run) => path === undefined || run.record.file === path);
  return { ok: true, value: { folder, total: all.length, runs: all.slice(0, limit).map(runLine) } };
}

/** `modelwright_run`. */
export function readTool(world: World, input: ToolInput): ToolAnswer {
  const folder = runsFolder(world, undefined);
  const word = textOf(input, 'run') ?? '';
  const run = findRun(folder, word);
  return run === undefined ? { ok: false, message: whyNoRun(folder, word) } : { ok: true, value: runStory(run) };
}

/** Where the runs of a program are; without one, those of the folder that the command was started in. */
export function runsFolder(world: World, file: string | undefined): string {
  return findRunsFolder(file === undefined ? join(world.cwd, 'program.model') : resolve(world.cwd, file));
}
