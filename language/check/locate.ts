/** From problems with places in chunks to problems with offsets in files. */
import type { Fix, Place, Problem, SpanPlace } from '../problem.ts';
import type { Chunk, SyntaxFile } from '../syntax/tree.ts';
import type { FilePlace, FileProblem } from './checked.ts';

/** Offset of a chunk in its file; undefined: the chunk is of an older text. */
export type OffsetOf = (chunk: Chunk) => number | undefined;

/** A problem with offsets in the file of its chunk; undefined where its chunk is gone. */
export function locate(problem: Problem, offsetOf: OffsetOf): (FileProblem & { readonly file: string }) | undefined {
  const at = placeIn(problem.at, offsetOf);
  if (!at) return undefined;
  return {
    ...at,
    code: problem.code,
    severity: problem.severity,
    message: problem.message,
    related: problem.related.flatMap((related) => {
      const place = placeIn(withChunk(related.at, problem), offsetOf);
      return place ? [{ at: place, message: related.message }] : [];
    }),
    fixes: problem.fixes.map((fix) => locateFix(fix, problem, offsetOf)),
    unfinished: problem.unfinished ?? false,
  };
}

function locateFix(fix: Fix, problem: Problem, offsetOf: OffsetOf): FileProblem['fixes'][number] {
  return {
    id: fix.id,
    title: fix.title,
    preferred: fix.preferred,
    edits: fix.edits.flatMap((edit) => {
      const place = placeIn(withChunk(edit.at, problem), offsetOf);
      return place ? [{ ...place, newText: edit.newText }] : [];
    }),
  };
}

/** A span without a chunk stands in the chunk of its problem. */
function withChunk(at: SpanPlace, problem: Problem): SpanPlace {
  return at.chunk ? at : { ...at, chunk: problem.at.chunk };
}

/** A place as offsets in its file. */
function placeIn(at: SpanPlace | Place, offsetOf: OffsetOf): FilePlace | undefined {
  const offset = at.chunk && offsetOf(at.chunk);
  if (!at.chunk || offset === undefined) return undefined;
  return { file: at.chunk.file, start: offset + at.start, end: offset + at.end };
}

const offsets = new WeakMap<SyntaxFile, Map<Chunk, number>>();

/** The offsets of a file's chunks. */
export function offsetsOf(syntax: SyntaxFile): ReadonlyMap<Chunk, number> {
  let map = offsets.get(syntax);
  if (!map) {
    map = new Map(syntax.chunks.map(({ chunk, offset }) => [chunk, offset]));
    offsets.set(syntax, map);
  }
  return map;
}
