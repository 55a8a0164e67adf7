/** What changed between two texts: read back, it gives both; it is as short as it can be; it has an end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffTexts } from '../../protocol/index.ts';

const whole = Number.POSITIVE_INFINITY;

test('the changes, read back, give both texts', () => {
  const line = fc.constantFrom('a', 'b', 'c', '', '  d');
  const text = fc.array(line, { maxLength: 25 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (from, to) => {
      const { lines, removed, added } = diffTexts(from, to, whole);
      if (from === to) {
        expect(lines).toEqual([]);
        return;
      }
      const side = (kind: string) =>
        lines.flatMap((each) => (each.kind === 'same' || each.kind === kind ? [each.text] : [])).join('\n');
      expect(side('removed')).toBe(from);
      expect(side('added')).toBe(to);
      expect(lines.filter((each) => each.kind === 'removed')).toHaveLength(removed);
      expect(lines.filter((each) => each.kind === 'added')).toHaveLength(added);
    }),
  );
});

/** Lines that two texts have in common, in their order. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0).concat(0);
  for (const line of a) {
    const next = [0];
    for (const [at, other] of b.entries()) {
      next.push(line === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

test('of all short texts: both are given, and by the fewest changes', () => {
  const texts: string[][] = [['a'], ['b'], ['']];
  for (const text of texts) if (text.length < 4) for (const line of ['a', 'b', '']) texts.push([...text, line]);
  const wrong = texts.flatMap((a) =>
    texts.flatMap((b) => {
      const { lines, removed, added } = diffTexts(a.join('\n'), b.join('\n'), whole);
      const side = (kind: string) => lines.filter((each) => each.kind === 'same' || each.kind === kind);
      const kept = common(a, b);
      const isSame = a.join('\n') === b.join('\n');
      const gives = (kind: string, text: string[]) =>
        isSame
          ? lines.length === 0
          : side(kind)
              .map((each) => each.text)
              .join('\n') === text.join('\n');
      const right =
        gives('removed', a) && gives('added', b) && removed === a.length - kept && added === b.length - kept;
      return right ? [] : [{ a, b, lines }];
    }),
  );
  expect(texts).toHaveLength(120);
  expect(wrong).toEqual([]);
});

test('the shortest script, old lines before new ones, a few lines around, gaps for the rest', () => {
  const from = ['1', '2', '3', '4', 'train {', '  batch: 32', '  epochs: 5', '}', '9'].join('\n');
  const to = from.replace('batch: 32', 'batch: 64');
  expect(diffTexts(from, to, 1)).toEqual({
    lines: [
      { kind: 'gap', text: '' },
      { kind: 'same', text: 'train {' },
      { kind: 'removed', text: '  batch: 32' },
      { kind: 'added', text: '  batch: 64' },
      { kind: 'same', text: '  epochs: 5' },
      { kind: 'gap', text: '' },
    ],
    removed: 1,
    added: 1,
    tooMuch: false,
  });
});

test('texts without anything in common are not compared for ever', () => {
  const from = Array.from({ length: 5000 }, (_, i) => `a${i}`).join('\n');
  const to = Array.from({ length: 5000 }, (_, i) => `b${i}`).join('\n');
  expect(diffTexts(from, to)).toEqual({ lines: [], removed: 5000, added: 5000, tooMuch: true });
});
