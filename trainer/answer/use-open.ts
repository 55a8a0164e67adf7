/** The model of a run, opened to be asked: what stays open between questions, and how a newer checkpoint is noticed. */
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Compiled } from '../../compiler/index.ts';
import type { Plan } from '../../language/index.ts';
import { parseRunRecord, type UseDoing, type UsedCheckpoint } from '../../protocol/index.ts';
import type { FittedNodes } from '../data/fit.ts';
import type { Engine, Session, TrainState } from '../engine.ts';
import { CHECKPOINTS, checkpointSteps, usedWeights } from '../run/checkpoint.ts';
import { type ChosenCheckpoint, chooseCheckpoint } from '../run/choose-checkpoint.ts';
import { compilePlan } from '../run/compile-plan.ts';
import { readPlan, textOf } from '../run/folder-files.ts';
import { checkWeights } from '../run/opening.ts';
import type { AnswerDeps } from './evaluate.ts';
import { fittedOf, onlyInputs } from './given.ts';

/** What is kept between questions once it was made. */
export interface Kept<T> {
  readonly value: T;
  readonly dispose?: () => Promise<void>;
}

interface Made<T> {
  readonly ofWeights: boolean;
  readonly version: string;
  readonly made: Promise<Kept<T>>;
}

export interface Used {
  readonly folder: string;
  /** The run's plan. */
  readonly plan: Plan;
  /** The same, with only those fields used that the model itself reads. */
  readonly asked: Plan;
  readonly compiled: Compiled;
  readonly fitted: FittedNodes | undefined;
  readonly deps: AnswerDeps;
  /** Says what takes a while now. */
  readonly doing: (what: UseDoing) => void;
  readonly engine: Engine;
  /** Holds the weights of the checkpoint. */
  readonly session: Session;
  /** Run, engine and checkpoint, as they are told. */
  readonly about: { readonly run: string; readonly engine: string; readonly checkpoint: UsedCheckpoint };
  /** A folder for files that the engine or the pipeline wants by name. */
  readonly scratch: string;
  /** The weights of the checkpoint. */
  weights(): TrainState['weights'];
  /** Made when first asked for; `ofWeights`: anew after a newer checkpoint; anew where it is of another `version`. */
  keep<T>(key: string, ofWeights: boolean, make: () => Promise<Kept<T>>, version?: string): Promise<T>;
  /** Takes a newer checkpoint where there is one, and answers it. */
  refresh(): Promise<UsedCheckpoint | undefined>;
  dispose(): Promise<void>;
}

/** Opens the run in `folder` with the checkpoint that it is used by; `doing` hears what takes a while. */
export async function openUsed(
  folder: string,
  deps: AnswerDeps,
  doing: (what: UseDoing) => void = () => undefined,
): Promise<Used> {
  doing('checkpoint');
  const plan = readPlan(folder);
  const asked = onlyInputs(plan);
  let key = keyOf(folder, deps);
  let checkpoint = chooseCheckpoint(folder, 'best', deps.disk);
  checkWeights(asked, checkpoint);
  doing('engine');
  const engine = await deps.openEngine();
  doing('model');
  const compiled = await compilePlan(asked);
  const session = await engine.open(compiled, { batch: 1, threads: deps.threads, seed: 0 });
  const kept = new Map<string, Made<unknown>>();

  const take = async (chosen: ChosenCheckpoint): Promise<void> => {
    checkpoint = chosen;
    await session.restore({ weights: usedWeights(chosen), optimizer: new Map(), step: chosen.train.step });
  };
  const drop = async (which: (one: Made<unknown>, name: string) => boolean): Promise<void> => {
    for (const [name, one] of kept) {
      if (!which(one, name)) continue;
      const { made } = one;
      kept.delete(name);
      // What could not be made has nothing to be disposed of.
      await made.then((one) => one.dispose?.()).catch(() => undefined);
    }
  };
  await take(checkpoint);
  return {
    folder,
    plan,
    asked,
    compiled,
    fitted: fittedOf(folder),
    deps,
    doing,
    engine,
    session,
    get about() {
      return { run: basename(folder), engine: engine.info.title, checkpoint: told(checkpoint, folder) };
    },
    scratch: mkdtempSync(join(tmpdir(), 'modelwright-use-')),
    weights: () => usedWeights(checkpoint),
    async keep<T>(name: string, ofWeights: boolean, make: () => Promise<Kept<T>>, version = ''): Promise<T> {
      await drop((one, of) => of === name && one.version !== version);
      const known = kept.get(name) as Made<T> | undefined;
      if (known !== undefined) return (await known.made).value;
      const made = make();
      kept.set(name, { ofWeights, version, made });
      try {
        return (await made).value;
      } catch (error) {
        kept.delete(name);
        throw error;
      }
    },
    async refresh() {
      const now = keyOf(folder, deps);
      if (now === key) return undefined;
      // What is held goes on answering where its folder was deleted or moved.
      if (statSync(folder, { throwIfNoEntry: false }) === undefined) return undefined;
      const chosen = chooseCheckpoint(folder, 'best', deps.disk);
      key = now;
      const isSame = chosen.path === checkpoint.path && chosen.state.seq === checkpoint.state.seq;
      if (isSame) return undefined;
      checkWeights(asked, chosen);
      await take(chosen);
      await drop(({ ofWeights }) => ofWeights);
      return told(chosen, folder);
    },
    async dispose() {
      await drop(() => true);
      await session.dispose();
      await engine.dispose();
    },
  };
}

function told({ path, state, skipped }: ChosenCheckpoint, folder: string): UsedCheckpoint {
  const best = parseRunRecord(textOf(join(folder, 'run.json')) ?? '')?.best;
  // At an epoch's end the state is that of the next one's beginning.
  const epoch = state.position === 0 ? Math.max(0, state.epoch - 1) : state.epoch;
  return { path, step: state.step, epoch, best: best?.step === state.step, skipped };
}

/** Changes where another checkpoint may be the one to use: weights are read only then, since reading them takes its time. */
function keyOf(folder: string, { disk }: AnswerDeps): string {
  const record = parseRunRecord(textOf(join(folder, 'run.json')) ?? '');
  const steps = checkpointSteps(disk, folder);
  const written = steps.map((step) => statSync(stateFile(folder, step), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return JSON.stringify([record?.best?.step, steps, written]);
}

function stateFile(folder: string, step: number): string {
  return join(folder, CHECKPOINTS, String(step), 'state.json');
}
