/** What a data file's first bytes tell: read as what the program's source takes the file for. */
import type { DataHeader } from '../files.ts';
import { parseCsv } from './csv.ts';
import { parseIdx } from './idx.ts';

export interface FileStart {
  /** The first bytes, unpacked. */
  readonly bytes: Uint8Array;
  /** True where these are all. */
  readonly whole: boolean;
  /** Bytes as UTF-8. */
  readonly decode: (bytes: Uint8Array) => string;
}

/** The header of a file; `as` is what its source reads, undefined: what it looks like. */
export function parseHeader(path: string, start: FileStart, as: DataHeader['kind'] | undefined): DataHeader {
  const idx = as === undefined || as === 'idx' ? parseIdx(start.bytes) : undefined;
  if (idx) return idx;
  const text = start.decode(start.bytes);
  if (as === 'csv' || (as === undefined && /\.[ct]sv(\.gz)?$/iu.test(path))) return parseCsv(text, start.whole);
  if (!start.whole) return { kind: 'text' };
  const characters = [...text];
  return { kind: 'text', characters: characters.length, alphabet: new Set(characters).size };
}
