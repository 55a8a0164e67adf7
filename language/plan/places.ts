/** Places of a plan: sources by number, lines and columns from 1. */

import { offsetsOf } from '../check/locate.ts';
import type { Place } from '../problem.ts';
import type { Chunk, SyntaxFile } from '../syntax/tree.ts';
import type { PlanPlace } from './plan.ts';

export interface Places {
  of(place: Place): PlanPlace;
  /** The texts that places were asked of, the program first. */
  sources(): readonly { readonly path: string; readonly text: string }[];
}

export function createPlaces(program: SyntaxFile, syntaxOf: (file: string) => SyntaxFile | undefined): Places {
  const files: SyntaxFile[] = [program];
  const starts = new Map<SyntaxFile, readonly number[]>();

  function sourceOf(chunk: Chunk): number {
    const found = files.findIndex((one) => one.file === chunk.file);
    if (found >= 0) return found;
    const syntax = syntaxOf(chunk.file);
    if (!syntax) return 0;
    files.push(syntax);
    return files.length - 1;
  }

  function startsOf(syntax: SyntaxFile): readonly number[] {
    let lines = starts.get(syntax);
    if (!lines) {
      lines = lineStarts(syntax.text);
      starts.set(syntax, lines);
    }
    return lines;
  }

  return {
    of(place) {
      const source = sourceOf(place.chunk);
      const syntax = files[source] ?? program;
      const offset = offsetsOf(syntax).get(place.chunk) ?? 0;
      const start = offset + place.start;
      const lines = startsOf(syntax);
      const line = lineAt(lines, start);
      return { source, start, end: offset + place.end, line: line + 1, column: start - (lines[line] ?? 0) + 1 };
    },
    sources: () => files.map(({ file, text }) => ({ path: file, text })),
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
