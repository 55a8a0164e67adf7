/** Twenty thousand mutated texts through parser, formatter and the parse with the cursor: nothing throws, nothing points outside. */
import { expect, test } from 'vitest';
import type { Chunk } from '../../../language/index.ts';
import { expectedAt, format, parseFile, render } from '../../../language/index.ts';
import { mutations, random } from './mutate.ts';

/** Spans lie in the chunk and are in order; checked without `expect`, which is slow. */
function misplaced(chunk: Chunk): string | undefined {
  const length = chunk.text.length;
  const stack: unknown[] = [
    chunk.declaration,
    chunk.problems.map((p) => [p.at, p.related.map((r) => r.at), p.fixes.map((f) => f.edits.map((e) => e.at))]),
  ];
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node !== 'object' || node === null) continue;
    if ('start' in node && 'end' in node) {
      const { start, end } = node as { start: number; end: number };
      if (!(start >= 0 && start <= end && end <= length))
        return `${start}..${end} of ${length}: ${JSON.stringify(node).slice(0, 200)}`;
    }
    stack.push(...Object.values(node));
  }
  return undefined;
}

test('20,000 mutated texts', () => {
  const next = random(7);
  let count = 0;
  let previous = parseFile('t.model', '');
  for (const text of mutations(1)) {
    const file = parseFile('t.model', text, previous);
    const wrong = file.chunks.map(({ chunk }) => misplaced(chunk)).find((w) => w !== undefined);
    if (wrong !== undefined) expect.fail(`${wrong}\n${text}`);
    if (file.chunks.map((c) => c.chunk.text).join('') !== text) expect.fail(`the chunks are not the text:\n${text}`);
    for (const { chunk } of file.chunks) for (const problem of chunk.problems) render(problem.message);
    const formatted = format(text);
    if (formatted.replace(/\s+/g, '') !== text.replace(/\s+/g, ''))
      expect.fail(`the formatter lost something:\n${text}`);
    if (count % 4 === 0 && format(formatted) !== formatted)
      expect.fail(`a second formatting changes:\n${text}\n---\n${formatted}\n---\n${format(formatted)}`);
    const piece = file.chunks[0]?.chunk.text ?? '';
    if (count % 4 === 1) expectedAt(piece, Math.floor(next() * (piece.length + 1)));
    previous = file;
    if (++count === 20_000) break;
  }
  expect(count).toBe(20_000);
});
