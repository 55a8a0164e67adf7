/**
 * A batch in parts of equal size, each on a thread of its own. It is chosen by the shape of the program alone, never by the
 * clock, so that two runs on one machine take the same steps bit for bit: where operations are so small that the threads of
 * one session would wait for each other longer than they work, and no example's loss depends on another example.
 */
import { Worker } from 'node:worker_threads';
import {
  macsOf,
  type OnnxGraph,
  type Program,
  type ProgramInput,
  type ProgramOutput,
} from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';
import { leastWork } from './graph.ts';
import { bytesOf, counter, type FromPart, type PartRequest, type SharedTensor, viewOf } from './share.ts';

/** Below this many multiply-adds, handing over takes longer than it saves. */
const leastOfBatch = 5e7;
/** Products of fewer columns leave the processor's registers empty. */
const leastExamples = 8;

/** Into how many parts a batch goes, from its size and the threads that there are: the most that divide it evenly. */
export function partsOf(batch: number, threads: number): number {
  for (let parts = Math.min(threads, Math.floor(batch / leastExamples)); parts > 1; parts--) {
    if (batch % parts === 0) return parts;
  }
  return 1;
}

/** Whether it pays, for the program of one part. */
export function paysInParts(part: Program, parts: number, operations: number): boolean {
  const work = macsOf(part) * parts;
  return part.separable === true && work >= leastOfBatch && work < leastWork * operations;
}

export interface PartThread {
  /** Starts on inputs; they are copied before it returns. */
  start(feed: (input: ProgramInput) => HostTensor): void;
  /** Waits until the results are there. */
  wait(): Promise<void>;
  readonly outputs: readonly { readonly of: ProgramOutput; readonly data: HostTensor['data'] }[];
  dispose(): Promise<void>;
}

/** How long to wait before events of the thread are let through, in milliseconds. */
const patience = 500;

export async function startPart(script: string, graph: OnnxGraph): Promise<PartThread> {
  const model = new SharedArrayBuffer(graph.model.byteLength);
  new Uint8Array(model).set(graph.model);
  const inputs = placed(graph.inputs);
  const outputs = placed(graph.outputs);
  const counters = new SharedArrayBuffer(8);
  const counts = new Int32Array(counters);
  const request: PartRequest = { model, inputs, outputs, counters, sequence: graph.sequence };
  const worker = new Worker(script, { workerData: request });
  let failure: Error | undefined;
  await new Promise<void>((ready, failed) => {
    const fail = (message: string): void => {
      failure = new Error(`A thread that computes a part of the batch failed: ${message}`);
      failed(failure);
    };
    worker.on('message', (message: FromPart) => (message.kind === 'ready' ? ready() : fail(message.message)));
    worker.on('error', (error) => fail(String(error)));
    worker.on('exit', (code) => fail(`it ended with code ${code}`));
  });
  const rooms = inputs.map(viewOf);
  let asked = 0;
  return {
    outputs: graph.outputs.map(({ of }, i) => ({ of, data: viewOf(outputs[i] ?? missing()) })),
    start(feed) {
      graph.inputs.forEach(({ of }, i) => {
        rooms[i]?.set(feed(of).data);
      });
      asked++;
      Atomics.store(counts, counter.asked, asked);
      Atomics.notify(counts, counter.asked);
    },
    async wait() {
      for (;;) {
        const done = Atomics.load(counts, counter.done);
        if (done === asked) return;
        if (failure) throw failure;
        if (Atomics.wait(counts, counter.done, done, patience) === 'timed-out') {
          await new Promise((next) => setImmediate(next));
        }
      }
    },
    async dispose() {
      worker.removeAllListeners();
      await worker.terminate();
    },
  };
}

function missing(): never {
  throw new Error('An output has no place in shared memory.');
}

/** Tensors one behind the other in a memory of their own. */
function placed(list: readonly { readonly name: string; readonly of: ProgramInput | ProgramOutput }[]): SharedTensor[] {
  let end = 0;
  const offsets = list.map(({ of }) => {
    const offset = end;
    end += Math.ceil(bytesOf(of.tensor) / 64) * 64;
    return offset;
  });
  const buffer = new SharedArrayBuffer(Math.max(64, end));
  return list.map(({ name, of }, i) => ({
    name,
    dtype: of.tensor.dtype,
    shape: of.tensor.shape,
    buffer,
    offset: offsets[i] ?? 0,
  }));
}
