/**
 * Programs as they lie on disk. Only text is taken: what is read as text although it is none would lose its bytes when
 * it is written back. A program is replaced whole or not at all.
 */
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Programs larger than this are not read, as in the editor. */
const MOST_BYTES = 8 * 1024 * 1024;

export type ReadText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** The text of a program, or a sentence that says why there is none; `shown` is the path as its reader wrote it. */
export function readProgram(file: string, shown: string): ReadText {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return refuse(`\`${shown}\` cannot be read: it is not there.`);
    if (!stats.isFile()) return refuse(`\`${shown}\` is not a file. Name a .model file.`);
    if (stats.size > MOST_BYTES) {
      const size = (stats.size / 1024 / 1024).toFixed(1);
      return refuse(`\`${shown}\` has ${size} MB; a program may have 8 MB. Is it a data file?`);
    }
    return decoded(readFileSync(file), shown);
  } catch (error) {
    return refuse(`\`${shown}\` cannot be read: ${reasonOf(error)}.`);
  }
}

function decoded(bytes: Buffer, shown: string): ReadText {
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    return refuse(`\`${shown}\` is no text: it has a zero byte at offset ${zero}. Name a .model file, saved as UTF-8.`);
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const line = bytes.toString('utf8').split('\ufffd', 1)[0]?.split('\n').length ?? 1;
    return refuse(`\`${shown}\` is no UTF-8 text: line ${line} has bytes of another encoding. Save it as UTF-8.`);
  }
}

/** Writes a program beside the old one, then puts it in its place; a sentence where that cannot be done. */
export function replaceProgram(file: string, text: string, shown: string): string | undefined {
  let beside: string | undefined;
  try {
    const target = realpathSync(file);
    const { mode } = statSync(target);
    beside = `${target}.${process.pid}.tmp`;
    writeFileSync(beside, text);
    chmodSync(beside, mode);
    renameSync(beside, target);
    return undefined;
  } catch (error) {
    if (beside !== undefined) rmSync(beside, { force: true });
    return `\`${shown}\` could not be written: ${reasonOf(error)}. It is as it was.`;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EROFS') return 'its disk can only be read';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not (check its permissions)';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return error instanceof Error ? error.message : String(error);
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
