/**
 * From text to tree. Never throws and never fails: what cannot be understood is reported in the chunk where it stands.
 * A chunk whose text did not change is the same object as before; two chunks are never the same object.
 */

import { cut } from './chunks.ts';
import type { Expected } from './expected.ts';
import { lex } from './lexer.ts';
import { firstOfLines } from './lossy.ts';
import { parseDeclaration } from './parser/declarations.ts';
import { createParser, type Parser } from './parser/state.ts';
import { syntaxProblem } from './problems.ts';
import type { Chunk, PlacedChunk, SyntaxFile } from './tree.ts';

/** Parses `text`, taking over the chunks of `previous` (the same file before an edit) that did not change. */
export function parseFile(file: string, text: string, previous?: SyntaxFile): SyntaxFile {
  if (previous?.file === file && previous.text === text) return previous;
  if (isTooLarge(text)) return { file, text, chunks: [{ offset: 0, chunk: unread(file, text) }] };
  const starts = cut(text);
  const reusable = previous?.file === file ? byText(previous) : new Map<string, Chunk[]>();
  const chunks: PlacedChunk[] = starts.map((offset, index) => {
    const piece = text.slice(offset, starts[index + 1] ?? text.length);
    return { offset, chunk: reusable.get(piece)?.shift() ?? parseChunk(file, piece) };
  });
  return { file, text, chunks };
}

/** Programs are written by hand: what is larger is none, and is not looked at. */
const SIZE_LIMIT = 5_000_000;

/** True for a text that is not analysed. */
export function isTooLarge(text: string): boolean {
  return text.length > SIZE_LIMIT;
}

/** Stands for a text that is too large: its first line, and that it is not analysed, said once. */
function unread(file: string, text: string): Chunk {
  const [line = ''] = text.slice(0, 200).split(/\r?\n/u);
  const values = { size: Math.round(text.length / 1_000_000), limit: SIZE_LIMIT / 1_000_000 };
  const problem = syntaxProblem('too-large', { start: 0, end: line.length }, { values });
  return { file, text: line, declaration: undefined, problems: [problem] };
}

function byText(file: SyntaxFile): Map<string, Chunk[]> {
  const map = new Map<string, Chunk[]>();
  for (const { chunk } of file.chunks) {
    const same = map.get(chunk.text);
    if (same === undefined) map.set(chunk.text, [chunk]);
    else same.push(chunk);
  }
  return map;
}

/** Parses one chunk by itself. */
export function parseChunk(file: string, text: string): Chunk {
  const { parser, declaration } = run(text, undefined);
  const problems = [...parser.problems].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  return { file, text, declaration, problems: firstOfLines(problems, text) };
}

/** What could stand at `offset` of a chunk: the text is parsed again with the cursor in it. */
export function expectedAt(text: string, offset: number): readonly Expected[] {
  if (inComment(text, offset)) return [];
  return run(text, offset).parser.expected;
}

function run(text: string, cursor: number | undefined): { parser: Parser; declaration: Chunk['declaration'] } {
  const parser = createParser(text, lex(text), cursor);
  const first = parser.tokens[0];
  const doc = first === undefined ? undefined : docBefore(text, first.start);
  return { parser, declaration: parseDeclaration(parser, doc) };
}

/** The `##` lines directly above the line of `start`, without their marks. */
function docBefore(text: string, start: number): string | undefined {
  const lines = text.slice(0, start).split('\n');
  lines.pop();
  const doc: string[] = [];
  for (const line of lines.reverse()) {
    const match = /^[ \t\ufeff]*##(?!#) ?(.*?)\r?$/.exec(line);
    if (match === null) break;
    doc.push(match[1] ?? '');
  }
  return doc.length === 0 ? undefined : doc.reverse().join('\n');
}

function inComment(text: string, offset: number): boolean {
  const lexed = lex(text);
  if (lexed.comments.some((c) => c.start < offset && offset <= c.end)) return true;
  return lexed.tokens.some((t) => t.kind === 'string' && t.start < offset && offset < t.end);
}
