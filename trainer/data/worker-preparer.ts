/** The training thread's end of the data worker. */
import { Worker } from 'node:worker_threads';
import type { Batch } from '../engine.ts';
import { assertNever, Failure } from '../failure.ts';
import type { Preparer } from './feed.ts';
import type { DataRequest } from './prepare.ts';
import type { FromWorker, ToWorker, WorkerError } from './worker.ts';

interface Waiting {
  readonly done: (batch: Batch) => void;
  readonly failed: (error: Error) => void;
}

/** Starts the worker (`dist/data-worker.js`) and lets it load the data. */
export function startPreparer(script: string, request: DataRequest): Promise<Preparer> {
  const worker = new Worker(script);
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  const send = (message: ToWorker): void => worker.postMessage(message);

  return new Promise((loaded, failed) => {
    const failAll = (error: Error): void => {
      failed(error);
      for (const one of waiting.values()) one.failed(error);
      waiting.clear();
    };
    worker.on('error', (error) => failAll(new Error(`The data worker died: ${String(error)}`)));
    worker.on('exit', (code) => failAll(new Error(`The data worker ended with code ${code}.`)));
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'loaded':
          loaded({
            rows: message.rows,
            hash: message.hash,
            fitted: message.fitted,
            cleaning: message.cleaning,
            prepare: (wish) =>
              new Promise((done, fail) => {
                const id = nextId++;
                waiting.set(id, { done, failed: fail });
                send({ kind: 'batch', id, wish });
              }),
            dispose: async () => {
              worker.removeAllListeners('exit');
              await worker.terminate();
            },
          });
          return;
        case 'batch':
          waiting.get(message.id)?.done(message.batch);
          waiting.delete(message.id);
          return;
        case 'failed':
          if (message.id === undefined) {
            worker.removeAllListeners('exit');
            void worker.terminate();
            failed(errorOf(message.error));
          } else {
            waiting.get(message.id)?.failed(errorOf(message.error));
            waiting.delete(message.id);
          }
          return;
        default:
          assertNever(message);
      }
    });
    send({ kind: 'load', request });
  });
}

function errorOf(error: WorkerError): Error {
  return error.code === undefined ? new Error(error.message) : new Failure(error.code, error.message, error.place);
}
