/** Writes the checkpoints of a run, and knows which one is the last that can be used. */
import type { Plan, TrainSettings } from '../../language/index.ts';
import { type CheckpointEvent, FAILURE_TEXTS, type Sentence, told } from '../../protocol/index.ts';
import type { Preparer } from '../data/feed.ts';
import type { HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import type { Health } from '../health/index.ts';
import { checkpointBytes, firstNotFinite, pruneCheckpoints, writeCheckpoint } from './checkpoint.ts';
import type { Keeper } from './keeper.ts';
import type { Opened } from './opening.ts';
import { type Progress, stateOf } from './progress.ts';
import type { RunWriter } from './writer.ts';

export interface Saving {
  readonly plan: Plan;
  readonly train: TrainSettings;
  readonly folder: string;
  readonly opened: Opened;
  readonly preparer: Preparer;
  readonly progress: Progress;
  readonly writer: RunWriter;
  readonly keeper: Keeper;
  readonly health: Health;
  /** Keeps the ring of the last steps. */
  readonly keepRing: () => void;
  /** Shows the weights of a checkpoint to whoever draws them. */
  readonly show: (weights: ReadonlyMap<string, HostTensor>) => void;
  /** The checkpoint that the run goes on from. */
  readonly from: string | undefined;
}

export interface Saver {
  /** Throws where the disk is full or a weight is no number any more. */
  save(reason: CheckpointEvent['reason'], epoch: number): Promise<void>;
  /** Removes checkpoints that need not be kept: a process that died may not have come to it. */
  prune(): void;
  /** About the last checkpoint. */
  lastGood(): Sentence;
  /** What the last checkpoint took. */
  bytes(): number;
}

export function createSaver(s: Saving): Saver {
  const { plan, train, folder, progress, writer, keeper, preparer } = s;
  const { session, engine } = s.opened;
  let bytes = 0;
  let last = s.from;
  const lastGood = (): Sentence => (last === undefined ? [FAILURE_TEXTS.noCheckpoint] : [FAILURE_TEXTS.lastGood, last]);
  const prune = (): void => {
    const keepsBest = train.save.some((rule) => rule.kind === 'best');
    pruneCheckpoints(keeper.disk, folder, {
      best: keepsBest ? progress.best?.step : undefined,
      every: train.save.flatMap((rule) => (rule.kind === 'every' ? [rule.steps] : [])),
    });
  };
  return {
    prune,
    lastGood,
    bytes: () => bytes,
    async save(reason, epoch) {
      const state = await session.save();
      bytes = checkpointBytes(state);
      const bad = firstNotFinite(state);
      if (bad !== undefined) {
        const { cause, cure, place } = s.health.explain([], bad);
        s.keepRing();
        throw new Failure(
          'train/not-finite',
          told([FAILURE_TEXTS.weightNotFinite, bad, progress.step], cause, lastGood(), cure),
          place ?? train.places.optimizer ?? plan.place,
        );
      }
      writer.sync();
      const written = writeCheckpoint(
        keeper.disk,
        folder,
        {
          version: 1,
          ...stateOf(progress),
          seed: train.seed,
          planHash: keeper.record.planHash,
          dataHash: preparer.hash,
          engine: `${engine.info.id}/${engine.info.device}`,
          threads: engine.info.threads,
          seq: writer.seq,
        },
        state,
      );
      last = written.path;
      writer.say({ kind: 'checkpoint', step: progress.step, epoch, reason, path: written.path, bytes: written.bytes });
      s.show(state.weights);
      prune();
      keeper.progress(progress);
    },
  };
}
