/**
 * Runs that are killed again and again: by a signal at a random moment, or by their own disk in the middle of a change. Each is
 * resumed until it ends, and must then have the bytes of a run that was left in peace.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Plan } from '../../language/index.ts';
import { type RunEvent, TRAINER_VERSION, type TrainerRequest } from '../../protocol/index.ts';
import { listRuns, readEvents, readRun, runNames } from '../../runs/index.ts';
import { readNewest } from '../../trainer/run/checkpoint.ts';
import { realDisk } from '../../trainer/run/disk.ts';

export interface Torturer {
  /** `test/torture/trainer.ts`, bundled. */
  readonly trainer: string;
  readonly engine: 'onnx' | 'tensorflow';
  /** A number from 0 to below `below`. */
  readonly chance: (below: number) => number;
}

/** How an attempt is ended before its time. */
type Death =
  | { readonly kind: 'signal'; readonly after: number }
  | { readonly kind: 'disk'; readonly change: number; readonly how: 'before' | 'half' | 'after' };

interface Attempt {
  readonly killed: boolean;
  readonly code: number | null;
  readonly milliseconds: number;
  /** Changes of the disk, where it came to its end. */
  readonly changes: number | undefined;
  readonly said: string;
}

function attempt(torturer: Torturer, request: TrainerRequest, death: Death | undefined): Promise<Attempt> {
  const began = performance.now();
  const torture =
    death?.kind === 'disk' ? { MODELWRIGHT_TORTURE: `${death.change}:${death.how}` } : { MODELWRIGHT_TORTURE: '' };
  const child = spawn(process.execPath, [torturer.trainer], {
    env: { ...process.env, ...torture },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${JSON.stringify(request)}\n`);
  const timer = death?.kind === 'signal' ? setTimeout(() => child.kill('SIGKILL'), death.after) : undefined;
  return new Promise((done) => {
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const changes = said.map((line) => /^changes (\d+)$/.exec(line)?.[1]).find((text) => text !== undefined);
      done({
        killed: signal === 'SIGKILL',
        code,
        milliseconds: performance.now() - began,
        changes: changes === undefined ? undefined : Number(changes),
        said: said.slice(-20).join('\n'),
      });
    });
  });
}

function request(torturer: Torturer, plan: Plan, runs: string, folder: string | undefined): TrainerRequest {
  const options = { engine: torturer.engine, device: 'cpu', threads: 1 } as const;
  const base = { version: TRAINER_VERSION, options, keepGoing: true, started: Date.now() } as const;
  return folder === undefined ? { ...base, kind: 'train', plan, runs } : { ...base, kind: 'resume', folder };
}

/** What a run that nobody disturbs is like. */
export interface Peace {
  readonly folder: string;
  readonly milliseconds: number;
  readonly changes: number;
}

/** Trains once in peace. */
export async function inPeace(torturer: Torturer, plan: Plan, runs: string): Promise<Peace> {
  const { code, milliseconds, changes, said } = await attempt(
    torturer,
    request(torturer, plan, runs, undefined),
    undefined,
  );
  const folder = newest(runs);
  if (code !== 0 || folder === undefined || changes === undefined)
    throw new Error(`The undisturbed run failed:\n${said}`);
  return { folder, milliseconds, changes };
}

/** One life: killed at the most so many times, then left to its end. Answers the number of kills. */
export async function live(
  torturer: Torturer,
  of: { readonly plan: Plan; readonly runs: string; readonly peace: Peace; readonly most: number },
): Promise<{ readonly folder: string; readonly kills: number }> {
  const { plan, runs, peace, most } = of;
  const before = new Set(runNames(runs));
  let kills = 0;
  for (;;) {
    const folder = started(runs, before);
    // Killed after its last word.
    if (folder !== undefined && readRun(folder)?.state === 'finished') return { folder, kills };
    const death = kills < most ? draw(torturer, peace) : undefined;
    const { killed, code, said } = await attempt(torturer, request(torturer, plan, runs, folder), death);
    if (killed) {
      kills += 1;
      look(runs, before);
      continue;
    }
    const own = started(runs, before);
    if (code !== 0 || own === undefined) throw new Error(`The run ${own ?? ''} failed after ${kills} kills:\n${said}`);
    return { folder: own, kills };
  }
}

/** Kills a run halfway and lets several trainers go on with it at once. Answers how each ended, and what it said. */
export async function allAtOnce(
  torturer: Torturer,
  of: { readonly plan: Plan; readonly runs: string; readonly peace: Peace; readonly trainers: number },
): Promise<{
  readonly folder: string;
  readonly ends: readonly { readonly code: number | null; readonly said: string }[];
}> {
  const { plan, runs, peace, trainers } = of;
  const before = new Set(runNames(runs));
  const change = Math.floor(peace.changes / 2);
  await attempt(torturer, request(torturer, plan, runs, undefined), { kind: 'disk', change, how: 'after' });
  const folder = started(runs, before);
  if (folder === undefined) throw new Error('The run was killed before it had a folder.');
  const again = request(torturer, plan, runs, folder);
  const ends = await Promise.all(Array.from({ length: trainers }, () => attempt(torturer, again, undefined)));
  return { folder, ends };
}

/** A moment between the start and the end of a run. */
function draw({ chance }: Torturer, { milliseconds, changes }: Peace): Death {
  // Half of a short run is its start: most signals come later.
  if (chance(2) === 0) return { kind: 'signal', after: milliseconds * (0.3 + chance(700) / 1000) };
  const how = (['before', 'half', 'after'] as const)[chance(3)] ?? 'half';
  return { kind: 'disk', change: 1 + chance(changes), how };
}

/** The run of this life that can be gone on with. */
function started(runs: string, before: ReadonlySet<string>): string | undefined {
  return listRuns(runs).find((run) => !before.has(run.record.id))?.folder;
}

function newest(runs: string): string | undefined {
  return listRuns(runs)[0]?.folder;
}

/** After a kill: no run is shown as living, and the newest whole checkpoint is found. */
function look(runs: string, before: ReadonlySet<string>): void {
  for (const { folder, state } of listRuns(runs)) {
    if (before.has(folder.split(/[\\/]/).at(-1) ?? '')) continue;
    if (state !== 'interrupted' && state !== 'finished')
      throw new Error(`${folder} was killed and is shown as ${state}.`);
    const { found, damaged } = readNewest(realDisk, folder);
    if (found === undefined && damaged.length > 0) {
      throw new Error(`${folder} has no checkpoint that can be used: ${JSON.stringify(damaged)}`);
    }
  }
}

/** What differs between two finished runs, the times and the numbering of events aside; undefined: nothing. */
export function difference(a: string, b: string): string | undefined {
  if (readRun(a)?.state !== 'finished' || readRun(b)?.state !== 'finished') return 'One of the runs is not finished.';
  const names = (run: string): string[] => readdirSync(join(run, 'checkpoints')).sort();
  if (names(a).join() !== names(b).join()) return `checkpoints ${names(a).join()} and ${names(b).join()}`;
  for (const step of names(a)) {
    for (const file of readdirSync(join(a, 'checkpoints', step))) {
      const [one, other] = [a, b].map((run) => readFileSync(join(run, 'checkpoints', step, file)));
      const same = file === 'state.json' ? stateText(one) === stateText(other) : one?.equals(other ?? Buffer.alloc(0));
      if (!same) return `checkpoints/${step}/${file}`;
    }
  }
  const [one, other] = [kept(a), kept(b)];
  for (const [i, line] of one.entries()) if (line !== other[i]) return `event ${i}:\n${line}\n${other[i]}`;
  return one.length === other.length ? undefined : `${one.length} and ${other.length} events`;
}

function stateText(bytes: Buffer | undefined): string {
  const { seq: _seq, ...state } = JSON.parse(bytes?.toString() ?? '{}') as { seq: number };
  return JSON.stringify(state);
}

/** Steps, epochs and changes of the rate as a reader keeps them: those that a resume made void are left out. */
function kept(run: string): string[] {
  let events: RunEvent[] = [];
  for (const event of readEvents(run)) {
    if (event.kind === 'started' && event.resumedFrom !== undefined) {
      const from = event.resumedFrom;
      events = events.filter((each) => 'step' in each && Number(each.step) <= from);
    }
    if (event.kind === 'step' || event.kind === 'epoch') events.push(event);
  }
  return events.map((event) => {
    const { seq: _seq, time: _time, ...values } = event;
    return JSON.stringify({ ...values, ms: undefined, machine: undefined });
  });
}

/** Removes the runs but those that are kept. */
export function clear(runs: string, keep: readonly string[]): void {
  for (const name of runNames(runs)) {
    const folder = join(runs, name);
    if (!keep.includes(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the folder of runs. */
export function runsFolder(runs: string): string {
  mkdirSync(runs, { recursive: true });
  return runs;
}
