/**
 * What a run says, from its first line to its last. Each event goes to disk before it is sent; the line on disk, on the
 * socket and on `--json` is the same, byte for byte. Numbers are the shortest text that gives the same float32;
 * not-a-number and infinities are the strings "NaN", "Infinity", "-Infinity".
 */
import type { Words } from './words.ts';

export const EVENT_VERSION = 1;

export type RunEvent =
  | StartedEvent
  | StepEvent
  | EpochEvent
  | CheckpointEvent
  | PausedEvent
  | ResumedEvent
  | ChangedEvent
  | ProblemEvent
  | SettledEvent
  | LayersEvent
  | LogEvent
  | EndedEvent;

/** A number as events carry it. */
export type EventNumber = number | 'NaN' | 'Infinity' | '-Infinity';

interface EventBase {
  /** Running number of the run, from 1; a resumed run goes on. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface StartedEvent extends EventBase {
  readonly kind: 'started';
  readonly version: typeof EVENT_VERSION;
  /** Folder name: `0014-quiet-heron`. */
  readonly run: string;
  readonly title: string;
  readonly engine: {
    readonly id: 'onnx' | 'tensorflow';
    readonly device: 'cpu' | 'gpu';
    readonly title: string;
    readonly reason: string;
    readonly threads: number;
  };
  readonly parameters: number;
  readonly trainable: number;
  /** Optimizer updates of the whole run, as far as known. */
  readonly steps: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly batch: number;
  /** Batches that make one update, where there are several. */
  readonly accumulate?: number;
  /** Rows of each part. */
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** Metric names with their direction, `loss` first. */
  readonly metrics: readonly { readonly name: string; readonly direction: 'min' | 'max' }[];
  /** Set where this start continues an earlier one: the step it continues from. Readers drop `step` events after it. */
  readonly resumedFrom: number | undefined;
  /** Seconds from the command to here, by part. */
  readonly preparing: { readonly start: number; readonly data: number; readonly compile: number };
}

export interface StepEvent extends EventBase {
  readonly kind: 'step';
  /** Optimizer updates done, from 1. */
  readonly step: number;
  /** From 1. */
  readonly epoch: number;
  readonly loss: EventNumber;
  /** This batch's own values. */
  readonly metrics: Readonly<Record<string, EventNumber>>;
  readonly lr: EventNumber;
  readonly gradientNorm?: EventNumber;
  /** Milliseconds of this step. */
  readonly ms: { readonly data: number; readonly compute: number };
  /** What the run takes of its machine: looked at once a second, so most steps have none. */
  readonly machine?: MachineLoad;
}

/** Shares are from 0 to 1, memory is in bytes. */
export interface MachineLoad {
  /** Of all processors, by this process. */
  readonly cpu: number;
  /** Of this process. */
  readonly memory: number;
  /** Memory that the machine has. */
  readonly memoryTotal: number;
  /** Of the GPU that it trains on, by everybody. */
  readonly gpu?: number;
  readonly gpuMemory?: number;
  /** Memory that the GPU has. */
  readonly gpuTotal?: number;
  /** Degrees Celsius. */
  readonly gpuTemperature?: number;
}

/** The end of an epoch, or a validation between two (with `steps:`; then `whole` is false). */
export interface EpochEvent extends EventBase {
  readonly kind: 'epoch';
  readonly epoch: number;
  readonly whole: boolean;
  readonly step: number;
  /** Over the epoch so far: `loss` and the metrics. */
  readonly train: Readonly<Record<string, EventNumber>>;
  /** Missing without validation data. */
  readonly validation: Readonly<Record<string, EventNumber>> | undefined;
  /** Milliseconds since the epoch's start, by part. */
  readonly ms: {
    readonly data: number;
    readonly compute: number;
    readonly validation: number;
    readonly checkpoint: number;
  };
}

export interface CheckpointEvent extends EventBase {
  readonly kind: 'checkpoint';
  readonly step: number;
  readonly epoch: number;
  /** `last`, `best`, `every`, `pause`, `stop`. */
  readonly reason: 'last' | 'best' | 'every' | 'pause' | 'stop';
  /** Folder below the run's. */
  readonly path: string;
  readonly bytes: number;
}

export interface PausedEvent extends EventBase {
  readonly kind: 'paused';
  readonly step: number;
  readonly reason: 'asked' | 'disk-full';
}
export interface ResumedEvent extends EventBase {
  readonly kind: 'resumed';
  readonly step: number;
}
/** The learning rate was changed by hand: it multiplies the schedule from here on. */
export interface ChangedEvent extends EventBase {
  readonly kind: 'changed';
  readonly step: number;
  readonly lr: EventNumber;
  readonly factor: number;
}

/** A finding about the run: at a place of the program where there is one. */
export interface ProblemEvent extends EventBase {
  readonly kind: 'problem';
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** What the message is made of, to be told in other languages; missing where it has no fixed form. */
  readonly words?: readonly Words[];
  readonly step: number | undefined;
  readonly place: EventPlace | undefined;
}

/** A finding that holds no longer: the over-fitting has ended, the gradients are of a usual size again. */
export interface SettledEvent extends EventBase {
  readonly kind: 'settled';
  readonly step: number;
  /** Number (`seq`) of the problem. */
  readonly problem: number;
}

/** How large the gradients and moves of the weights are, and what the layers give: looked at once in a while. */
export interface LayersEvent extends EventBase {
  readonly kind: 'layers';
  readonly step: number;
  readonly epoch: number;
  /** By path of the weights that are trained. */
  readonly weights: Readonly<Record<string, WeightSizes>>;
  /** By path of the layers; empty where their results were not looked at in this step. */
  readonly results: Readonly<Record<string, LayerResults>>;
}

/** Norms: of the gradient before clipping, of the weight, and of what the update added to it. */
export interface WeightSizes {
  readonly gradient: EventNumber;
  readonly weight: EventNumber;
  /** Missing where the engine does not keep the weight from before. */
  readonly update?: EventNumber;
}

/** Of all numbers that a layer gave for one batch. */
export interface LayerResults {
  readonly mean: EventNumber;
  readonly deviation: EventNumber;
  /** Share of zeros. */
  readonly zeros: EventNumber;
  /** Of what is squashed (`tanh`, `sigmoid`): the share that stands at an end. */
  readonly saturated?: EventNumber;
  /** Of what is cut at zero (`relu`): the share of units that were zero for every example. */
  readonly silent?: EventNumber;
}

/** In one of the program's sources: lines and columns from 1, columns in UTF-16 units, end exclusive offsets. */
export interface EventPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

export interface LogEvent extends EventBase {
  readonly kind: 'log';
  readonly level: 'debug' | 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface EndedEvent extends EventBase {
  readonly kind: 'ended';
  readonly state: 'finished' | 'stopped' | 'failed';
  readonly step: number;
  readonly epoch: number;
  readonly best:
    | { readonly epoch: number; readonly step: number; readonly metric: string; readonly value: EventNumber }
    | undefined;
  /** Why it ended, in one sentence, where that is not plain from the state. */
  readonly reason: string | undefined;
}

/** States of a run. `interrupted` is never said by the run itself: whoever finds it dead says it. */
export type RunStateName = 'preparing' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed' | 'interrupted';

/** The number that an event's text stands for. */
export function numberOf(value: EventNumber): number {
  return typeof value === 'number' ? value : Number(value);
}
