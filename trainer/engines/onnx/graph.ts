/** One ONNX Runtime session of one program: feeds by name, results into arrays that are given. */
import type { Tensor } from 'onnxruntime-node';
import {
  macsOf,
  type OnnxGraph,
  type Program,
  type ProgramInput,
  type ProgramOutput,
  writeOnnx,
} from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';
import { fetchesInPlace, runInPlace } from './in-place.ts';
import type { Runtime } from './runtime.ts';
import { arrayFor, sessionOptions, tensorOf } from './tensors.ts';

export interface GraphSession {
  readonly inputs: readonly ProgramInput[];
  readonly outputs: readonly { readonly of: ProgramOutput; readonly data: HostTensor['data'] }[];
  run(feed: (input: ProgramInput) => HostTensor): Promise<void>;
  dispose(): Promise<void>;
}

/** Below this many multiply-adds an operation, as in a recurrence, threads wait for each other longer than they work. */
export const leastWork = 1e6;

export type Place = (output: ProgramOutput) => Float32Array | undefined;

export interface GraphOptions {
  readonly name: string;
  readonly threads: number;
  readonly block: number;
  /** Says where an output goes; the others get arrays of their own. */
  readonly place: Place;
  /** The program as a graph, where it was written before. */
  readonly graph?: OnnxGraph;
}

export async function openGraph(runtime: Runtime, program: Program, options: GraphOptions): Promise<GraphSession> {
  const graph = options.graph ?? writeOnnx(program, options.name, { block: options.block, sequence: true });
  // The model itself is not needed again once the session has read it.
  const { inputs: named } = graph;
  const threads = macsOf(program) < leastWork * graph.operations ? 1 : options.threads;
  const session = await runtime.InferenceSession.create(graph.model, sessionOptions(threads));
  const fetches: Record<string, Tensor> = {};
  const outputs = graph.outputs.map(({ name, of }) => {
    const data = options.place(of) ?? arrayFor(of.tensor.dtype, of.tensor.shape);
    fetches[name] = tensorOf(runtime, { dtype: of.tensor.dtype, shape: of.tensor.shape, data });
    return { of, data };
  });
  const fetchesOf = fetchesInPlace(graph, fetches);
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
      for (const { name, of } of named) {
        feeds[name] = of.kind === 'field' ? tensorOf(runtime, feed(of)) : tensorFor(name, feed(of));
      }
      await runInPlace(session, feeds, fetchesOf);
    },
    dispose: () => session.release(),
  };
}
