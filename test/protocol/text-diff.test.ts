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
