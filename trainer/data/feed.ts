/**
 * Batches of a run's data, in the order that seed and epoch give, from any position on. A `Preparer` makes single batches
 * (in this thread or in a worker); the feed keeps the next ones coming while one is being used.
 */
import type { CleaningLine } from '../../protocol/index.ts';
import type { Batch } from '../engine.ts';

export type PartName = 'train' | 'validation' | 'test';

export interface BatchWish {
  readonly part: PartName;
  /** From 1: chooses the order of training rows, and chance for augmentation. 0: all rows once, as they are. */
  readonly epoch: number;
  /** Number of the batch within the part. */
  readonly index: number;
  readonly size: number;
}

export interface Preparer {
  readonly rows: Readonly<Record<PartName, number>>;
  /** SHA-256 over the data files. */
  readonly hash: string;
  /** The contents of `fitted.json`. */
  readonly fitted: string;
  /** What cleaning did; left out: nothing. */
  readonly cleaning?: readonly CleaningLine[];
  /** What else is to be said at the start. */
  readonly notes?: readonly string[];
  prepare(wish: BatchWish): Promise<Batch>;
  /** Batches that nobody reads any more: their memory is used again. */
  release?(batches: readonly Batch[]): void;
  dispose(): Promise<void>;
}

/** Batches that are being prepared while one is used. */
const AHEAD = 2;

/** Batches in a part of `rows`; the last one may be smaller. */
export function batchCount(rows: number, size: number): number {
  return Math.ceil(rows / size);
}

/** The batches of a part from number `start` on. */
export async function* batchesOf(
  preparer: Preparer,
  wish: Omit<BatchWish, 'index'>,
  start: number,
): AsyncGenerator<Batch, void, undefined> {
  const count = batchCount(preparer.rows[wish.part], wish.size);
  const coming: Promise<Batch>[] = [];
  let next = start;
  const ask = (): void => {
    if (next >= count) return;
    const batch = preparer.prepare({ ...wish, index: next });
    // An error is met where the batch is used; without this Node would end the process before that.
    batch.catch(() => undefined);
    coming.push(batch);
    next += 1;
  };
  for (let i = 0; i <= AHEAD; i++) ask();
  for (;;) {
    const batch = await coming.shift();
    if (batch === undefined) return;
    ask();
    yield batch;
  }
}
