/**
 * Memory of batches that were used, for those that come: the system hands out fresh memory page by page, which takes longer
 * than writing a batch of pictures into it.
 */
import type { Batch } from '../engine.ts';

/** Those that are ahead, and the one in use. */
const MOST = 4;

export class Pool {
  readonly #free: ArrayBuffer[] = [];

  /** Of any contents: whoever takes them writes all of them. */
  floats(length: number): Float32Array {
    const at = this.#free.findIndex((buffer) => buffer.byteLength === length * 4);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    return found === undefined ? new Float32Array(length) : new Float32Array(found);
  }

  give(buffers: readonly ArrayBuffer[]): void {
    this.#free.push(...buffers);
    // The last batch of an epoch may have left one of another length.
    this.#free.splice(0, Math.max(0, this.#free.length - MOST));
  }
}

/** The memory of some fields of batches that nobody reads any more. */
export function buffersOf(batches: readonly Batch[], names: readonly string[]): readonly ArrayBuffer[] {
  return batches.flatMap(({ fields }) =>
    names.flatMap((name): ArrayBuffer[] => {
      const buffer = fields[name]?.data.buffer;
      // One that an engine has handed on to a thread of its own is gone.
      return buffer instanceof ArrayBuffer && buffer.byteLength > 0 ? [buffer] : [];
    }),
  );
}
