/** Finds what stands under an offset, and turns spans of chunks into offsets of files. Features know no lines and columns. */
import type { CheckedDeclaration, CheckedFile, FilePlace, Target } from '../check/checked.ts';
import type { Place } from '../problem.ts';
import type { Chunk, Name, NameExpr, PlacedChunk, Span, SyntaxFile } from '../syntax/tree.ts';

/** The trees of the files that features may point into: those that are open or imported. */
export interface Trees {
  syntax(file: string): SyntaxFile | undefined;
}

export interface Spot {
  readonly placed: PlacedChunk;
  readonly checked: CheckedDeclaration;
  /** The offset, counted from the chunk's start. */
  readonly at: number;
}

/** The chunk that holds the offset. */
export function spotAt(file: CheckedFile, offset: number): Spot | undefined {
  const { chunks } = file.syntax;
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const placed = chunks[low];
  const checked = file.declarations[low];
  return placed === undefined || checked === undefined ? undefined : { placed, checked, at: offset - placed.offset };
}

/** The smallest of the nodes that hold `at`. */
export function smallest<N extends Span>(nodes: Iterable<N>, at: number): N | undefined {
  let found: N | undefined;
  for (const node of nodes) {
    if (node.start > at || at > node.end || node.start === node.end) continue;
    if (found === undefined || node.end - node.start < found.end - found.start) found = node;
  }
  return found;
}

/** The name under the offset and what it means. */
export function targetAt(spot: Spot): { readonly node: Name | NameExpr; readonly target: Target } | undefined {
  const { targets } = spot.checked.facts;
  const node = smallest(targets.keys(), spot.at);
  const target = node === undefined ? undefined : targets.get(node);
  return node === undefined || target === undefined ? undefined : { node, target };
}

/** The name under the cursor as it is written: what a file must contain to use it. */
export function wordAt(file: CheckedFile, offset: number): string {
  const spot = spotAt(file, offset);
  return (spot === undefined ? undefined : targetAt(spot)?.node.text) ?? '';
}

/** Where a chunk stands in its file; undefined where the file has moved on. */
export function offsetOf(chunk: Chunk, trees: Trees): number | undefined {
  return trees.syntax(chunk.file)?.chunks.find((placed) => placed.chunk === chunk)?.offset;
}

export function filePlace(place: Place, trees: Trees): FilePlace | undefined {
  const offset = offsetOf(place.chunk, trees);
  if (offset === undefined) return undefined;
  return { file: place.chunk.file, start: offset + place.start, end: offset + place.end };
}

/** Where the thing is defined that a name means, if it is defined in a program. */
export function definitionOf(target: Target): Place | undefined {
  switch (target.kind) {
    case 'local':
    case 'declaration':
    case 'part':
      return target.at;
    case 'entry':
    case 'setting':
    case 'word':
    case 'key':
    case 'column':
      return undefined;
  }
}

/** Whether two definitions are the same. */
export function samePlace(a: Place, b: Place): boolean {
  return a.chunk === b.chunk && a.start === b.start && a.end === b.end;
}
