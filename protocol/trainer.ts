/**
 * What passes between a trainer process and whoever started it or attaches to it later.
 *
 * The request goes in as one JSON line on standard input. A training run makes its folder, writes `lock`, prints one line
 * `{"folder": …}` on standard output, and from then on speaks only over the local socket that `lock` names: events and
 * commands as JSON lines, `ready` first from both sides. Everything else (`evaluate`, `predict`, `doctor`) answers with JSON
 * lines on standard output; `use` goes on reading questions. Standard error is for the log.
 */
import type { Plan } from '../language/index.ts';
import type { DataPlan, DataWindow } from './data-report.ts';
import type { Evaluation } from './evaluation.ts';
import type { EventPlace, RunEvent } from './events.ts';
import type { DoctorStep } from './install.ts';
import type { Words } from './words.ts';

export const TRAINER_VERSION = 1;

export interface EngineOptions {
  readonly engine: 'auto' | 'onnx' | 'tensorflow';
  /** `gpu:N` names one. */
  readonly device: 'auto' | 'cpu' | 'gpu' | `gpu:${number}`;
  /** 0: the number that is fastest, where it was measured, else as many as the machine has cores. */
  readonly threads: number;
}

export interface StartWish {
  /** The run's folder. */
  readonly folder: string;
  readonly step?: number;
}

export type TrainerRequest =
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'train';
      readonly plan: Plan;
      readonly runs: string;
      /** A run to start from in place of the program's `start:`; its best checkpoint, or that of a step. */
      readonly start?: StartWish;
      readonly options: EngineOptions;
      readonly keepGoing: boolean;
      readonly started: number;
    }
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'resume';
      readonly folder: string;
      readonly options: EngineOptions;
      readonly keepGoing: boolean;
      readonly started: number;
    }
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'evaluate';
      readonly plan: Plan;
      readonly folder: string;
      readonly checkpoint: 'best' | 'last';
      readonly options: EngineOptions;
    }
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'predict';
      readonly folder: string;
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly options: EngineOptions;
    }
  /** Holds the model of a run warm and answers questions about it, line by line (`use.ts`), until its input ends. */
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'use';
      readonly folder: string;
      readonly options: EngineOptions;
    }
  /** Rows of a data declaration as people look at them: one `DataReport`. */
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'data';
      readonly plan: DataPlan;
      readonly window: DataWindow;
    }
  | { readonly version: typeof TRAINER_VERSION; readonly kind: 'doctor' }
  /** Answers `InstallProgress` lines, then an `InstallReport`. `fetch`: even where a TensorFlow is there. */
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'install';
      readonly gpu: boolean;
      readonly fetch: boolean;
      /** A folder of wheels or libraries; '' for the package index. */
      readonly from: string;
    }
  /** Files that a program names by addresses, for a plan that depends on them. Answers `{said}` lines, and ends well where all are there. */
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'fetch';
      readonly downloads: readonly { readonly url: string; readonly sha256?: string | undefined }[];
    }
  /** Answers `{lines}`: what was removed. */
  | { readonly version: typeof TRAINER_VERSION; readonly kind: 'uninstall' }
  /** Asked by a trainer of a throw-away trainer: can this engine be used here? Answers one `DoctorEngine`. */
  | { readonly version: typeof TRAINER_VERSION; readonly kind: 'probe'; readonly options: EngineOptions }
  /** Asked likewise: how fast does it train this plan with each of these numbers of threads? Answers `SpeedFinding` lines. */
  | {
      readonly version: typeof TRAINER_VERSION;
      readonly kind: 'speed';
      readonly plan: Plan;
      readonly options: EngineOptions;
      readonly threads: readonly number[];
    };

/** One thing found while an engine is measured. */
export type SpeedFinding =
  | { readonly kind: 'title'; readonly title: string }
  /** Milliseconds of a step, and the losses of the first two. */
  | { readonly kind: 'speed'; readonly threads: number; readonly ms: number; readonly losses: readonly number[] }
  /** Why it cannot be used. */
  | { readonly kind: 'trouble'; readonly why: string };

/** The first line on standard output of a training run; `error` where no run could be started. */
export type TrainerAnnouncement = { readonly folder: string } | { readonly error: TrainerError };

/** An error that a person reads: what happened, with the values received, what was expected, the way out. */
export interface TrainerError {
  readonly code: string;
  readonly message: string;
  /** As in a `problem` event. */
  readonly words?: readonly Words[];
  readonly place: EventPlace | undefined;
}

/** Client → trainer, one JSON line each. `ready` is the first and carries the token of the `lock`. */
export type TrainerCommand =
  | {
      readonly kind: 'ready';
      readonly version: number;
      readonly token: string /** Send events after this sequence number; those before are read from disk. */;
      readonly after: number;
    }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** Saves a checkpoint and ends; a second `stop` ends at once. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'snapshot' }
  /** Validation at once: an `epoch` event with `whole` false, which decides nothing. */
  | { readonly kind: 'evaluate' }
  | { readonly kind: 'rate'; readonly factor: number }
  | { readonly kind: 'keepGoing'; readonly value: boolean };

/** Trainer → client. */
export type TrainerMessage =
  | {
      readonly kind: 'ready';
      readonly version: number;
      readonly run: string;
      readonly state: 'preparing' | 'running' | 'paused';
    }
  | { readonly kind: 'event'; readonly event: RunEvent }
  /** Every few seconds, whatever the trainer does: between two of them it computes, or hangs. `time` in milliseconds since 1970. */
  | { readonly kind: 'alive'; readonly time: number }
  | { readonly kind: 'refused'; readonly message: string };

/** Contents of the run folder's `lock` (mode 0600). */
export interface Lock {
  readonly version: typeof TRAINER_VERSION;
  readonly pid: number;
  /** Path of a Unix socket, or a named pipe on Windows. */
  readonly address: string;
  readonly token: string;
  readonly started: number;
  /** When the process began, where the system tells: its number alone may be another one's by now. */
  readonly stamp?: string;
}

/** Counts of a metric that is a table: rows for what is so, columns for what is said. */
export interface EvaluateMatrix {
  readonly classes: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** How far an evaluation is; any number of such lines come before its result. */
export interface EvaluateProgress {
  readonly progress: { readonly done: number; readonly all: number };
}

export interface EvaluateResult {
  readonly run: string;
  readonly unit: string;
  readonly data: string;
  readonly checkpoint: string;
  /** Checkpoints that were wanted before this one but cannot be used, with the reason. */
  readonly skipped?: readonly string[];
  readonly examples: number;
  readonly metrics: Readonly<Record<string, number | 'NaN' | 'Infinity' | '-Infinity'>>;
  /** By metric, where one is a table. */
  readonly matrices?: Readonly<Record<string, EvaluateMatrix>>;
  /** The whole of it, as it stands in `eval/<name>/evaluation.json`. */
  readonly evaluation: Evaluation;
  readonly expect: readonly {
    readonly text: string;
    readonly value: number | 'NaN' | 'Infinity' | '-Infinity';
    readonly held: boolean;
    readonly place: EventPlace;
  }[];
}

export interface DoctorReport {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly memory: number;
  readonly engines: readonly DoctorEngine[];
}

export interface DoctorEngine {
  readonly id: 'onnx' | 'tensorflow';
  readonly device: 'cpu' | 'gpu';
  readonly loader: 'package' | 'library' | undefined;
  readonly title: string;
  readonly usable: boolean;
  /** Why not, or what was found. */
  readonly reason: string;
  /** What to do about it; '' where nothing is to be done. */
  readonly cure: string;
  /** What was looked at, in the order in which it is needed. */
  readonly steps?: readonly DoctorStep[];
  /** Milliseconds of a step of a small network, where it was measured. */
  readonly ms?: number;
  /** What it sees, where it tells. */
  readonly devices?: readonly string[];
}
