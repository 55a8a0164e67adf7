/** Numbers by counter: the published ones of Philox, and what is drawn from them. */
import { describe, expect, test } from 'vitest';
import { hashText, philox, type RandomDraw, stream, writeKernel } from '../../compiler/index.ts';
import { initialValues } from '../../compiler/initial.ts';
import { type DrawFunctions, drawInto, drawPlain } from '../../trainer/engines/shared/draw.ts';

test('Philox 4×32-10 gives the numbers of its authors', () => {
  const words = (counter: readonly number[], key: readonly number[]): string => {
    const out = new Uint32Array(4);
    const [a = 0, b = 0, c = 0, d = 0] = counter;
    const [x = 0, y = 0] = key;
    philox(out, a, b, c, d, x, y);
    return Array.from(out, (word) => word.toString(16).padStart(8, '0')).join(' ');
  };
  const ones = 0xffffffff;
  expect(words([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
  expect(words([ones, ones, ones, ones], [ones, ones])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
  expect(words([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
    'd16cfe09 94fdcceb 5001e420 24126ea1',
  );
});

test('a stream gives the same number at a place whatever was asked before', () => {
  const forwards = stream(7, 'test', 'a');
  const expected = Array.from({ length: 20 }, (_, i) => forwards.uniform(i));
  const backwards = stream(7, 'test', 'a');
  for (let i = 19; i >= 0; i--) expect(backwards.uniform(i)).toBe(expected[i]);
  expect(stream(7, 'test', 'b').uniform(0)).not.toBe(expected[0]);
  expect(stream(7, 'other', 'a').uniform(0)).not.toBe(expected[0]);
  expect(stream(8, 'test', 'a').uniform(0)).not.toBe(expected[0]);
  expect(stream(7, 'test', 'a', 1).uniform(0)).not.toBe(expected[0]);
  expect(hashText('a')).not.toBe(hashText('b'));
});

const moments = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance), least: Math.min(...values), most: Math.max(...values) };
};

describe('initial values', () => {
  test('uniform', () => {
    const { mean, deviation, least, most } = moments(
      initialValues(1, 'w', [100, 200], { kind: 'uniform', low: -0.5, high: 1.5 }),
    );
    expect(mean).toBeCloseTo(0.5, 1);
    expect(deviation).toBeCloseTo(2 / Math.sqrt(12), 1);
    expect(least).toBeGreaterThanOrEqual(-0.5);
    expect(most).toBeLessThan(1.5);
  });

  test('normal, and truncated at two deviations', () => {
    const whole = moments(
      initialValues(1, 'w', [200, 200], { kind: 'normal', mean: 3, deviation: 2, truncated: false }),
    );
    expect(whole.mean).toBeCloseTo(3, 1);
    expect(whole.deviation).toBeCloseTo(2, 1);
    expect(whole.most).toBeGreaterThan(8);
    const cut = moments(initialValues(1, 'w', [200, 200], { kind: 'normal', mean: 0, deviation: 1, truncated: true }));
    expect(cut.most).toBeLessThanOrEqual(2);
    expect(cut.least).toBeGreaterThanOrEqual(-2);
    // The deviation of a normal number that lies within two of its own.
    expect(cut.deviation).toBeCloseTo(0.88, 1);
  });

  for (const shape of [
    [6, 4],
    [4, 6],
    [2, 3, 4],
  ]) {
    test(`orthogonal [${shape.join(', ')}]`, () => {
      const columns = shape.at(-1)!;
      const rows = shape.slice(0, -1).reduce((product, n) => product * n, 1);
      const values = initialValues(2, 'w', shape, { kind: 'orthogonal', gain: 1.5 });
      const [count, length] = rows >= columns ? [columns, rows] : [rows, columns];
      const cell = (vector: number, i: number) =>
        rows >= columns ? values[i * columns + vector]! : values[vector * columns + i]!;
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) {
          let product = 0;
          for (let i = 0; i < length; i++) product += cell(a, i) * cell(b, i);
          expect(product).toBeCloseTo(a === b ? 2.25 : 0, 5);
        }
      }
    });
  }

  test('identity, constant and blocks', () => {
    const plain = (shape: readonly number[], draw: Parameters<typeof initialValues>[3]) =>
      Array.from(initialValues(0, 'w', shape, draw));
    expect(plain([2, 3], { kind: 'identity', gain: 2 })).toEqual([2, 0, 0, 0, 2, 0]);
    expect(plain([3], { kind: 'constant', value: 0.5 })).toEqual([0.5, 0.5, 0.5]);
    expect(plain([8], { kind: 'blocks', values: [0, 1, 0, 0] })).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });
});

describe('drawing in WebAssembly is drawing in JavaScript', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(Uint8Array.from(writeKernel([]).module));
  const functions = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as DrawFunctions;
  const draws: readonly RandomDraw[] = [
    { kind: 'uniform', rate: 0, key: 'layer#0' },
    { kind: 'keep', rate: 0.3, key: 'layer#1' },
    { kind: 'normal', rate: 0, key: 'layer#2' },
  ];
  for (const draw of draws) {
    test(draw.kind, () => {
      for (const [seed, step] of [
        [0, 0],
        [12345, 7],
        [2 ** 40 + 3, 2 ** 33 + 1],
      ] as const) {
        const inside = new Float32Array(memory.buffer, 64, 1001);
        const outside = new Float32Array(1001);
        drawInto(functions, inside, 64, draw, seed, step);
        drawPlain(outside, draw, seed, step);
        expect(inside).toEqual(outside);
      }
    });
  }

  test('dropout keeps what it says', () => {
    const values = new Float32Array(20_000);
    drawPlain(values, { kind: 'keep', rate: 0.25, key: 'x' }, 1, 1);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    expect(values.filter((value) => value > 0).length / values.length).toBeCloseTo(0.75, 1);
  });
});
