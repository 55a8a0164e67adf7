/** What the loop works with, and what it tells. It knows neither files nor sockets; those are in what it is given. */
import type { Plan, TrainSettings } from '../../language/index.ts';
import type { CheckpointEvent, MachineLoad, Sentence } from '../../protocol/index.ts';
import type { Preparer } from '../data/feed.ts';
import type { Session } from '../engine.ts';
import type { Health } from '../health/index.ts';
import { type Arithmetic, type Measure, type MeasureMode, rateAt } from './arithmetic.ts';
import type { Control } from './control.ts';
import type { Progress } from './progress.ts';
import type { RunWriter } from './writer.ts';

export interface LoopContext {
  readonly plan: Plan;
  readonly train: TrainSettings;
  readonly session: Session;
  readonly preparer: Preparer;
  readonly arithmetic: Arithmetic;
  readonly writer: RunWriter;
  readonly control: Control;
  readonly progress: Progress;
  /** A checkpoint before the first step: what the run starts from may be gone when it is resumed. */
  readonly savesFirst: boolean;
  readonly health: Health;
  /** Milliseconds, for measuring only. */
  readonly clock: () => number;
  /** Writes a checkpoint of the progress; throws where the disk is full or a weight is no number any more. */
  readonly save: (reason: CheckpointEvent['reason'], epoch: number) => Promise<void>;
  /** A sentence about the last checkpoint that can be used. */
  readonly lastGood: () => Sentence;
  /** Tells everybody else where the run stands: `run.json`, TensorBoard. */
  readonly observe: (what: Observation) => void;
  /** What the run takes of its machine, where a second has passed since the last look. */
  readonly machine?: () => MachineLoad | undefined;
  /** Keeps the last steps in the run's folder: the numbers have left the finite ones. */
  readonly keepRing: () => void;
  /** Bytes needed, and bytes free where the system tells. */
  readonly space: () => { readonly needed: number; readonly free: number | undefined };
}

export type Observation =
  | { readonly kind: 'step'; readonly time: number; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'epoch'; readonly time: number; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'layers'; readonly time: number; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'state'; readonly state: 'running' | 'paused' };

export interface Outcome {
  readonly state: 'finished' | 'stopped' | 'failed';
  readonly reason: string | undefined;
}

/** Milliseconds of an epoch by part. */
export interface Spent {
  data: number;
  compute: number;
  validation: number;
  checkpoint: number;
}

/** Names a batch's sums come together under. */
export function measureOf({ plan, arithmetic }: LoopContext, mode: MeasureMode): Measure {
  return { metrics: plan.metrics, arithmetic, mode };
}

/** What the schedule says, without a factor set by hand. */
export function scheduledRate(c: LoopContext, total: number): number {
  return rateAt(c.train, c.arithmetic, { step: c.progress.step, total, falls: c.progress.plateau?.falls ?? 0 });
}

/** Milliseconds to a thousandth: more is noise, and lines are long enough. */
export function eventTime(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
