/**
 * The worker thread that loads the data and prepares batches, so that the training thread only trains. Messages are
 * answered in order; the arrays of a batch are handed over, not copied.
 */
import { parentPort } from 'node:worker_threads';
import type { PlanPlace } from '../../language/index.ts';
import type { CleaningLine } from '../../protocol/index.ts';
import type { Batch } from '../engine.ts';
import { Failure } from '../failure.ts';
import type { BatchWish, Preparer } from './feed.ts';
import { type DataRequest, type LoadedData, loadData } from './prepare.ts';

export type ToWorker =
  | { readonly kind: 'load'; readonly request: DataRequest }
  | { readonly kind: 'batch'; readonly id: number; readonly wish: BatchWish }
  /** Memory of used batches. */
  | { readonly kind: 'reuse'; readonly buffers: readonly ArrayBuffer[] }
  /** Writes down what is to be kept. */
  | { readonly kind: 'end'; readonly id: number };

export type FromWorker =
  | {
      readonly kind: 'loaded';
      readonly rows: Preparer['rows'];
      readonly hash: string;
      readonly fitted: string;
      readonly cleaning: readonly CleaningLine[];
      readonly notes: readonly string[];
      readonly shared: LoadedData['shared'];
      readonly isHeavy: boolean;
      readonly reused: LoadedData['reused'];
    }
  | { readonly kind: 'batch'; readonly id: number; readonly batch: Batch }
  | { readonly kind: 'ended'; readonly id: number }
  /** `id` is missing where loading failed. */
  | { readonly kind: 'failed'; readonly id: number | undefined; readonly error: WorkerError };

export interface WorkerError {
  /** Missing: not a `Failure`, but a fault of ours. */
  readonly code: string | undefined;
  readonly message: string;
  readonly place: PlanPlace | undefined;
}

let preparer: LoadedData | undefined;

parentPort?.on('message', (message: ToWorker) => {
  void answer(message);
});

async function answer(message: ToWorker): Promise<void> {
  if (message.kind === 'reuse') {
    preparer?.reuse(message.buffers);
    return;
  }
  const id = message.kind === 'load' ? undefined : message.id;
  try {
    if (message.kind === 'load') {
      preparer = await loadData(message.request);
      post({
        kind: 'loaded',
        rows: preparer.rows,
        hash: preparer.hash,
        fitted: preparer.fitted,
        cleaning: preparer.cleaning ?? [],
        notes: preparer.notes ?? [],
        shared: preparer.shared,
        isHeavy: preparer.isHeavy,
        reused: preparer.reused,
      });
    } else if (message.kind === 'end') {
      await preparer?.dispose();
      post({ kind: 'ended', id: message.id });
    } else {
      if (preparer === undefined) throw new Error('A batch was asked for before the data was loaded.');
      post({ kind: 'batch', id: message.id, batch: await preparer.prepare(message.wish) });
    }
  } catch (error) {
    post({ kind: 'failed', id, error: describe(error) });
  }
}

function post(message: FromWorker): void {
  const buffers = message.kind === 'batch' ? Object.values(message.batch.fields).map((field) => field.data.buffer) : [];
  parentPort?.postMessage(
    message,
    [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer),
  );
}

function describe(error: unknown): WorkerError {
  if (error instanceof Failure) return { code: error.code, message: error.message, place: error.place };
  return {
    code: undefined,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    place: undefined,
  };
}
