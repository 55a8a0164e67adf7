// @vitest-environment happy-dom
/** What a plot is made of: scales, marks of axes, and the strokes of a line. */
import { expect, test } from 'vitest';
import { bandOf, pathOf } from '../../webview-ui/charts/paths.ts';
import { scaleOf } from '../../webview-ui/charts/scale.ts';
import { evenSplits, labelled, logSplits } from '../../webview-ui/charts/splits.ts';

/** A path that writes down where it goes. */
class Written {
  readonly strokes: string[] = [];
  moveTo(x: number, y: number) {
    this.strokes.push(`M${x},${y}`);
  }
  lineTo(x: number, y: number) {
    this.strokes.push(`L${x},${y}`);
  }
}

const same = { left: (x: number) => x, top: (y: number) => y };

function strokes(x: number[], values: (number | null)[], base?: number): string {
  const path = new Written();
  pathOf(path as unknown as Path2D, x, values, [0, x.length - 1], same, base);
  return path.strokes.join(' ');
}

test('a scale and back, even and by powers', () => {
  const even = scaleOf([10, 30], false);
  expect([even.shareOf(10), even.shareOf(25), even.valueAt(0.75)]).toEqual([0, 0.75, 25]);
  const powers = scaleOf([0.01, 100], true);
  expect(powers.shareOf(1)).toBeCloseTo(0.5);
  expect(powers.valueAt(0.25)).toBeCloseTo(0.1);
  expect(powers.shareOf(0)).toBeCloseTo(-0.25);
  expect(Number.isFinite(scaleOf([5, 5], false).shareOf(5))).toBe(true);
});

test('marks are round and not too many; a range that is none has none', () => {
  expect(evenSplits(0, 1, 4)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(evenSplits(0.013, 0.097, 5)).toEqual([0.02, 0.04, 0.06, 0.08]);
  expect(evenSplits(0, 4690, 5)).toEqual([0, 1000, 2000, 3000, 4000]);
  expect(evenSplits(1, 1, 4)).toEqual([]);
  expect(evenSplits(Number.NaN, 1, 4)).toEqual([]);
});

test('of the marks by powers as many are named as have room', () => {
  const all = logSplits(0.1, 10);
  const place = (pixels: number) => (value: number) => ((Math.log10(value) + 1) / 2) * pixels;
  expect(labelled(all, place(200), 30)).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10]);
  expect(labelled(all, place(60), 30)).toEqual([0.1, 1, 10]);
  const many = logSplits(1e-20, 1);
  expect(labelled(many, (value) => (Math.log10(value) + 20) * 5, 30).length).toBeLessThan(5);
});

test('a line: gaps part it, missing points do not, a column keeps its lowest and highest', () => {
  expect(strokes([0, 1, 2, 3], [5, null, 6, 7])).toBe('M0,5 M2,6 L3,7');
  expect(strokes([0, 1, 2], [5, undefined as unknown as null, 7])).toBe('M0,5 L2,7');
  expect(strokes([0, 0.1, 0.2, 0.3, 1], [5, 1, 900, 4, 6])).toBe('M0,5 L0,1 L0,900 L0,4 L1,6');
  expect(strokes([0, 1, 2, 3], [5, Number.NaN, 6, Number.POSITIVE_INFINITY])).toBe('M0,5 M2,6');
  expect(strokes([0, 1, 2, 4], [5, 6, null, 2], 9)).toBe('M0,9 L0,5 L1,6 L1,9 M4,9 L4,2 L4,9');
});

test('an area between two lines goes there and back', () => {
  const path = new Written();
  const none = undefined as unknown as null;
  bandOf(
    path as unknown as Path2D,
    [0, 1, 2],
    [
      [5, none, 7],
      [1, none, 2],
    ],
    [0, 2],
    same,
  );
  expect(path.strokes.join(' ')).toBe('M0,5 L2,7 L2,2 L0,1');
});
