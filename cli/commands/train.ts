/** `modelwright train`: starts a run (or goes on with one), shows it, and ends as it ends. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type EngineOptions,
  eventLine,
  type RunEvent,
  type StartWish,
  TRAINER_VERSION,
  type TrainerRequest,
} from '../../protocol/index.ts';
import {
  findRun,
  findRunsFolder,
  RunConnection,
  readEvents,
  readLock,
  SILENCE,
  startTrainer,
  type TrainerProgram,
  whyNoRun,
} from '../../runs/index.ts';
import { planFor } from '../planning.ts';
import { createProgress, digits, problemLine } from '../progress.ts';
import { trainerProgram } from '../trainer.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

export interface TrainOptions {
  readonly path: string;
  readonly name: string | undefined;
  readonly overrides: Readonly<Record<string, string>>;
  readonly engine: EngineOptions;
  readonly runs: string | undefined;
  readonly resume: string | undefined;
  /** `RUN` or `RUN@STEP`: in place of the program's `start:`. */
  readonly start: string | undefined;
  readonly json: boolean;
}

export async function train(world: World, options: TrainOptions): Promise<ExitCode> {
  const started = world.now();
  const request = await requestFor(world, options, started);
  if (!request.ok) return request.code;
  const errors: string[] = [];
  const program: TrainerProgram = {
    ...(await trainerProgram(world, (line) => errors.push(line))),
    onSilence(kill) {
      world.say(`The trainer has not answered for ${SILENCE / 1000} s. Ctrl-C ends it.`);
      world.onInterrupt(kill);
    },
  };
  const run = await startTrainer(program, request.value);
  if (!run.ok) {
    world.say(problemLine(run.error.place, 'error', run.error.message, run.error.code, world));
    return exitCodes.failed;
  }
  const { ended, cut } = await follow(world, run.folder, request.after, options.json);
  const exit = await run.exited;
  const again = resumeCommand(options, run.folder);
  if (ended === undefined && cut) {
    world.say(`Ended at once. ${again}`);
    return exitCodes.interrupted;
  }
  if (ended === undefined) {
    const last = errors.slice(-5).join('\n');
    const how = exit.signal === null ? `with code ${exit.code}` : `by ${exit.signal}`;
    if (exit.signal === 'SIGKILL') {
      world.say(
        `The trainer of ${basename(run.folder)} was killed by the system (signal 9), most often because the machine had run out of memory: try a smaller \`batch\`. ${again}`,
      );
      return exitCodes.failed;
    }
    world.say(
      `The trainer of ${basename(run.folder)} is gone without a word (killed, or crashed; its process ended ${how}). ${again}${last === '' ? '' : `\n${last}`}`,
    );
    return exitCodes.failed;
  }
  if (!options.json) world.print(lastLine(basename(run.folder), ended));
  if (ended.state === 'finished') return exitCodes.done;
  return ended.state === 'stopped' ? exitCodes.interrupted : exitCodes.failed;
}

/** How to go on with a run that is gone. */
function resumeCommand(options: TrainOptions, folder: string): string {
  if (!hasCheckpoint(folder)) {
    return `It had no checkpoint yet, so train again; \`modelwright doctor\` shows whether the engine works here. Its log: ${join(folder, 'log.txt')}.`;
  }
  const quoted = (text: string): string => (/[^\w@%+=:,./-]/.test(text) ? `"${text}"` : text);
  const runs = options.runs === undefined ? '' : ` --runs ${quoted(options.runs)}`;
  return `Everything up to its last checkpoint is saved: go on by \`modelwright train ${quoted(options.path)} --resume ${basename(folder)}${runs}\`.`;
}

function hasCheckpoint(folder: string): boolean {
  try {
    return readdirSync(join(folder, 'checkpoints')).some((name) => /^\d+$/.test(name));
  } catch {
    return false;
  }
}

type Ended = Extract<RunEvent, { kind: 'ended' }>;

/** Shows the run until it ends. `ended` is missing where it is gone without having said so; `cut`: a second Ctrl-C did that. */
function follow(
  world: World,
  folder: string,
  after: number,
  json: boolean,
): Promise<{ readonly ended: Ended | undefined; readonly cut: boolean }> {
  const progress = createProgress(world);
  let ended: Ended | undefined;
  let interrupts = 0;
  return new Promise((done) => {
    const connection = new RunConnection({
      onEvent(event) {
        if (json) world.print(eventLine(event).trimEnd());
        progress.take(event);
        if (event.kind === 'ended') ended = event;
      },
      onSilence(silent) {
        progress.pause();
        world.say(
          silent
            ? `No sign of life for ${SILENCE / 1000} s: the trainer computes one very long step, or it hangs. It may come back; Ctrl-C asks it to stop, and a second Ctrl-C ends it at once.`
            : 'The trainer is back.',
        );
      },
      onClose(reason, message) {
        stopListening();
        progress.pause();
        if (reason === 'refused' && message !== undefined) world.say(message);
        done({ ended, cut: interrupts > 1 });
      },
    });
    const stopListening = world.onInterrupt(() => {
      interrupts += 1;
      progress.pause();
      world.say(
        interrupts === 1 ? 'Saving a checkpoint, then ending. Press Ctrl-C again to end at once.' : 'Ending at once.',
      );
      connection.send({ kind: 'stop' });
      if (interrupts > 1) killSoon(folder);
    });
    void connection.open(folder, after).then((opened) => {
      if (!opened.ok)
        catchUp(folder, after, json, world, progress.take, (event) => {
          ended = event;
        });
    });
  });
}

/** How long a trainer that was told to end at once may take. */
const KILL_AFTER = 3000;

/** Ends a trainer that does not answer any more. */
function killSoon(folder: string): void {
  const pid = readLock(folder)?.pid;
  if (pid === undefined) return;
  const timer = setTimeout(() => {
    if (readLock(folder)?.pid === pid) process.kill(pid, 'SIGKILL');
  }, KILL_AFTER);
  timer.unref();
}

/** A run that ended before anybody could attach has said all on disk. */
function catchUp(
  folder: string,
  after: number,
  json: boolean,
  world: World,
  take: (event: RunEvent) => void,
  onEnded: (event: Ended) => void,
): void {
  for (const event of readEvents(folder)) {
    if (event.seq <= after) continue;
    if (json) world.print(eventLine(event).trimEnd());
    take(event);
    if (event.kind === 'ended') onEnded(event);
  }
}

type Requested =
  | { readonly ok: true; readonly value: TrainerRequest; readonly after: number }
  | { readonly ok: false; readonly code: ExitCode };

async function requestFor(world: World, options: TrainOptions, started: number): Promise<Requested> {
  const base = { version: TRAINER_VERSION, options: options.engine, keepGoing: false, started } as const;
  const runs = findRunsFolder(options.path, { override: options.runs });
  if (options.resume === undefined) {
    const planned = await planFor(world, { ...options, action: 'train' });
    if (!planned.ok) return planned;
    const start = startFor(world, options, runs);
    if (!start.ok) return start;
    return { ok: true, after: 0, value: { ...base, kind: 'train', plan: planned.plan, runs, ...start.value } };
  }
  const run = findRun(runs, options.resume);
  if (run === undefined) {
    world.say(whyNoRun(runs, options.resume));
    return { ok: false, code: exitCodes.usage };
  }
  const after = readEvents(run.folder).at(-1)?.seq ?? 0;
  return { ok: true, after, value: { ...base, kind: 'resume', folder: run.folder } };
}

type Start =
  | { readonly ok: true; readonly value: { readonly start?: StartWish } }
  | { readonly ok: false; readonly code: ExitCode };

function startFor(world: World, { start }: TrainOptions, runs: string): Start {
  if (start === undefined) return { ok: true, value: {} };
  const [, word = start, step] = /^(.*)@(\d+)$/.exec(start) ?? [];
  const run = findRun(runs, word);
  if (run === undefined) {
    world.say(whyNoRun(runs, word));
    return { ok: false, code: exitCodes.usage };
  }
  return { ok: true, value: { start: { folder: run.folder, ...(step === undefined ? {} : { step: Number(step) }) } } };
}

function lastLine(run: string, ended: Ended): string {
  const best =
    ended.best === undefined
      ? ''
      : `  best ${ended.best.metric} ${digits(ended.best.value)} (epoch ${ended.best.epoch})`;
  const why = ended.reason === undefined ? '' : `  ${ended.reason}`;
  return `${run}  ${ended.state} at step ${ended.step}${best}${why}`;
}
