/**
 * What an engine is: it runs compiled training steps. Each engine is a folder in `engines/`; all pass the same parity suite.
 */
import type { Compiled } from '../compiler/index.ts';

export interface EngineInfo {
  readonly id: 'onnx' | 'tensorflow';
  readonly device: 'cpu' | 'gpu';
  /** "ONNX Runtime 1.30.0, CPU, 2 threads". */
  readonly title: string;
  /** Why this engine, in one sentence: "the default; GPU not used: …". */
  readonly reason: string;
  readonly threads: number;
  /** Of TensorFlow: the npm package, or a library by its C API. */
  readonly loader?: 'package' | 'library';
}

export interface Engine {
  readonly info: EngineInfo;
  open(
    compiled: Compiled,
    options: { readonly batch: number; readonly threads: number; readonly seed: number },
  ): Promise<Session>;
  dispose(): Promise<void>;
}

/** A tensor of the host: row-major, one layout for all engines (channels last, kernels [height, width, in, out]). */
export interface HostTensor {
  readonly dtype: 'float32' | 'int32' | 'uint8' | 'bool';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** Fields by name, the batch as first axis; `size` real examples (the last batch of an epoch may be smaller). */
export interface Batch {
  readonly size: number;
  readonly fields: Readonly<Record<string, HostTensor>>;
}

export interface StepResult {
  readonly loss: number;
  /** Numbers of each metric for this batch: sums, or rows (`MetricEntry.finish` makes the value of those of all batches). */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
  /** Global norm of the gradients, where asked for or where `clip` needs it. */
  readonly gradientNorm: number | undefined;
}

/** Weights, buffers and optimizer state by name, the same whatever the engine. */
export interface TrainState {
  /** Key: the weight's path. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  /** Key: weight path + '/' + the optimizer's own name (`m`, `v`, `momentum`); '' path for counters. */
  readonly optimizer: ReadonlyMap<string, HostTensor>;
  /** Optimizer updates done. */
  readonly step: number;
}

export interface Session {
  /**
   * One update by the mean of the gradients over the examples of all the batches, which are computed one after the other.
   * Several are taken only where the plan accumulates. `step` counts updates from 0 and seeds dropout, together with the place
   * of a batch among the others; `rate` is this update's learning rate. Loss and metrics are those of all examples together.
   */
  step(
    batches: readonly Batch[],
    options: {
      readonly rate: number;
      readonly step: number;
      readonly metrics: boolean;
      readonly gradientNorm: boolean;
    },
  ): Promise<StepResult>;
  /** Loss and metric accumulators without an update: dropout off, BatchNorm by its moving statistics. */
  evaluate(
    batch: Batch,
  ): Promise<{ readonly loss: number; readonly metrics: Readonly<Record<string, readonly number[]>> }>;
  /** Outputs by name. */
  predict(batch: Batch): Promise<Readonly<Record<string, HostTensor>>>;
  /** Copies: the session may step on while they are written. */
  save(): Promise<TrainState>;
  restore(state: TrainState): Promise<void>;
  dispose(): Promise<void>;
}
