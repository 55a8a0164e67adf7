/** Paths in a program that can be followed: imports. */
import type { SyntaxFile } from '../syntax/tree.ts';

export interface PathLink {
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

export function links(file: SyntaxFile): readonly PathLink[] {
  return file.chunks.flatMap(({ chunk, offset }) => {
    const d = chunk.declaration;
    if ((d?.kind !== 'import' && d?.kind !== 'extern') || d.from === undefined || d.from.value === '') return [];
    return [{ start: offset + d.from.start + 1, end: offset + d.from.end - 1, path: d.from.value }];
  });
}
