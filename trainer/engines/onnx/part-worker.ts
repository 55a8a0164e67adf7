/**
 * A thread that computes one part of each batch, with an ONNX Runtime session of its own. ONNX Runtime refuses shared memory,
 * so numbers are copied out of it and back.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { HostTensor } from '../../engine.ts';
import { fetchesInPlace, runInPlace } from './in-place.ts';
import { loadRuntime, type Runtime } from './runtime.ts';
import { counter, type FromPart, type PartRequest, type SharedTensor, viewOf } from './share.ts';
import { arrayFor, sessionOptions, tensorOf } from './tensors.ts';

/** A tensor of the session's own, and its like in shared memory. */
interface Pair {
  readonly own: HostTensor['data'];
  readonly shared: HostTensor['data'];
}

const say = (message: FromPart): void => parentPort?.postMessage(message);

function pairsOf(runtime: Runtime, list: readonly SharedTensor[]) {
  const pairs: Pair[] = [];
  const tensors: Record<string, ReturnType<typeof tensorOf>> = {};
  for (const shared of list) {
    const own = arrayFor(shared.dtype, shared.shape);
    pairs.push({ own, shared: viewOf(shared) });
    tensors[shared.name] = tensorOf(runtime, { dtype: shared.dtype, shape: shared.shape, data: own });
  }
  return { pairs, tensors };
}

async function work({ model, inputs, outputs, counters, sequence }: PartRequest): Promise<void> {
  const runtime = await loadRuntime();
  const session = await runtime.InferenceSession.create(new Uint8Array(model).slice(), sessionOptions(1));
  const feeds = pairsOf(runtime, inputs);
  const fetches = pairsOf(runtime, outputs);
  const results = fetchesInPlace({ sequence }, fetches.tensors);
  const counts = new Int32Array(counters);
  say({ kind: 'ready' });
  for (let done = 0; ; done++) {
    Atomics.wait(counts, counter.asked, done);
    for (const { own, shared } of feeds.pairs) own.set(shared);
    await runInPlace(session, feeds.tensors, results);
    for (const { own, shared } of fetches.pairs) shared.set(own);
    Atomics.store(counts, counter.done, done + 1);
    Atomics.notify(counts, counter.done);
  }
}

// What is thrown out of a thread with native code in it would end the whole process.
work(workerData as PartRequest).catch((error: unknown) => {
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
});
