/** A text as a sequence of characters (whole code points) and as lines, read in pieces. */
import { isUtf8 } from 'node:buffer';
import type { PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { CodeColumn, type Shelf, TextColumn } from './columns.ts';
import type { SourceFile, Table } from './source.ts';
import { grouped } from './values.ts';

/** Reads a UTF-8 text. Its rows are its lines where only `lines` is read, else its characters, as one sequence. */
export async function readText(
  file: SourceFile,
  wanted: ReadonlySet<string>,
  at: PlanPlace,
  shelf: Shelf,
): Promise<Table> {
  const { path } = file;
  if (wanted.has('lines') && !wanted.has('characters')) {
    const lines = new TextColumn(shelf);
    for await (const line of linesOf(file, at)) lines.push(line);
    const column = lines.column((row) => `line ${grouped(row + 1)} of "${path}"`);
    return { rows: lines.length, kind: 'rows', columns: new Map([['lines', column]]) };
  }
  const codes = new CodeColumn(shelf);
  for await (const text of textsOf(file, at)) for (const character of text) codes.push(character.codePointAt(0) ?? 0);
  const where = (row: number): string => {
    let line = 1;
    for (let i = 0; i < row; i++) if (codes.at(i) === NEWLINE) line += 1;
    return `character ${grouped(row)} of "${path}" (line ${grouped(line)})`;
  };
  const column = { gather: (rows: Uint32Array) => codes.gather(rows), where };
  return { rows: codes.length, kind: 'sequence', columns: new Map([['characters', column]]) };
}

const NEWLINE = 10;
/** A line with more bytes than this is none. */
const LONGEST_LINE = 256 * 1024 * 1024;

/** The lines of a text, without their ends. The newline at the end of a file closes its last line. */
export async function* linesOf(file: SourceFile, at: PlanPlace): AsyncGenerator<string> {
  let rest = '';
  for await (const text of textsOf(file, at)) {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    // A line end that was cut in two.
    if (rest.length > LONGEST_LINE)
      throw new Failure(
        'data/row-too-long',
        `"${file.path}" has a line of more than ${grouped(LONGEST_LINE)} characters.`,
        at,
      );
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** The text in pieces that end with a whole character, and not between `\r` and `\n`. */
async function* textsOf(file: SourceFile, at: PlanPlace): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const piece of file.bytes.chunks()) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const from = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    first = false;
    const end = wholeEnd(bytes);
    yield decoded(file, bytes.subarray(from, end), at);
    rest = bytes.subarray(end);
  }
  if (rest.length > 0) yield decoded(file, rest, at);
}

function wholeEnd(bytes: Buffer): number {
  let end = bytes.length;
  // At most three bytes of a character that goes on, and its first one.
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const code = bytes[bytes.length - back] ?? 0;
    if (code < 0x80) break;
    if (code >= 0xc0) {
      end = bytes.length - back;
      break;
    }
  }
  return bytes[end - 1] === 13 ? end - 1 : end;
}

function decoded(file: SourceFile, bytes: Buffer, at: PlanPlace): string {
  if (!isUtf8(bytes)) throw notText(file.path, at, bytes);
  return bytes.toString('utf8');
}

/** What is no UTF-8, and what it looks like. */
export function notText(path: string, at: PlanPlace, bytes: Buffer): Failure {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  const looks = mark === 0xfffe || mark === 0xfeff ? ' (it looks like UTF-16)' : '';
  return new Failure(
    'data/not-text',
    `"${path}" is not UTF-8 text${looks}. Save it as UTF-8, or name another file.`,
    at,
  );
}
