/** A file without a name for what does not fit into memory: it is gone when the process is. */
import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Spill {
  #file: number | undefined;
  #folder: string | undefined;
  #size = 0;

  /** Writes at the end; answers where it stands. */
  append(bytes: Uint8Array): number {
    const file = this.#file ?? this.#open();
    const at = this.#size;
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done);
    this.#size += bytes.length;
    return at;
  }

  read(to: Uint8Array, at: number): void {
    const file = this.#file;
    if (file === undefined) throw new Error('Nothing was written yet.');
    for (let done = 0; done < to.length; ) {
      const count = readSync(file, to, done, to.length - done, at + done);
      if (count === 0) throw new Error('The file of rows that did not fit into memory is cut off.');
      done += count;
    }
  }

  dispose(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#file = undefined;
    this.#folder = undefined;
  }

  #open(): number {
    const root = process.env.MODELWRIGHT_CACHE ?? tmpdir();
    mkdirSync(root, { recursive: true });
    const folder = mkdtempSync(join(root, 'modelwright-rows-'));
    const file = openSync(join(folder, 'rows'), 'w+', 0o600);
    this.#file = file;
    // An open file lives on without its name, where the system lets it.
    if (process.platform === 'win32') {
      this.#folder = folder;
      process.once('exit', () => this.dispose());
    } else rmSync(folder, { recursive: true, force: true });
    return file;
  }
}
