/** Pictures held as bytes and a table: whatever is done to them, the numbers are those of pictures held as numbers. */
import { expect, test } from 'vitest';
import type { PlanAugmentation } from '../../language/index.ts';
import { createAugment } from '../../trainer/data/augment/index.ts';
import { type PackedField, unpacked } from '../../trainer/data/packed.ts';
import { buffersOf, Pool } from '../../trainer/data/pool.ts';

const place = { source: 0, start: 0, end: 0, line: 1, column: 1 };
const table = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

function pictures(channels: number): PackedField {
  const rows = Array.from({ length: 5 }, (_, row) =>
    Uint8Array.from({ length: 9 * 7 * channels }, (_, i) => (i * 37 + row * 101 + ((i * i) % 13)) & 255),
  );
  return { dtype: 'packed', shape: [5, 9, 7, channels], rows, table };
}

const flows: readonly (readonly [string, Record<string, number | boolean | number[]>])[][] = [
  [['flip', {}]],
  [['flip', { vertical: true }]],
  [
    ['pad', { n: 3 }],
    ['crop', { height: 8, width: 6 }],
    ['flip', {}],
  ],
  [['rotate', { degrees: 30 }]],
  [
    ['flip', {}],
    ['zoom', { range: [0.8, 1.2] }],
    ['shift', { amount: 2 }],
  ],
  [['brightness', { amount: 0.2 }]],
  [['mixup', { alpha: 0.4 }]],
];

for (const channels of [1, 3, 4]) {
  test.each(flows)(`${channels} channels, %j`, (...steps) => {
    const flow: PlanAugmentation = {
      fields: ['x'],
      ranges: { x: [-1, 1] },
      steps: steps.map(([name, settings]) => ({ call: `augment/${name}`, settings, place })),
    };
    const drawn = { rows: Uint32Array.of(4, 1, 8, 2, 3), epoch: 2 };
    const x = pictures(channels);
    const before = x.rows.map((row) => row.slice());
    const [bytes, numbers] = [x, unpacked(x, new Pool())].map(
      (field) => createAugment([flow], 3)!({ x: field }, drawn).x!,
    );
    expect(bytes).toEqual(numbers);
    expect(x.rows).toEqual(before);
  });
}

test('memory of used batches is taken again, of the same length only', () => {
  const pool = new Pool();
  const x = unpacked(pictures(3), pool);
  const memory = buffersOf([{ size: 5, fields: { x, y: x } }], ['x']);
  expect(memory).toEqual([x.data.buffer]);
  pool.give(memory);
  expect(pool.floats(7).buffer).not.toBe(x.data.buffer);
  expect(unpacked(pictures(3), pool).data.buffer).toBe(x.data.buffer);
  expect(unpacked(pictures(3), pool).data.buffer).not.toBe(x.data.buffer);
});
