/** Headers of data files from their first bytes. */
import { expect, test } from 'vitest';
import { parseCsv } from '../../../language/data/csv.ts';
import { parseHeader } from '../../../language/data/header.ts';
import { parseIdx } from '../../../language/data/idx.ts';

const start = (bytes: readonly number[], whole = true) => ({
  bytes: Uint8Array.from(bytes),
  whole,
  decode: (given: Uint8Array) => new TextDecoder().decode(given),
});
const text = (value: string, whole = true) => start([...new TextEncoder().encode(value)], whole);

test('IDX: type, sizes, and the range of what is there', () => {
  const labels = [0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9];
  expect(parseIdx(Uint8Array.from(labels))).toEqual({ kind: 'idx', dtype: 'uint8', shape: [3], range: [0, 9] });
  const shorts = [0, 0, 11, 1, 0, 0, 0, 2, 255, 254, 1, 0];
  expect(parseIdx(Uint8Array.from(shorts))).toEqual({ kind: 'idx', dtype: 'int32', shape: [2], range: [-2, 256] });
  const floats = [0, 0, 13, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 128, 63];
  expect(parseIdx(Uint8Array.from(floats))).toEqual({ kind: 'idx', dtype: 'float32', shape: [1, 1] });
});

test('what is no IDX file', () => {
  for (const bytes of [[], [0, 0], [1, 0, 8, 1, 0, 0, 0, 1], [0, 0, 99, 1, 0, 0, 0, 1], [0, 0, 8, 3, 0, 0, 0, 1]]) {
    expect(parseIdx(Uint8Array.from(bytes))).toBeUndefined();
  }
  expect(parseHeader('a.idx', text('hello'), 'idx')).toEqual({ kind: 'text', characters: 5, alphabet: 4 });
});

test('CSV: columns and what their cells are', () => {
  const csv = parseCsv('\uFEFFid,name,"a, b",gap,late\n1,ann,0.5,3,1\n2,"bob, jr",-1e3,,2.5\n', true);
  expect(csv.rows).toBe(2);
  expect(csv.columns.map(({ name, type, missing, range }) => [name, type, missing, range])).toEqual([
    ['id', 'int', 0, [1, 2]],
    ['name', 'string', 0, undefined],
    ['a, b', 'float', 0, [-1000, 0.5]],
    ['gap', 'float', 1, [3, 3]],
    ['late', 'float', 0, [1, 2.5]],
  ]);
});

test('a cut-off last line does not count', () => {
  const csv = parseCsv('a,b\n1,2\n3,x', false);
  expect(csv.rows).toBeUndefined();
  expect(csv.columns.map((column) => column.type)).toEqual(['int', 'int']);
});

test('files are read as what their source takes them for', () => {
  expect(parseHeader('rows.txt', text('a,b\n1,2\n'), 'csv').kind).toBe('csv');
  expect(parseHeader('rows.csv', text('a,b\n1,2\n'), 'text').kind).toBe('text');
  expect(parseHeader('rows.csv', text('a,b\n1,2\n'), undefined).kind).toBe('csv');
  expect(parseHeader('long.txt', text('abc', false), 'text')).toEqual({ kind: 'text' });
});
