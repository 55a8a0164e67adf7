/** Augmentation: mixtures of rows, sounds, and what is drawn by seed, epoch and row alone. */
import { describe, expect, test } from 'vitest';
import { createAugment } from '../../trainer/data/augment/index.ts';
import { stretched } from '../../trainer/data/augment/sounds.ts';
import { Chance } from '../../trainer/data/chance.ts';
import type { HostTensor } from '../../trainer/engine.ts';
import { float, flow, rowOf, rowsTo, run, type StepSketch } from './augment-run.ts';

describe('mixtures', () => {
  const image = float([8, 4, 4], (i) => Math.floor(i / 16));
  const label = float([8, 8], (i) => (i % 8 === Math.floor(i / 8) ? 1 : 0));

  test('mixup mixes picture and label by one share', () => {
    const made = createAugment([flow(['image', 'label'], [['mixup', { alpha: 1 }]])], 5)!({ image, label }, rowsTo(8));
    for (let row = 0; row < 8; row++) {
      const chances = rowOf(made.label!, row);
      expect(chances.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect(chances.filter((share) => share > 0).length).toBeLessThanOrEqual(2);
      const expected = chances.reduce((sum, share, kind) => sum + share * kind, 0);
      for (const pixel of rowOf(made.image!, row)) expect(pixel).toBeCloseTo(expected, 5);
    }
  });

  test('cutmix puts a rectangle in and mixes the label by its area', () => {
    const made = createAugment([flow(['image', 'label'], [['cutmix', { alpha: 1 }]])], 5)!({ image, label }, rowsTo(8));
    let mixed = 0;
    for (let row = 0; row < 8; row++) {
      const chances = rowOf(made.label!, row);
      const own = rowOf(made.image!, row).filter((pixel) => pixel === row).length / 16;
      expect(chances[row]).toBeCloseTo(own, 6);
      if (own < 1) mixed++;
    }
    expect(mixed).toBeGreaterThan(3);
  });

  test('the shares follow the beta distribution', () => {
    const chance = new Chance(1, 'test');
    const moments = (alpha: number) => {
      const drawn = Array.from({ length: 20_000 }, (_, row) => {
        chance.begin({ epoch: 1, row, copy: 0, step: 0 });
        return chance.beta(alpha);
      });
      const mean = drawn.reduce((a, b) => a + b) / drawn.length;
      return [mean, drawn.reduce((sum, v) => sum + (v - mean) ** 2, 0) / drawn.length];
    };
    for (const alpha of [0.2, 1, 4]) {
      const [mean, variance] = moments(alpha);
      expect(mean).toBeCloseTo(0.5, 2);
      expect(variance).toBeCloseTo(1 / (4 * (2 * alpha + 1)), 2);
    }
  });
});

describe('sounds', () => {
  const tone = (hertz: number, length: number) =>
    Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / 8000));

  /** Crossings of zero a second, in the middle of the sound. */
  const frequency = (sound: ArrayLike<number>, from: number, to: number) => {
    let crossings = 0;
    for (let i = from + 1; i < to; i++) if (sound[i - 1]! < 0 !== sound[i]! < 0) crossings++;
    return (crossings / 2) * (8000 / (to - from));
  };

  test('a sound at its own speed is itself', () => {
    const sound = tone(440, 4000);
    const same = stretched(sound, 1);
    for (let i = 300; i < 3700; i++) expect(same[i]).toBeCloseTo(sound[i]!, 3);
  });

  test('stretch changes the length and keeps the pitch, pitch does the opposite', () => {
    const slow = stretched(tone(440, 8000), 0.8);
    expect(slow.length).toBe(10_000);
    expect(frequency(slow, 1000, 9000)).toBeCloseTo(440, -0.5);
    const x: HostTensor = { dtype: 'float32', shape: [1, 8000], data: tone(440, 8000) };
    const heard = Array.from({ length: 12 }, (_, epoch) => {
      const { data } = run(x, [['pitch', { semitones: 4 }]], rowsTo(1, epoch + 1));
      expect(Math.max(...data.subarray(1000, 7000))).toBeGreaterThan(0.8);
      return frequency(data, 1000, 7000);
    });
    expect(Math.min(...heard)).toBeGreaterThan(440 * 2 ** (-4.1 / 12));
    expect(Math.max(...heard)).toBeLessThan(440 * 2 ** (4.1 / 12));
    expect(Math.max(...heard) - Math.min(...heard)).toBeGreaterThan(40);
  });
});

describe('chance', () => {
  const steps: readonly StepSketch[] = [
    ['flip'],
    ['rotate', { degrees: 20 }],
    ['noise', { stddev: 0.1 }],
    ['elastic', { amount: 1, smooth: 2 }],
    ['erase', { part: 0.2 }],
  ];
  const picture = (rows: Uint32Array) => float([rows.length, 6, 6], (i) => rows[Math.floor(i / 36)]! + (i % 36) / 36);

  test('depends on seed, epoch and row, not on the order or the batch', () => {
    const rows = Uint32Array.of(5, 3, 9, 1);
    const together = run(picture(rows), steps, { rows, epoch: 2 });
    const turned = Uint32Array.of(9, 1, 3);
    const others = run(picture(turned), steps, { rows: turned, epoch: 2 });
    expect(rowOf(others, 0)).toEqual(rowOf(together, 2));
    expect(rowOf(others, 1)).toEqual(rowOf(together, 3));
    expect(rowOf(others, 2)).toEqual(rowOf(together, 1));
    const later = run(picture(rows), steps, { rows, epoch: 3 });
    expect(rowOf(later, 0)).not.toEqual(rowOf(together, 0));
    const again = createAugment([flow(['x'], steps)], 8)!({ x: picture(rows) }, { rows, epoch: 2 }).x!;
    expect(rowOf(again, 0)).not.toEqual(rowOf(together, 0));
  });

  test('a row that is drawn twice in an epoch looks different', () => {
    const rows = Uint32Array.of(4, 4);
    const made = run(picture(rows), steps, { rows, epoch: 1, copies: Uint16Array.of(0, 1) });
    expect(rowOf(made, 0)).not.toEqual(rowOf(made, 1));
  });

  test('a step of another version is told with its name', () => {
    expect(() => createAugment([flow(['x'], [['wiggle']])], 0)).toThrow(/no augmentation `wiggle`/u);
  });
});
