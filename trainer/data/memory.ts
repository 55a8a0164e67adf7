/** How much memory the rows of a run may take; what does not fit stays in files. */
import { totalmem } from 'node:os';

/** Bytes that are given out once. */
export class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  get left(): number {
    return this.#left;
  }

  /** False where there are not that many bytes left; nothing is taken then. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}

/** A quarter of this machine's memory, or `MODELWRIGHT_DATA_MEMORY` bytes. */
export function dataBudget(): Budget {
  const wanted = Number(process.env.MODELWRIGHT_DATA_MEMORY);
  return new Budget(Number.isFinite(wanted) && wanted > 0 ? wanted : totalmem() / 4);
}
