/**
 * The training thread's end of the data workers. One loads and checks the data; where making a batch takes long (decoding,
 * augmentation), others join it once it has, and batches go round. Which worker makes a batch does not change it.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Batch } from '../engine.ts';
import { assertNever, Failure } from '../failure.ts';
import type { BatchWish, Preparer } from './feed.ts';
import { buffersOf } from './pool.ts';
import type { DataRequest } from './prepare.ts';
import type { FromWorker, ToWorker, WorkerError } from './worker.ts';

interface Waiting {
  readonly done: (batch: Batch | undefined) => void;
  readonly failed: (error: Error) => void;
}

type Loaded = Extract<FromWorker, { kind: 'loaded' }>;

/** Starts the workers (`dist/data-worker.js`) and lets them load the data. */
export async function startPreparer(script: string, request: DataRequest): Promise<Preparer> {
  const first = await Helper.start(script, request);
  const { loaded } = first;
  const helpers = [first];
  let ended = false;
  const join = async (): Promise<void> => {
    const second = { shared: loaded.shared };
    const helper = await Helper.start(script, { ...request, fitted: loaded.fitted, second });
    if (ended) await helper.stop();
    else helpers.push(helper);
  };
  // The first one trains on alone where another cannot start.
  if (loaded.isHeavy) for (let i = 1; i < workers(); i++) join().catch(() => undefined);
  let [turn, given] = [0, 0];
  return {
    rows: loaded.rows,
    hash: loaded.hash,
    fitted: loaded.fitted,
    cleaning: loaded.cleaning,
    notes: loaded.notes,
    prepare: (wish) => (helpers[turn++ % helpers.length] ?? first).batch(wish),
    release(batches) {
      const buffers = buffersOf(batches, loaded.reused);
      if (buffers.length > 0) helpers[given++ % helpers.length]?.reuse(buffers);
    },
    async dispose() {
      ended = true;
      await first.end();
      await Promise.all(helpers.map((helper) => helper.stop()));
    },
  };
}

/** Half of the cores, so that training has the others; `MODELWRIGHT_DATA_WORKERS` says otherwise. */
function workers(): number {
  const wanted = Number(process.env.MODELWRIGHT_DATA_WORKERS);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : Math.max(1, Math.min(4, availableParallelism() >> 1));
}

/** One worker thread that has loaded. */
class Helper {
  readonly loaded: Loaded;
  readonly #worker: Worker;
  readonly #waiting: Map<number, Waiting>;
  #next = 1;

  private constructor(worker: Worker, loaded: Loaded, waiting: Map<number, Waiting>) {
    this.#worker = worker;
    this.loaded = loaded;
    this.#waiting = waiting;
  }

  static start(script: string, request: DataRequest): Promise<Helper> {
    const worker = new Worker(script);
    const waiting = new Map<number, Waiting>();
    return new Promise((started, failed) => {
      const failAll = (error: Error): void => {
        failed(error);
        for (const one of waiting.values()) one.failed(error);
        waiting.clear();
      };
      const settle = (id: number, how: (one: Waiting) => void): void => {
        const one = waiting.get(id);
        waiting.delete(id);
        if (one !== undefined) how(one);
      };
      worker.on('error', (error) => failAll(new Error(`The data worker died: ${String(error)}`)));
      worker.on('exit', (code) => failAll(new Error(`The data worker ended with code ${code}.`)));
      worker.on('message', (message: FromWorker) => {
        switch (message.kind) {
          case 'loaded':
            started(new Helper(worker, message, waiting));
            return;
          case 'batch':
            settle(message.id, (one) => one.done(message.batch));
            return;
          case 'ended':
            settle(message.id, (one) => one.done(undefined));
            return;
          case 'failed': {
            const { id, error } = message;
            if (id === undefined) {
              worker.removeAllListeners('exit');
              void worker.terminate();
              failed(errorOf(error));
            } else settle(id, (one) => one.failed(errorOf(error)));
            return;
          }
          default:
            assertNever(message);
        }
      });
      worker.postMessage({ kind: 'load', request } satisfies ToWorker);
    });
  }

  async batch(wish: BatchWish): Promise<Batch> {
    const batch = await this.#ask((id) => ({ kind: 'batch', id, wish }));
    if (batch === undefined) throw new Error('The data worker gave no batch.');
    return batch;
  }

  reuse(buffers: readonly ArrayBuffer[]): void {
    this.#worker.postMessage({ kind: 'reuse', buffers } satisfies ToWorker, [...buffers]);
  }

  /** Lets it write down what it keeps. A worker that is gone has nothing to write. */
  async end(): Promise<void> {
    await this.#ask((id) => ({ kind: 'end', id })).catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#worker.removeAllListeners('exit');
    await this.#worker.terminate();
  }

  #ask(message: (id: number) => ToWorker): Promise<Batch | undefined> {
    return new Promise((done, failed) => {
      const id = this.#next++;
      this.#waiting.set(id, { done, failed });
      this.#worker.postMessage(message(id));
    });
  }
}

function errorOf(error: WorkerError): Error {
  return error.code === undefined ? new Error(error.message) : new Failure(error.code, error.message, error.place);
}
