/** One ONNX Runtime session of one program: feeds by name, results into arrays that are given. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Program, type ProgramInput, type ProgramOutput, writeOnnx } from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';
import type { Runtime } from './runtime.ts';

export interface GraphSession {
  readonly inputs: readonly ProgramInput[];
  readonly outputs: readonly { readonly of: ProgramOutput; readonly data: HostTensor['data'] }[];
  run(feed: (input: ProgramInput) => HostTensor): Promise<void>;
  dispose(): Promise<void>;
}

export type Place = (output: ProgramOutput) => Float32Array | undefined;

/** `place` says where an output goes; the others get arrays of their own. */
export async function openGraph(
  runtime: Runtime,
  program: Program,
  options: { readonly name: string; readonly threads: number; readonly place: Place },
): Promise<GraphSession> {
  const graph = writeOnnx(program, options.name);
  const session = await runtime.InferenceSession.create(graph.model, sessionOptions(options.threads));
  const fetches: Record<string, Tensor> = {};
  const outputs = graph.outputs.map(({ name, of }) => {
    const data = options.place(of) ?? arrayFor(of.tensor.dtype, of.tensor.shape);
    fetches[name] = tensorOf(runtime, { dtype: of.tensor.dtype, shape: of.tensor.shape, data });
    return { of, data };
  });
  // The same array in the same shape is the same tensor: most feeds are weights, which never change place.
  const held = new Map<string, { readonly data: HostTensor['data']; readonly tensor: Tensor }>();
  return {
    inputs: program.inputs,
    outputs,
    async run(feed) {
      const feeds: Record<string, Tensor> = {};
      for (const { name, of } of graph.inputs) {
        const host = feed(of);
        const before = held.get(name);
        const tensor = before?.data === host.data ? before.tensor : tensorOf(runtime, host);
        held.set(name, { data: host.data, tensor });
        feeds[name] = tensor;
      }
      await session.run(feeds, fetches);
    },
    dispose: () => session.release(),
  };
}

function sessionOptions(threads: number): InferenceSession.SessionOptions {
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

function tensorOf(runtime: Runtime, host: HostTensor): Tensor {
  const { shape } = host;
  switch (host.dtype) {
    case 'float32':
      return new runtime.Tensor('float32', floats(host), shape);
    case 'int32':
      return new runtime.Tensor(
        'int32',
        host.data instanceof Int32Array ? host.data : Int32Array.from(host.data),
        shape,
      );
    case 'uint8':
      return new runtime.Tensor('uint8', bytes(host), shape);
    case 'bool':
      return new runtime.Tensor('bool', bytes(host), shape);
  }
}

const floats = ({ data }: HostTensor): Float32Array => (data instanceof Float32Array ? data : Float32Array.from(data));
const bytes = ({ data }: HostTensor): Uint8Array => (data instanceof Uint8Array ? data : Uint8Array.from(data));

function arrayFor(dtype: HostTensor['dtype'], shape: readonly number[]): HostTensor['data'] {
  const size = shape.reduce((product, n) => product * n, 1);
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}
