/** One ONNX Runtime session of one program: feeds by name, results into arrays that are given. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { macsOf, type Program, type ProgramInput, type ProgramOutput, writeOnnx } from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';
import type { Runtime } from './runtime.ts';

export interface GraphSession {
  readonly inputs: readonly ProgramInput[];
  readonly outputs: readonly { readonly of: ProgramOutput; readonly data: HostTensor['data'] }[];
  run(feed: (input: ProgramInput) => HostTensor): Promise<void>;
  dispose(): Promise<void>;
}

/** Below this many multiply-adds an operation, as in a recurrence, threads wait for each other longer than they work. */
const leastWork = 1e6;

export type Place = (output: ProgramOutput) => Float32Array | undefined;

/** `place` says where an output goes; the others get arrays of their own. */
export async function openGraph(
  runtime: Runtime,
  program: Program,
  options: { readonly name: string; readonly threads: number; readonly block: number; readonly place: Place },
): Promise<GraphSession> {
  const graph = writeOnnx(program, options.name, { block: options.block });
  const threads = macsOf(program) < leastWork * graph.operations ? 1 : options.threads;
  const session = await runtime.InferenceSession.create(graph.model, sessionOptions(threads));
  const fetches: Record<string, Tensor> = {};
  const outputs = graph.outputs.map(({ name, of }) => {
    const data = options.place(of) ?? arrayFor(of.tensor.dtype, of.tensor.shape);
    fetches[name] = tensorOf(runtime, { dtype: of.tensor.dtype, shape: of.tensor.shape, data });
    return { of, data };
  });
  // Weights, state and drawn numbers never change place, so their tensors are made once.
  const held = new Map<string, { readonly data: HostTensor['data']; readonly tensor: Tensor }>();
  const tensorFor = (name: string, host: HostTensor): Tensor => {
    const before = held.get(name);
    if (before?.data === host.data) return before.tensor;
    const tensor = tensorOf(runtime, host);
    held.set(name, { data: host.data, tensor });
    return tensor;
  };
  return {
    inputs: program.inputs,
    outputs,
    async run(feed) {
      const feeds: Record<string, Tensor> = {};
      for (const { name, of } of graph.inputs) {
        feeds[name] = of.kind === 'field' ? tensorOf(runtime, feed(of)) : tensorFor(name, feed(of));
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

function tensorOf(runtime: Runtime, { dtype, shape, data }: HostTensor): Tensor {
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

function arrayFor(dtype: HostTensor['dtype'], shape: readonly number[]): HostTensor['data'] {
  const size = shape.reduce((product, n) => product * n, 1);
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}
