/** Augmentation: exact numbers on small pictures, and what is drawn. */
import { describe, expect, test } from 'vitest';
import { createAugment } from '../../trainer/data/augment/index.ts';
import { Motion } from '../../trainer/data/augment/motion.ts';
import type { HostTensor } from '../../trainer/engine.ts';
import { float, flow, rowOf, rowsTo, run } from './augment-run.ts';

describe('moves', () => {
  const picture = float([400, 2, 3], (i) => (i % 6) + 1);

  test('flip mirrors half of the rows, from left to right', () => {
    const result = run(picture, [['flip']]);
    const mirrored = Array.from({ length: 400 }, (_, row) => rowOf(result, row).join() === '3,2,1,6,5,4');
    for (const [row, is] of mirrored.entries()) if (!is) expect(rowOf(result, row)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(mirrored.filter(Boolean).length).toBeGreaterThan(160);
    expect(mirrored.filter(Boolean).length).toBeLessThan(240);
  });

  test('vertical flips come in all four ways', () => {
    const result = run(picture, [['flip', { vertical: true }]]);
    const seen = new Set(Array.from({ length: 400 }, (_, row) => rowOf(result, row).join()));
    expect([...seen].sort()).toEqual(['1,2,3,4,5,6', '3,2,1,6,5,4', '4,5,6,1,2,3', '6,5,4,3,2,1']);
  });

  test('pad and crop move a picture by whole pixels and put 0 around it', () => {
    const result = run(picture, [
      ['pad', { n: 1 }],
      ['crop', { height: 2, width: 3 }],
    ]);
    expect(result.shape).toEqual([400, 2, 3]);
    const padded = [0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0];
    const expected = new Set<string>();
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 3; x++)
        expected.add([0, 1].flatMap((row) => padded.slice((y + row) * 5 + x, (y + row) * 5 + x + 3)).join());
    expect(new Set(Array.from({ length: 400 }, (_, row) => rowOf(result, row).join()))).toEqual(expected);
  });

  test('what a crop cut off does not come back', () => {
    const result = run(
      float([20, 3, 3], () => 1),
      [
        ['crop', { height: 1, width: 1 }],
        ['pad', { n: 1 }],
      ],
    );
    for (let row = 0; row < 20; row++) expect(rowOf(result, row)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
  });

  test('shift moves pictures and sounds by whole steps to either side', () => {
    const seen = new Set(
      Array.from({ length: 100 }, (_, row) =>
        rowOf(
          run(
            float([100, 3], (i) => (i % 3) + 1),
            [['shift', { amount: 1 }]],
          ),
          row,
        ).join(),
      ),
    );
    expect([...seen].sort()).toEqual(['0,1,2', '1,2,3', '2,3,0']);
    const pictures = run(
      float([200, 1, 2], (i) => (i % 2) + 1),
      [['shift', { amount: 1 }]],
    );
    const found = new Set(Array.from({ length: 200 }, (_, row) => rowOf(pictures, row).join()));
    expect([...found].sort()).toEqual(['0,0', '0,1', '1,2', '2,0']);
  });

  test('a quarter turn is exact', () => {
    const motion = new Motion();
    motion.begin(3, 3);
    motion.turn(0, -1, 1, 0);
    const result = new Float32Array(9);
    motion.draw(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 0, 3, 1, result, 0, false);
    // (x, y) comes from (−y, x) around the middle.
    expect(Array.from(result)).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7]);
  });

  test('a field of class numbers is turned with its picture and holds no number in between', () => {
    const image = float([50, 9, 9], (i) => ((i % 81) % 9 < 4 ? 1 : 3));
    const mask: HostTensor = { dtype: 'int32', shape: [50, 9, 9], data: Int32Array.from(image.data) };
    const flows = [
      flow(
        ['image', 'mask'],
        [
          ['rotate', { degrees: 40 }],
          ['zoom', { range: [0.8, 1.3] }],
        ],
      ),
    ];
    const made = createAugment(flows, 3)!({ image, mask }, rowsTo(50));
    expect([...new Set(made.mask!.data)].sort()).toEqual([0, 1, 3]);
    // Where the picture is all of one class, the mask has that class.
    let same = 0;
    for (let i = 0; i < image.data.length; i++) {
      const value = made.image!.data[i] ?? 0;
      if (Math.abs(value - 1) < 1e-6 || Math.abs(value - 3) < 1e-6) {
        same++;
        expect(made.mask!.data[i]).toBe(Math.round(value));
      }
    }
    expect(same).toBeGreaterThan(1000);
  });

  test('zoom by a factor keeps the middle, shear slants lines', () => {
    const line = float([1, 5, 5], (i) => (i % 5 === 2 ? 1 : 0));
    const zoomed = run(line, [['zoom', { range: [2, 2.0000001] }]]);
    expect(rowOf(zoomed, 0).map((value) => Math.round(value * 1000) / 1000)).toEqual(
      Array.from({ length: 5 }, () => [0, 0.5, 1, 0.5, 0]).flat(),
    );
    const slanted = rowOf(
      run(
        float([1, 5, 5], (i) => (i % 5 === 2 ? 1 : 0)),
        [['shear', { degrees: 30 }]],
      ),
      0,
    );
    // Each line still holds the whole stroke, the middle one where it was.
    for (let y = 0; y < 5; y++) expect(slanted.slice(y * 5, y * 5 + 5).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect(slanted[12]).toBeCloseTo(1, 6);
    const middle = (y: number) => slanted.slice(y * 5, y * 5 + 5).reduce((sum, value, x) => sum + value * x, 0);
    expect(middle(0) + middle(4)).toBeCloseTo(4, 4);
    expect(Math.abs(middle(0) - 2)).toBeGreaterThan(0.01);
  });

  test('bytes stay bytes: exact moves copy them, others round once', () => {
    const bytes: HostTensor = { dtype: 'uint8', shape: [30, 4, 4, 3], data: new Uint8Array(30 * 48).fill(200) };
    expect(new Set(run(bytes, [['flip'], ['shift', { amount: 1 }]]).data)).toEqual(new Set([0, 200]));
    const turned = run(bytes, [['rotate', { degrees: 20 }]]);
    expect(turned.dtype).toBe('uint8');
    expect(Math.max(...turned.data)).toBe(200);
    expect(bytes.data.every((value) => value === 200)).toBe(true);
  });
});

describe('colours', () => {
  test('brightness adds one number to a picture, within the range where it is known', () => {
    const half = float([200, 2, 2, 3], () => 0.5);
    const result = run(half, [['brightness', { amount: 0.3 }]], rowsTo(200), [0, 1]);
    const added = Array.from({ length: 200 }, (_, row) => {
      const values = new Set(rowOf(result, row));
      expect(values.size).toBe(1);
      return [...values][0]! - 0.5;
    });
    expect(Math.max(...added)).toBeLessThanOrEqual(0.3);
    expect(Math.max(...added)).toBeGreaterThan(0.25);
    expect(Math.min(...added)).toBeLessThan(-0.25);
    const bright = run(
      float([50, 2, 2], () => 0.95),
      [['brightness', { amount: 0.3 }]],
      rowsTo(50),
      [0, 1],
    );
    expect(Math.max(...bright.data)).toBe(1);
    // Without a range that of the picture itself counts: here 4.
    const wide = run(
      float([100, 1, 2], (i) => (i % 2 === 0 ? -2 : 2)),
      [['brightness', { amount: 0.1 }]],
    );
    for (let row = 0; row < 100; row++) expect(Math.abs(rowOf(wide, row)[0]! + 2)).toBeLessThanOrEqual(0.4 + 1e-6);
    expect(Math.max(...wide.data) - 2).toBeGreaterThan(0.3);
  });

  test('contrast keeps the mean of each channel, saturation keeps grey', () => {
    const picture = float([20, 4, 4, 3], (i) => ((i * 37) % 11) / 10);
    const contrasted = run(picture, [['contrast', { amount: 0.5 }]]);
    for (let channel = 0; channel < 3; channel++) {
      const mean = (x: HostTensor) => rowOf(x, 3).reduce((sum, v, i) => sum + (i % 3 === channel ? v : 0), 0) / 16;
      expect(mean(contrasted)).toBeCloseTo(mean(picture), 5);
    }
    const grey = (pixel: readonly number[]) => 0.299 * pixel[0]! + 0.587 * pixel[1]! + 0.114 * pixel[2]!;
    const saturated = run(picture, [['saturation', { amount: 0.5 }]]);
    const [before, after] = [rowOf(picture, 5).slice(0, 3), rowOf(saturated, 5).slice(0, 3)];
    expect(grey(after)).toBeCloseTo(grey(before), 5);
    expect((after[0]! - grey(before)) / (before[0]! - grey(before))).toBeCloseTo(
      (after[1]! - grey(before)) / (before[1]! - grey(before)),
      3,
    );
  });

  test('hue turns colours around the circle and keeps the lightest and darkest number', () => {
    const red = float([400, 1, 1, 3], (i) => [1, 0, 0][i % 3]!);
    const turned = run(red, [['hue', { amount: 0.5 }]]);
    const pixels = Array.from({ length: 400 }, (_, row) => rowOf(turned, row));
    for (const pixel of pixels) {
      expect(Math.max(...pixel)).toBeCloseTo(1, 6);
      expect(Math.min(...pixel)).toBeCloseTo(0, 6);
    }
    // All six main colours come up.
    const main = new Set(pixels.map((pixel) => pixel.map((v) => (v > 0.5 ? 1 : 0)).join('')));
    expect([...main].sort()).toEqual(['001', '010', '011', '100', '101', '110']);
    const little = run(red, [['hue', { amount: 0.05 }]]);
    for (let row = 0; row < 400; row++) {
      const [r, g, b] = rowOf(little, row);
      expect(r).toBe(1);
      expect(Math.max(g!, b!)).toBeLessThanOrEqual(0.3 + 1e-6);
    }
  });

  test('noise has its deviation, and is another one for each field', () => {
    const zero = float([100, 32, 32], () => 0);
    const made = createAugment([flow(['a', 'b'], [['noise', { stddev: 0.1 }]])], 1)!({ a: zero, b: zero }, rowsTo(100));
    const data = Array.from(made.a!.data);
    const mean = data.reduce((sum, v) => sum + v, 0) / data.length;
    const deviation = Math.sqrt(data.reduce((sum, v) => sum + v * v, 0) / data.length);
    expect(Math.abs(mean)).toBeLessThan(0.001);
    expect(deviation).toBeCloseTo(0.1, 2);
    const together = data.reduce((sum, v, i) => sum + v * made.b!.data[i]!, 0) / data.length;
    expect(Math.abs(together)).toBeLessThan(0.0005);
  });
});

describe('patches and windows', () => {
  test('erase puts 0 into one rectangle of at most that share', () => {
    const result = run(
      float([300, 10, 10, 3], () => 1),
      [['erase', { part: 0.3 }]],
    );
    let most = 0;
    for (let row = 0; row < 300; row++) {
      const zeros = rowOf(result, row).filter((v) => v === 0).length / 300;
      most = Math.max(most, zeros);
      expect(zeros).toBeLessThanOrEqual(0.3);
    }
    expect(most).toBeGreaterThan(0.15);
  });

  test('maskTime and maskBands put 0 into neighbouring lines', () => {
    const times = run(
      float([200, 6, 4], () => 1),
      [['maskTime', { n: 3 }]],
    );
    const bands = run(
      float([200, 6, 4, 1], () => 1),
      [['maskBands', { n: 2 }]],
    );
    const lengths = new Set<number>();
    for (let row = 0; row < 200; row++) {
      const lines = Array.from({ length: 6 }, (_, y) =>
        rowOf(times, row)
          .slice(y * 4, y * 4 + 4)
          .join(),
      );
      expect(lines.every((line) => line === '1,1,1,1' || line === '0,0,0,0')).toBe(true);
      const text = lines.map((line) => line[0]).join('');
      expect(text).toMatch(/^1*0*1*$/u);
      lengths.add(text.replaceAll('1', '').length);
      const band = rowOf(bands, row);
      for (let y = 1; y < 6; y++) expect(band.slice(y * 4, y * 4 + 4)).toEqual(band.slice(0, 4));
    }
    expect([...lengths].sort()).toEqual([0, 1, 2, 3]);
  });

  test('blur keeps a flat picture and the mean, and takes roughness away', () => {
    for (const value of run(
      float([5, 6, 7], () => 2),
      [['blur', { amount: 2 }]],
    ).data)
      expect(value).toBeCloseTo(2, 5);
    const rough = float([20, 16, 16], (i) => (i + Math.floor(i / 16)) % 2);
    const result = run(rough, [['blur', { amount: 3 }]]);
    const spread = (x: HostTensor, row: number) => Math.max(...rowOf(x, row)) - Math.min(...rowOf(x, row));
    expect(Array.from({ length: 20 }, (_, row) => spread(result, row)).filter((s) => s < 0.2).length).toBeGreaterThan(
      10,
    );
  });

  test('elastic moves no pixel further than it says', () => {
    // A ramp: the number is the place, so the change is the move.
    const ramp = float([10, 24, 24], (i) => i % 24);
    const result = run(ramp, [['elastic', { amount: 2, smooth: 3 }]]);
    let largest = 0;
    for (let row = 0; row < 10; row++)
      for (let y = 4; y < 20; y++)
        for (let x = 4; x < 20; x++) largest = Math.max(largest, Math.abs(rowOf(result, row)[y * 24 + x]! - x));
    expect(largest).toBeLessThanOrEqual(2 + 1e-5);
    expect(largest).toBeGreaterThan(0.5);
  });
});
