/** Which rows are for training, validation and test. It goes over row numbers with the data's seed, whatever the source. */
import { shuffled } from './random.ts';

export interface Parts {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** Of the rows; from 1 on so many of them. */
export interface Fractions {
  readonly validation: number;
  readonly test: number;
}

/** Chosen by chance; each part in ascending order. */
export function splitRows(rows: number, fractions: Fractions, seed: number): Parts {
  const { validation, test } = countsOf(rows, fractions);
  if (validation + test === 0)
    return { train: rangeOfRows(0, rows), validation: new Uint32Array(0), test: new Uint32Array(0) };
  const order = shuffled(rows, seed, 'split', 0);
  return {
    validation: order.slice(0, validation).sort(),
    test: order.slice(validation, validation + test).sort(),
    train: order.slice(validation + test).sort(),
  };
}

/** In the order of the file: training first, then validation, then test. */
export function contiguousParts(rows: number, fractions: Fractions): Parts {
  const { validation, test } = countsOf(rows, fractions);
  const train = rows - validation - test;
  return {
    train: rangeOfRows(0, train),
    validation: rangeOfRows(train, train + validation),
    test: rangeOfRows(train + validation, rows),
  };
}

function countsOf(rows: number, fractions: Fractions): { readonly validation: number; readonly test: number } {
  const validation = rowsOfShare(fractions.validation, rows);
  return { validation, test: Math.min(rows - validation, rowsOfShare(fractions.test, rows)) };
}

/** How many of `rows` a share is; from 1 on it is a number of them. */
export function rowsOfShare(share: number, rows: number): number {
  return share >= 1 ? Math.min(rows, share) : Math.round(rows * share);
}

/** `from` … `to` − 1. */
export function rangeOfRows(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
