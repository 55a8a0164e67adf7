/** Sessions and tensors of ONNX Runtime, as all threads make them. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { HostTensor } from '../../engine.ts';
import type { Runtime } from './runtime.ts';

export function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // The graph comes fused; the engine's own rewrites make no step shorter, and opening a long recurrence four times as long.
    graphOptimizationLevel: 'disabled',
    enableMemPattern: false,
    logSeverityLevel: 3,
    // Softmax under a mask makes denormal numbers, on which processors are a hundred times slower.
    extra: { session: { set_denormal_as_zero: '1' } },
  };
}

export function tensorOf(runtime: Runtime, { dtype, shape, data }: HostTensor): Tensor {
  switch (dtype) {
    case 'float32':
      return new runtime.Tensor(dtype, own(data, Float32Array), shape);
    case 'int32':
      return new runtime.Tensor(dtype, own(data, Int32Array), shape);
    case 'uint8':
    case 'bool':
      return new runtime.Tensor(dtype, own(data, Uint8Array), shape);
  }
}

/** The numbers as the engine takes them; it refuses arrays of another kind, and memory that threads share. */
function own<T extends HostTensor['data']>(
  data: HostTensor['data'],
  kind: { new (size: number): T; from(list: ArrayLike<number>): T },
): T {
  const isShared = typeof SharedArrayBuffer !== 'undefined' && data.buffer instanceof SharedArrayBuffer;
  return data instanceof kind && !isShared ? data : kind.from(data);
}

export function arrayFor(dtype: HostTensor['dtype'], shape: readonly number[]): HostTensor['data'] {
  const size = shape.reduce((product, n) => product * n, 1);
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}
