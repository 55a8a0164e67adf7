/** What both loaders give: a SavedModel whose signatures can be run. All of them share one session and its variables. */
import type { Signature } from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';

export interface LoadedModel {
  /** Runs a signature: every input by its key, every output by its key. */
  run(signature: string, inputs: Tensors): Promise<Tensors>;
  dispose(): void;
}

export type Tensors = Readonly<Record<string, HostTensor>>;

/** A TensorFlow in this process. */
export interface Runtime {
  readonly version: string;
  /** 'CPU', 'GPU' for each device. */
  readonly devices: readonly string[];
  /** `folder` holds `saved_model.pb`; it is not read again after this. */
  load(folder: string, signatures: readonly Signature[], half?: Half): Promise<LoadedModel>;
}

/** Types of 16 bits that TensorFlow may compute products in: the first on GPUs, the second on processors that have it. */
export type Half = 'float16' | 'bfloat16';

export interface Threads {
  /** Threads within one operation; also the number of operations at once. */
  readonly threads: number;
}

/** Bytes of a value of a type. */
export function bytesOf(dtype: HostTensor['dtype']): number {
  return dtype === 'float32' || dtype === 'int32' ? 4 : 1;
}

/** An array of the host for a tensor of this type. */
export function emptyData(dtype: HostTensor['dtype'], length: number): HostTensor['data'] {
  switch (dtype) {
    case 'float32':
      return new Float32Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'uint8':
    case 'bool':
      return new Uint8Array(length);
  }
}
