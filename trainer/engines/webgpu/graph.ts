/** One ONNX Runtime session on the GPU: small results come back to the host, what the next step reads stays on the device. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Program, type ProgramInput, type ProgramOutput, writeOnnx } from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';
import type { Runtime } from '../onnx/runtime.ts';

export interface GpuSettings {
  /** Which of two GPUs of a computer: WebGPU tells them apart by their hunger for power only. */
  readonly power: 'high-performance' | 'low-power';
}

export interface GpuGraphOptions extends GpuSettings {
  readonly name: string;
  /** Products in 16 bits. */
  readonly half?: boolean;
}

export interface GpuResult {
  readonly of: ProgramOutput;
  readonly tensor: Tensor;
}

export interface GpuGraph {
  run(feed: (input: ProgramInput) => Tensor): Promise<readonly GpuResult[]>;
  dispose(): Promise<void>;
}

export async function openGpuGraph(runtime: Runtime, program: Program, options: GpuGraphOptions): Promise<GpuGraph> {
  const graph = writeOnnx(program, options.name, { gpu: true, half: options.half === true });
  const places = graph.outputs.map(({ name, of }): [string, Tensor.DataLocation] => [
    name,
    staysOnDevice(of) ? 'gpu-buffer' : 'cpu',
  ]);
  const session = await createGpuSession(runtime, graph.model, options, Object.fromEntries(places));
  return {
    async run(feed) {
      const feeds: Record<string, Tensor> = {};
      for (const { name, of } of graph.inputs) feeds[name] = feed(of);
      const results = await session.run(feeds);
      return graph.outputs.map(({ name, of }) => ({ of, tensor: resultOf(results, name) }));
    },
    dispose: () => session.release(),
  };
}

function staysOnDevice({ kind }: ProgramOutput): boolean {
  return kind === 'weight' || kind === 'state' || kind === 'gradient';
}

export function resultOf(results: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const found = results[name];
  if (!found) throw new Error(`The graph gave no result '${name}'.`);
  return found;
}

/** `places`: where each result goes. */
export function createGpuSession(
  runtime: Runtime,
  model: Uint8Array,
  { power }: GpuSettings,
  places: Readonly<Record<string, Tensor.DataLocation>>,
  /** `quiet`: failing is an answer too. */
  log: 'errors' | 'quiet' = 'errors',
): Promise<InferenceSession> {
  const provider: InferenceSession.WebGpuExecutionProviderOption = {
    name: 'webgpu',
    // Sizes never change, so buffers of the very size are found again; the default takes up to twice the memory.
    storageBufferCacheMode: 'simple',
  };
  return runtime.InferenceSession.create(model, {
    executionProviders: [provider],
    // The graph comes in the operations that the provider has; rewriting could bring others back.
    graphOptimizationLevel: 'disabled',
    preferredOutputLocation: places,
    logSeverityLevel: log === 'quiet' ? 4 : 3,
    // The provider's options in this package do not know it; its settings do.
    ...(power === 'low-power' ? { extra: { ep: { webgpuexecutionprovider: { powerPreference: power } } } } : {}),
  });
}

export function hostTensor(runtime: Runtime, { dtype, shape, data }: HostTensor): Tensor {
  switch (dtype) {
    case 'float32':
      return new runtime.Tensor(dtype, data instanceof Float32Array ? unshared(data) : Float32Array.from(data), shape);
    case 'int32':
      return new runtime.Tensor(dtype, data instanceof Int32Array ? unshared(data) : Int32Array.from(data), shape);
    case 'uint8':
    case 'bool':
      return new runtime.Tensor(dtype, data instanceof Uint8Array ? unshared(data) : Uint8Array.from(data), shape);
  }
}

/** The engine refuses memory that threads share. */
function unshared<T extends Float32Array | Int32Array | Uint8Array>(data: T): T {
  const isShared = typeof SharedArrayBuffer !== 'undefined' && data.buffer instanceof SharedArrayBuffer;
  return isShared ? (data.slice() as T) : data;
}
