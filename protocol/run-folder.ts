/**
 * What stands in a run folder `.modelwright/runs/NNNN-adjective-animal/`:
 * `run.json` · `plan.json` · `source/` · `metrics.jsonl` (step events) · `events.jsonl` (all others) · `tb/` ·
 * `checkpoints/<step>/{weights.safetensors, optimizer.safetensors, averages.safetensors, state.json}` · `fitted.json` · `data.json` · `eval/` · `log.txt` · `lock`.
 * The trainer alone writes these; `notes.json` is written by the editor and the command line.
 */
import type { EventNumber, RunStateName } from './events.ts';

export const RUN_VERSION = 1;

/** Why a run stopped that nobody was attached to: the editor was closed, and it was not told to keep going. */
export const UNWATCHED = 'Nobody has watched it for a while, and it was not told to keep going.';

export interface RunRecord {
  readonly version: typeof RUN_VERSION;
  /** Folder name. */
  readonly id: string;
  /** 14 in `0014-quiet-heron`. */
  readonly number: number;
  readonly title: string;
  readonly state: RunStateName;
  readonly file: string;
  readonly declaration: string;
  readonly model: string;
  readonly created: number;
  readonly ended: number | undefined;
  readonly pid: number | undefined;
  readonly engine: string;
  readonly device: string;
  readonly threads: number;
  readonly seed: number;
  readonly parameters: number;
  readonly steps: number;
  readonly step: number;
  readonly best:
    | { readonly epoch: number; readonly step: number; readonly metric: string; readonly value: EventNumber }
    | undefined;
  /** Last value of each metric, `validation.` ones included. */
  readonly metrics: Readonly<Record<string, EventNumber>>;
  /** SHA-256 of the plan without its texts and places: the same program. */
  readonly planHash: string;
  /** SHA-256 over names, sizes and samples of the data files: the same data. */
  readonly dataHash: string;
  readonly modelwright: string;
  /** Where its weights came from (`start:`): a run of the same folder (or the path of another one), and its checkpoint. */
  readonly start?: { readonly run: string; readonly checkpoint: string };
  /** Why it ended. */
  readonly reason: string | undefined;
}

export interface CheckpointState {
  readonly version: typeof RUN_VERSION;
  readonly step: number;
  readonly epoch: number;
  /** Steps done within the epoch. */
  readonly position: number;
  /** Factor on the learning rate set by hand. */
  readonly rateFactor: number;
  readonly seed: number;
  readonly planHash: string;
  readonly dataHash: string;
  readonly engine: string;
  readonly threads: number;
  /** Sums over the epoch so far, to go on with exactly. */
  readonly totals: {
    readonly examples: number;
    readonly loss: EventNumber;
    readonly metrics: Readonly<Record<string, readonly EventNumber[]>>;
  };
  readonly stop: { readonly best: EventNumber; readonly waited: number } | undefined;
  /** Of a rate that listens to a metric. */
  readonly plateau?: { readonly best: EventNumber; readonly waited: number; readonly falls: number };
  readonly best: RunRecord['best'];
  /** Sequence number of the last event before it. */
  readonly seq: number;
  /** Of the files beside it; `averages` where the run averages its weights. */
  readonly sha256: CheckpointFiles<string>;
  readonly bytes?: CheckpointFiles<number>;
}

export interface CheckpointFiles<T> {
  readonly weights: T;
  readonly optimizer: T;
  readonly averages?: T;
}

/** `notes.json`: what a person adds to a run. */
export interface RunNotes {
  readonly version: typeof RUN_VERSION;
  readonly name: string;
  readonly starred: boolean;
  readonly tags: readonly string[];
  readonly notes: string;
}
