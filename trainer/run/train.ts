/**
 * One training run from its request to its end: the folder, the lock, the socket; data and engine prepared side by side;
 * the loop; and a word about how it ended. Whatever goes wrong after the folder is there ends as a `failed` run that says why.
 */
import { basename, dirname, join } from 'node:path';
import type { Compiled } from '../../compiler/index.ts';
import type { Plan, TrainSettings } from '../../language/index.ts';
import {
  type Lock,
  numberOf,
  parseRunRecord,
  REASON_TEXTS,
  type RunEvent,
  type RunRecord,
  type StartWish,
  TRAINER_VERSION,
  UNWATCHED,
} from '../../protocol/index.ts';
import { makeRunFolder, processStamp } from '../../runs/index.ts';
import { cacheFolderOf } from '../data/caching.ts';
import { fetchDownloads } from '../data/downloads.ts';
import type { Preparer } from '../data/feed.ts';
import type { DataRequest } from '../data/prepare.ts';
import type { HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import { findingsThatHold, Health, watchHeat, writeRing } from '../health/index.ts';
import type { Arithmetic } from './arithmetic.ts';
import { removeAfter } from './checkpoint.ts';
import { Control } from './control.ts';
import type { Disk } from './disk.ts';
import { endAtOnce, fail, finish } from './ending.ts';
import { measureFirst } from './first-pass.ts';
import { copySources, eventsSince, mendLines, readPlan, textOf } from './folder-files.ts';
import { Keeper, newRecord } from './keeper.ts';
import { dropLock, keepLock, takeLock } from './lock.ts';
import { trainLoop } from './loop.ts';
import type { Observation, Outcome } from './loop-context.ts';
import type { MachineWatch } from './machine.ts';
import {
  type Beginning,
  checkSame,
  dataText,
  newestToGoOnFrom,
  type Opened,
  type OpeningDeps,
  openSession,
  sayWhatIsThere,
  settingsOf,
  startedEvent,
} from './opening.ts';
import { type Progress, progressOf, startOfRun, stepsOf } from './progress.ts';
import { sayWhetherItFits } from './room.ts';
import { createSaver } from './saver.ts';
import { BEAT, RECENT, RunServer } from './server.ts';
import { findStart, findStartAgain, startBy, startRecord, startText } from './start.ts';
import { onBoard, openTensorBoard, type TensorBoard, tagged } from './tensorboard.ts';
import { RunWriter } from './writer.ts';

/** What a run needs of the world. */
export interface TrainDeps extends OpeningDeps {
  readonly disk: Disk;
  readonly now: () => number;
  /** Looks at the load of the machine while a run trains on that device. */
  readonly watchMachine?: (device: 'cpu' | 'gpu') => MachineWatch;
  readonly prepare: (request: DataRequest) => Promise<Preparer>;
  readonly dataFolder: string | undefined;
  /** Says where the run is: the first line on standard output. */
  readonly announce: (folder: string) => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => never;
  /** Calls back when the process is asked to end. */
  readonly onSignal: (stop: () => void) => void;
  /** Bytes of memory of this machine; undefined: nothing is said of a run that takes more. */
  readonly memory?: number;
  /** How long it trains on with nobody attached. */
  readonly patience: number;
  /** Milliseconds between two signs of life; left out: five seconds. */
  readonly beat?: number;
  /** For tests: the arithmetic of metrics and schedules; by default the catalogue's. */
  readonly arithmetic: (compiled: Compiled) => Arithmetic;
}

export interface TrainWish {
  readonly keepGoing: boolean;
  /** Milliseconds since 1970 when the command was given. */
  readonly started: number;
  /** A run to start from in place of the program's own `start:`. */
  readonly start?: StartWish;
}

/** A new run. Answers the exit code. */
export async function startRun(plan: Plan, runs: string, wish: TrainWish, deps: TrainDeps): Promise<number> {
  // Before there is a folder: a run that cannot start leaves none.
  const start =
    wish.start === undefined ? findStart(plan, runs, deps.disk) : startBy(plan, runs, wish.start, deps.disk);
  const { folder, id, number } = makeRunFolder(runs);
  deps.disk.replace(join(folder, 'plan.json'), `${JSON.stringify(plan)}\n`);
  copySources(plan, folder, deps.disk);
  const record = { ...newRecord(plan, id, number, deps.now()), ...startRecord(start) };
  return runIn(folder, () => ({ plan, record, from: undefined, damaged: [], start }), wish, deps);
}

/** Goes on with a run that was stopped, failed or was interrupted. */
export async function resumeRun(folder: string, wish: TrainWish, deps: TrainDeps): Promise<number> {
  unfinished(folder);
  return runIn(folder, () => goOn(folder, deps), wish, deps);
}

/** The record of a run that can be gone on with. */
function unfinished(folder: string): RunRecord {
  const record = parseRunRecord(textOf(join(folder, 'run.json')) ?? '');
  if (record === undefined) {
    throw new Failure(
      'train/no-run',
      `There is no run in ${folder}: its run.json is missing, damaged or from another version of Modelwright.`,
    );
  }
  if (record.state === 'finished') {
    throw new Failure(
      'train/finished',
      `The run ${record.id} has finished at step ${record.step}: there is nothing to go on with. Train again for a new run.`,
    );
  }
  return record;
}

function goOn(folder: string, deps: TrainDeps): Beginning {
  const record = unfinished(folder);
  const plan = readPlan(folder);
  const { found, damaged } = newestToGoOnFrom(deps.disk, folder, record.id);
  const start = found === undefined ? findStartAgain(plan, dirname(folder), record, deps.disk) : undefined;
  return { plan, record, from: { checkpoint: found }, damaged, start };
}

/** `begin` is called once the folder is locked: what it reads, nobody else writes any more. */
async function runIn(folder: string, begin: () => Beginning, wish: TrainWish, deps: TrainDeps): Promise<number> {
  const began = deps.clock();
  const { disk } = deps;
  let state: 'preparing' | 'running' | 'paused' = 'preparing';
  const recent: RunEvent[] = [];
  let lastWords: (() => void) | undefined;
  const control = new Control(wish.keepGoing, () => {
    lastWords?.();
    server.removeAddress();
    dropLock(folder);
    deps.exit(130);
  });
  const server: RunServer = await RunServer.open({
    run: basename(folder),
    state: () => state,
    since: (after) => eventsSince(folder, recent, after),
    onCommand: (command) => control.apply(command),
    onAlone: () => {
      if (!control.keepGoing) control.stop(UNWATCHED);
    },
    patience: deps.patience,
  });
  const stamp = processStamp(process.pid);
  const lock: Lock = {
    version: TRAINER_VERSION,
    pid: process.pid,
    address: server.address,
    token: server.token,
    started: deps.now(),
    ...(stamp === undefined ? {} : { stamp }),
  };
  try {
    takeLock(folder, lock);
  } catch (error) {
    await server.close();
    throw error;
  }
  let beginning: Beginning;
  try {
    beginning = begin();
  } catch (error) {
    await server.close();
    dropLock(folder);
    throw error;
  }
  deps.onSignal(() => control.stop(REASON_TEXTS.askedToEnd));
  const seq = beginning.from === undefined ? 0 : mendLines(folder, disk);
  const writer = new RunWriter({
    disk,
    folder,
    seq,
    now: deps.now,
    send: (event) => {
      recent.push(event);
      if (recent.length > 2 * RECENT) recent.splice(0, RECENT);
      server.send(event);
    },
  });
  const keeper = new Keeper(folder, beginning.record, disk, writer);
  keeper.write({ state: 'preparing', pid: process.pid, ended: undefined, reason: undefined });
  lastWords = () => endAtOnce(keeper, writer, deps);
  deps.announce(folder);
  const beat = setInterval(() => {
    server.beat(deps.now());
    if (keepLock(folder, lock)) return;
    // Two must never write one folder: the other one has it now.
    writer.note('error', 'Another process has taken the lock of this run, so this one ends without saving.');
    server.removeAddress();
    deps.exit(3);
  }, deps.beat ?? BEAT);
  beat.unref();
  let code = 3;
  try {
    const startTimes = { waited: Math.max(0, deps.now() - wish.started), began };
    const outcome = await prepareAndTrain(
      { folder, beginning, writer, control, keeper, startTimes, setState: (next) => (state = next) },
      deps,
    );
    code = finish(outcome, keeper, writer, deps);
  } catch (error) {
    code = fail(error, beginning.plan, keeper, writer, deps);
  }
  clearInterval(beat);
  writer.close();
  await server.close();
  dropLock(folder);
  return code;
}

interface RunParts {
  readonly folder: string;
  readonly beginning: Beginning;
  readonly writer: RunWriter;
  readonly control: Control;
  readonly keeper: Keeper;
  readonly startTimes: { readonly waited: number; readonly began: number };
  readonly setState: (state: 'running' | 'paused') => void;
}

async function prepareAndTrain(parts: RunParts, deps: TrainDeps): Promise<Outcome> {
  const { folder, beginning, writer, keeper } = parts;
  const { plan } = beginning;
  const train = settingsOf(plan);
  for (const one of beginning.damaged) {
    writer.say({
      kind: 'log',
      level: 'warning',
      text: `The checkpoint ${one.path} cannot be used: ${one.why}. Going on from the one before.`,
    });
  }
  sayWhetherItFits(plan, deps.memory, writer);
  const known = beginning.from === undefined ? undefined : textOf(join(folder, 'fitted.json'));
  const fitted = known ?? beginning.start?.fitted;
  const cacheFolder = cacheFolderOf(folder);
  const leaving = new AbortController();
  const preparing = fetchDownloads(plan.data, {
    dataFolder: deps.dataFolder,
    say: (level, text) => writer.say({ kind: 'log', level, text }),
    signal: leaving.signal,
  }).then(() => deps.prepare({ plan, dataFolder: deps.dataFolder, fitted, whole: false, cacheFolder }));
  // Either may fail first; the other's failure must not end the process unheard.
  preparing.catch(() => undefined);
  const opening = openSession(plan, train, beginning, deps, (level, text) => {
    writer.say({ kind: 'log', level, text });
  });
  opening.catch(() => undefined);
  let opened: Opened | undefined;
  let preparer: Preparer | undefined;
  try {
    const dataBegan = deps.clock();
    const stopped = parts.control.stopped.then(() => undefined);
    preparer = await Promise.race([preparing, stopped]);
    if (preparer === undefined) return { state: 'stopped', reason: parts.control.stopReason };
    const dataTook = deps.clock() - dataBegan;
    opened = await Promise.race([opening, stopped]);
    if (opened === undefined) return { state: 'stopped', reason: parts.control.stopReason };
    checkSame(beginning, preparer, opened.engine, writer);
    if (known === undefined) parts.keeper.disk.replace(join(folder, 'fitted.json'), preparer.fitted);
    parts.keeper.disk.replace(join(folder, 'data.json'), dataText(preparer));
    const progress = begin(parts, preparer);
    if (beginning.from?.checkpoint === undefined) {
      const taken = opened.taken?.taken ?? new Set<string>();
      await measureFirst({
        plan,
        train,
        opened: { ...opened, taken },
        preparer,
        threads: deps.threads,
        control: parts.control,
        writer,
      });
    }
    const started = startedEvent(beginning, preparer, opened, progress, {
      start: parts.startTimes.waited,
      data: dataTook,
      compile: opened.took,
    });
    keeper.begin(started, preparer.hash, progress);
    writer.say(started);
    sayWhatIsThere(plan, preparer, opened, writer);
    if (beginning.start && opened.taken) writer.say({ kind: 'log', ...startText(beginning.start, opened.taken) });
    parts.setState('running');
    return await trainHere(parts, { train, preparer, opened, progress }, deps);
  } finally {
    leaving.abort();
    if (preparer === undefined) atLast(preparing, (late) => late.dispose());
    await preparer?.dispose();
    if (opened === undefined) atLast(opening, (late) => late.session.dispose());
    await opened?.session.dispose();
    await opened?.engine.dispose();
  }
}

/** What comes when nobody waits for it any more is put away. */
function atLast<T>(coming: Promise<T>, putAway: (late: T) => unknown): void {
  coming.then(putAway, () => undefined);
}

function begin(parts: RunParts, preparer: Preparer): Progress {
  const { beginning, folder, keeper } = parts;
  if (preparer.rows.train === 0)
    throw new Failure(
      'data/empty',
      'The training part has no rows: leave more of the data to it.',
      beginning.plan.data.place,
    );
  const checkpoint = beginning.from?.checkpoint;
  if (beginning.from !== undefined) removeAfter(keeper.disk, folder, checkpoint?.state.step ?? 0);
  if (checkpoint === undefined) return startOfRun();
  const shown = Object.entries(beginning.record.metrics).map(([name, value]) => [name, numberOf(value)]);
  return { ...progressOf(checkpoint.state), metrics: Object.fromEntries(shown) };
}

async function trainHere(
  parts: RunParts,
  made: {
    readonly train: TrainSettings;
    readonly preparer: Preparer;
    readonly opened: Opened;
    readonly progress: Progress;
  },
  deps: TrainDeps,
): Promise<Outcome> {
  const { folder, beginning, writer, control, keeper } = parts;
  const { opened, preparer, progress, train } = made;
  const { plan } = beginning;
  const { session, compiled } = opened;
  const board = openTensorBoard(
    keeper.disk,
    folder,
    deps.now(),
    process.pid,
    beginning.from === undefined ? undefined : progress.step,
  );

  const sizes = stepsOf(train, preparer.rows.train);
  const tell = (what: Observation): void => observe(what, parts, board, progress);
  const before = beginning.from === undefined ? [] : findingsThatHold(textOf(join(folder, 'events.jsonl')) ?? '');
  const health = new Health({ plan, session, writer, sizes, clock: deps.clock, observe: tell, before });
  const keepRing = () => writeRing(keeper.disk, folder, health.ring());

  const from = beginning.from?.checkpoint?.path;
  const show = (weights: ReadonlyMap<string, HostTensor>) =>
    onBoard(() => board.histograms(deps.now(), progress.step, weights));
  const saver = createSaver({ ...made, plan, folder, writer, keeper, health, keepRing, show, from });
  if (from !== undefined) saver.prune();
  const machine = deps.watchMachine?.(opened.engine.info.device);
  const heat = watchHeat(writer);
  try {
    return await trainLoop({
      plan,
      train,
      session,
      preparer,
      arithmetic: deps.arithmetic(compiled),
      writer,
      control,
      progress,
      savesFirst: opened.taken !== undefined,
      health,
      keepRing,
      ...(machine === undefined ? {} : { machine: () => heat(machine.look(), progress.step) }),
      clock: deps.clock,
      save: saver.save,
      lastGood: saver.lastGood,
      observe: tell,
      space: () => ({ needed: saver.bytes(), free: keeper.disk.free(folder) }),
    });
  } finally {
    machine?.close();
    board.close();
  }
}

function observe(what: Observation, parts: RunParts, board: TensorBoard, progress: Progress): void {
  if (what.kind === 'state') {
    parts.setState(what.state);
    parts.keeper.progress(progress, what.state);
    return;
  }
  onBoard(() => board.scalars(what.time, progress.step, tagged(what.kind, what.values)));
  if (what.kind === 'epoch') parts.keeper.progress(progress);
}
