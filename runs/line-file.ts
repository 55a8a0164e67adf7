/** A file of lines that may grow while it is read: whole lines only, from where the last reading ended, a piece at a time. */
import { closeSync, readSync } from 'node:fs';
import { openPlain } from './plain-file.ts';

/** Bytes of a piece; a longer line makes the piece longer. */
const PIECE = 4 * 1024 * 1024;
/** No line of a run is as long: it is passed over. */
const LONGEST_LINE = 64 * 1024 * 1024;
const NEWLINE = 10;

export class LineFile {
  readonly path: string;
  #offset = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Bytes that were read: a place where a line begins. */
  get offset(): number {
    return this.#offset;
  }

  /** Goes on from there: the lines before are known. */
  skipTo(offset: number): void {
    this.#offset = offset;
  }

  /** Gives the whole lines that are new, in pieces; nothing where the file is missing or may not be read. */
  read(take: (bytes: Buffer, end: number) => void): void {
    const opened = openPlain(this.path);
    if (opened === undefined) return;
    const { file, size } = opened;
    try {
      // A file that became shorter is another one; events that are known are known by their numbers.
      if (size < this.#offset) this.#offset = 0;
      let piece = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, size - this.#offset)));
      while (this.#offset < size) {
        const read = readSync(file, piece, 0, piece.length, this.#offset);
        if (read === 0) return;
        const end = piece.lastIndexOf(NEWLINE, read - 1) + 1;
        if (end > 0) {
          take(piece, end);
          this.#offset += end;
        } else if (read < piece.length) return;
        else if (piece.length < LONGEST_LINE) piece = Buffer.allocUnsafe(piece.length * 2);
        else this.#offset += read;
      }
    } catch {
      // It went away while it was read: what was read stays.
    } finally {
      closeSync(file);
    }
  }
}
