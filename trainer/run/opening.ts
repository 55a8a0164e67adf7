/** What a run is made of before its first step: engine, session, a checkpoint to go on from, and the event that says it all. */
import type { Compiled } from '../../compiler/index.ts';
import type { Plan, TrainSettings } from '../../language/index.ts';
import type { RunRecord, StartedEvent } from '../../protocol/index.ts';
import type { EngineWish } from '../choose.ts';
import type { Preparer } from '../data/feed.ts';
import type { Engine, Session } from '../engine.ts';
import { Failure } from '../failure.ts';
import { pretrainedWeights } from '../pretrained/index.ts';
import { bringBack, type ReadCheckpoint, readNewest } from './checkpoint.ts';
import { compilePlan } from './compile-plan.ts';
import type { Disk } from './disk.ts';
import { type Progress, stepsOf } from './progress.ts';
import { type Start, type Taken, takeWeights } from './start.ts';
import type { RunWriter } from './writer.ts';

export interface Beginning {
  readonly plan: Plan;
  readonly record: RunRecord;
  /** Set where an earlier run is continued; without a checkpoint it begins again at step 0. */
  readonly from: { readonly checkpoint: ReadCheckpoint | undefined } | undefined;
  readonly damaged: readonly { readonly path: string; readonly why: string }[];
  /** Another run that this one starts from, where it does not go on. */
  readonly start: Start | undefined;
}

export interface Opened {
  readonly engine: Engine;
  readonly session: Session;
  readonly compiled: Compiled;
  /** What was taken from another run. */
  readonly taken: Taken | undefined;
  readonly took: number;
}

/** Compiles the plan and opens a session, at the checkpoint where there is one. */
export async function openSession(
  plan: Plan,
  train: TrainSettings,
  beginning: Beginning,
  deps: OpeningDeps,
  /** A line for the log, from before the first event. */
  say: EngineWish['say'],
): Promise<Opened> {
  const began = deps.clock();
  const engine = await deps.openEngine({ plan, say });
  // A checkpoint has the weights of networks, too: their files are read only for a new run.
  const isNew = beginning.from?.checkpoint === undefined;
  const compiled = await compilePlan(plan, isNew ? await pretrainedWeights(plan, deps.dataFolder) : undefined);
  const session = await engine.open(compiled, {
    batch: train.batch,
    threads: engine.info.threads,
    seed: train.seed,
  });
  const checkpoint = beginning.from?.checkpoint;
  if (checkpoint !== undefined) {
    checkWeights(plan, checkpoint);
    await session.restore(checkpoint.train);
  }
  const { start } = beginning;
  const taken = start && checkpoint === undefined ? await takeWeights(plan, start, session) : undefined;
  return { engine, session, compiled, taken, took: deps.clock() - began };
}

/** The newest whole checkpoint; none where none was written yet. A run that has only damaged ones is left as it is. */
export function newestToGoOnFrom(disk: Disk, folder: string, run: string): ReturnType<typeof readNewest> {
  bringBack(disk, folder);
  const newest = readNewest(disk, folder);
  // Beginning anew would take away what the run has said, and what may still be saved of its files.
  if (newest.found === undefined && newest.damaged.length > 0) {
    const why = newest.damaged.map((one) => `${one.path}: ${one.why}`).join('; ');
    throw new Failure(
      'train/no-checkpoint',
      `None of the checkpoints of the run ${run} can be used (${why}). Restore one of them, or train again for a new run; this one stays as it is.`,
    );
  }
  return newest;
}

/** A checkpoint of another model would give an error that nobody understands, or none at all. */
export function checkWeights(plan: Plan, checkpoint: ReadCheckpoint): void {
  for (const weight of plan.graph.weights) {
    const found = checkpoint.train.weights.get(weight.path);
    const same =
      found !== undefined &&
      found.shape.length === weight.shape.length &&
      found.shape.every((size, axis) => size === weight.shape[axis]);
    if (same) continue;
    const has = found === undefined ? 'does not have it' : `has [${found.shape.join(', ')}]`;
    throw new Failure(
      'train/other-model',
      `The checkpoint ${checkpoint.path} is of another model: the weight ${weight.path} should be [${weight.shape.join(', ')}], but the checkpoint ${has}. Use a run of this model, or train again.`,
      plan.place,
    );
  }
}

/** What must be equal for a run to go on as if it had never stopped. */
export function checkSame(beginning: Beginning, preparer: Preparer, engine: Engine, writer: RunWriter): void {
  const state = beginning.from?.checkpoint?.state;
  if (state === undefined) return;
  if (state.dataHash !== preparer.hash) {
    throw new Failure(
      'train/other-data',
      'The data files are not those that the run began with: their names, sizes or contents have changed. Put the old files back, or train again for a new run.',
      beginning.plan.data.source.place,
    );
  }
  const now = `${engine.info.id}/${engine.info.device}, ${engine.info.threads} threads`;
  const then = `${state.engine}, ${state.threads} threads`;
  if (now !== then) {
    writer.say({
      kind: 'log',
      level: 'warning',
      text: `The run began on ${then} and goes on on ${now}: its numbers will differ in their last digits from those of a run that was never stopped.`,
    });
  }
}

/** The first event of a start. */
export function startedEvent(
  beginning: Beginning,
  preparer: Preparer,
  opened: Opened,
  progress: Progress,
  ms: { readonly start: number; readonly data: number; readonly compile: number },
): Omit<StartedEvent, 'seq' | 'time'> {
  const { plan, record, from } = beginning;
  const train = settingsOf(plan);
  const { perEpoch, total } = stepsOf(train, preparer.rows.train);
  const sizes = plan.graph.weights.map((weight) => ({
    size: weight.shape.reduce((a, b) => a * b, 1),
    trainable: weight.trainable,
  }));
  const sum = (list: typeof sizes): number => list.reduce((total_, each) => total_ + each.size, 0);
  const seconds = (value: number): number => Math.round(value) / 1000;
  return {
    kind: 'started',
    version: 1,
    run: record.id,
    title: plan.title,
    engine: opened.engine.info,
    parameters: sum(sizes),
    trainable: sum(sizes.filter((each) => each.trainable)),
    steps: total,
    epochs: train.epochs ?? Math.ceil(total / perEpoch),
    stepsPerEpoch: perEpoch,
    batch: train.batch,
    ...(train.accumulate === undefined ? {} : { accumulate: train.accumulate }),
    rows: preparer.rows,
    metrics: [{ name: 'loss', direction: 'min' }, ...plan.metrics.map(({ name, direction }) => ({ name, direction }))],
    resumedFrom: from === undefined ? undefined : progress.step,
    preparing: { start: seconds(ms.start), data: seconds(ms.data), compile: seconds(ms.compile) },
  };
}

/** For the log: what the run works with. */
export function sayWhatIsThere(plan: Plan, preparer: Preparer, opened: Opened, writer: RunWriter): void {
  const { train, validation, test } = preparer.rows;
  const { title, reason, device } = opened.engine.info;
  const say = (text: string, level: 'info' | 'warning' = 'info'): void => void writer.say({ kind: 'log', level, text });
  say(`Engine: ${title} (${reason}).`);
  if (plan.train?.precision === 'mixed' && opened.engine.info.mixed !== true) {
    say(
      `Precision: all in 32 bits. ${device === 'cpu' ? 'ONNX Runtime gains nothing from `precision: mixed` on the CPU' : 'This GPU does not multiply in 16 bits'}.`,
      'warning',
    );
  }
  say(`Data: ${plan.data.title}, ${train} rows to train on, ${validation} for validation, ${test} kept for tests.`);
  for (const note of preparer.notes ?? []) say(note);
  for (const { text, examples } of preparer.cleaning ?? [])
    say(`Cleaning: ${text}${examples.length === 0 ? '' : ` First: ${examples.join('; ')}.`}`);
}

/** The contents of `data.json`: how many rows each part has, and what cleaning did. */
export function dataText({ rows, cleaning = [] }: Preparer): string {
  return `${JSON.stringify({ version: 1, rows, cleaning })}\n`;
}

/** The training settings, which a plan for evaluation lacks. */
export function settingsOf(plan: Plan): TrainSettings {
  if (plan.train === undefined)
    throw new Failure('train/plan', 'The plan has no `train` settings: it is for evaluation.', plan.place);
  return plan.train;
}

/** What opening needs of the world. */
export interface OpeningDeps {
  readonly openEngine: (wish?: EngineWish) => Promise<Engine>;
  /** Threads as asked for (0: as many as there are cores). */
  readonly threads: number;
  /** Milliseconds, for measuring only. */
  readonly clock: () => number;
  /** `MODELWRIGHT_DATA`: where files are looked for that are not beside the program. */
  readonly dataFolder?: string | undefined;
}
