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
  /** Whether it carries out `precision: mixed`; elsewhere such a program trains in 32 bits. */
  readonly mixed?: boolean;
  /** What it sees, where it tells: 'CPU', 'GPU' for each. */
  readonly devices?: readonly string[];
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
  /** By path of the trained weights, where asked for and where it costs next to nothing; elsewhere `observe` tells them. */
  readonly layers?: ReadonlyMap<string, WeightNorms>;
}

/** Euclidean norms of one weight in one update. */
export interface WeightNorms {
  /** Of the gradient, before clipping. */
  readonly gradient: number;
  readonly weight: number;
  /** Of what the update added; undefined where nobody kept the weight from before. */
  readonly update: number | undefined;
}

/** How the numbers lie that a layer gave for one batch. */
export interface LayerNumbers {
  readonly mean: number;
  readonly deviation: number;
  /** Share of zeros. */
  readonly zeros: number;
  /** Behind `tanh` and `sigmoid`: the share at an end. */
  readonly saturated?: number;
  /** Behind `relu`: the share of units that are zero for every example of the batch. */
  readonly silent?: number;
}

export interface Observed {
  /** By path of the layers. */
  readonly results: ReadonlyMap<string, LayerNumbers>;
  /** By path of the trained weights; empty where `step` tells them. */
  readonly norms: ReadonlyMap<string, WeightNorms>;
}

/** Weights, buffers and optimizer state by name, the same whatever the engine. */
export interface TrainState {
  /** Key: the weight's path. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  /** Key: weight path + '/' + the optimizer's own name (`m`, `v`, `momentum`); '' path for counters. */
  readonly optimizer: ReadonlyMap<string, HostTensor>;
  /** Optimizer updates done. */
  readonly step: number;
  /** Where the plan averages: the averages of the trained weights, by the weight's path. */
  readonly averages?: ReadonlyMap<string, HostTensor>;
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
      /** Norms by weight, where they cost next to nothing. */
      readonly layers?: boolean;
    },
  ): Promise<StepResult>;
  /**
   * What the layers give for a batch of full size as in training, but with nothing dropped and noise at its middle. It changes
   * neither weights nor statistics nor what chance brings; so it may be asked for at any step without changing the run.
   */
  observe?(batch: Batch): Promise<Observed>;
  /** Loss and metric accumulators without an update: dropout off, BatchNorm by its moving statistics. */
  evaluate(
    batch: Batch,
  ): Promise<{ readonly loss: number; readonly metrics: Readonly<Record<string, readonly number[]>> }>;
  /** Outputs by name. */
  predict(batch: Batch): Promise<Readonly<Record<string, HostTensor>>>;
  /**
   * Puts the averages in the place of the weights, or the weights back; only where the plan has `average`. After each update
   * an average a of a weight w becomes d·a + (1 − d)·w; after the first it is w.
   */
  swapAverages(): Promise<void>;
  /** Copies: the session may step on while they are written. */
  save(): Promise<TrainState>;
  restore(state: TrainState): Promise<void>;
  dispose(): Promise<void>;
}
