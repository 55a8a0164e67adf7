/** Paths in a program that can be followed: imports, modules of extern blocks, data files of sources. */

import { expressionsUnder } from '../syntax/parts.ts';
import type { Expr, SyntaxFile } from '../syntax/tree.ts';

export interface PathLink {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** A data file may also lie in the data folder. */
  readonly kind: 'program' | 'data';
}

export function links(file: SyntaxFile): readonly PathLink[] {
  return file.chunks.flatMap(({ chunk: { declaration: d }, offset }) => {
    if ((d?.kind === 'import' || d?.kind === 'extern') && d.from !== undefined)
      return linkOf(d.from, offset, 'program');
    if (d?.kind !== 'data') return [];
    return d.body.flatMap((line) => {
      if (line.kind !== 'entry' || line.key.text !== 'source') return [];
      return expressionsUnder(line.value).flatMap((expr) => (isPath(expr) ? linkOf(expr, offset, 'data') : []));
    });
  });
}

/** A text with a name of a file in it; what has parameters in it names no one file, and an address none on this disk. */
function isPath(expr: Expr): boolean {
  if (expr.kind !== 'string' || expr.inserts.length > 0 || /^https?:/i.test(expr.value)) return false;
  return /[^\s]\.\w+$|\//.test(expr.value);
}

function linkOf(expr: Expr, offset: number, kind: PathLink['kind']): readonly PathLink[] {
  if (expr.kind !== 'string' || expr.value === '') return [];
  return [{ start: offset + expr.start + 1, end: offset + expr.end - 1, path: expr.value, kind }];
}
