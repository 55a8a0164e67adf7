/** Headers of data files from a part of them. */
import { expect, test } from 'vitest';
import { fitting, folderHeader, looked, partsOfName } from '../../../language/data/folder.ts';
import { type FileStart, parseHeader } from '../../../language/data/header.ts';
import { parseIdx } from '../../../language/data/idx.ts';
import { parseMedia } from '../../../language/data/media.ts';
import type { ColumnSample, DataHeader, HeaderWish } from '../../../language/files.ts';

const decode = (given: Uint8Array) => new TextDecoder().decode(given);
const bytesOf = (value: string) => new TextEncoder().encode(value);
const start = (bytes: ArrayLike<number>, whole = true, more: readonly Uint8Array[] = []): FileStart => ({
  bytes: Uint8Array.from(bytes),
  whole,
  more,
  decode,
});
const text = (value: string, whole = true, more: readonly string[] = []) =>
  start(bytesOf(value), whole, more.map(bytesOf));

function table(header: DataHeader): { readonly columns: readonly ColumnSample[]; readonly rows?: number } {
  if (header.kind !== 'csv' && header.kind !== 'jsonl') throw new Error(header.kind);
  return header;
}
const csv = (value: string, wish: HeaderWish = {}, whole = true, more: readonly string[] = []) =>
  table(parseHeader('a.csv', text(value, whole, more), { kind: 'csv', ...wish }));

test('IDX: type, sizes, and what the numbers are', () => {
  const labels = [0, 0, 8, 1, 0, 0, 0, 6, 7, 7, 0, 0, 0, 9];
  expect(parseIdx(Uint8Array.from(labels))).toEqual({
    kind: 'idx',
    dtype: 'uint8',
    shape: [6],
    range: [0, 9],
    classes: {
      count: 3,
      whole: true,
      rows: 6,
      most: { name: '0', rows: 3 },
      least: { name: '9', rows: 1 },
      sorted: false,
    },
  });
  const shorts = [0, 0, 11, 1, 0, 0, 0, 2, 255, 254, 1, 0];
  expect(parseIdx(Uint8Array.from(shorts))).toEqual({ kind: 'idx', dtype: 'int32', shape: [2], range: [-2, 256] });
  const floats = [0, 0, 13, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 128, 63];
  expect(parseIdx(Uint8Array.from(floats))?.shape).toEqual([1, 1]);
});

test('what is no IDX file', () => {
  for (const bytes of [[], [0, 0], [1, 0, 8, 1, 0, 0, 0, 1], [0, 0, 99, 1, 0, 0, 0, 1], [0, 0, 8, 3, 0, 0, 0, 1]]) {
    expect(parseIdx(Uint8Array.from(bytes))).toBeUndefined();
  }
  expect(parseHeader('a.idx', text('hello'), { kind: 'idx' })).toEqual({
    kind: 'text',
    characters: 5,
    alphabet: 4,
    lines: 1,
  });
});

test('labels that stand in order are told', () => {
  const sorted = [0, 0, 8, 1, 0, 0, 0, 16, ...Array.from({ length: 16 }, (_, i) => i >> 2)];
  expect(parseIdx(Uint8Array.from(sorted))?.classes).toMatchObject({ count: 4, sorted: true });
});

/** A NumPy file of version 1. */
function npy(descr: string, shape: string, numbers: Uint8Array, order = 'False'): FileStart {
  const head = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  const size = head.length;
  return start([0x93, ...bytesOf('NUMPY'), 1, 0, size & 255, size >> 8, ...bytesOf(head), ...numbers]);
}

test('NPY: type, shape, range and not-a-number', () => {
  const floats = new Uint8Array(new Float32Array([1, Number.NaN, -3, 0.5]).buffer);
  expect(parseHeader('a.npy', npy('<f4', '(2, 2)', floats), { kind: 'npy' })).toEqual({
    kind: 'npy',
    dtype: 'float32',
    shape: [2, 2],
    range: [-3, 1],
    missing: { count: 1, row: 1, sampled: 2, whole: false, infinite: true },
  });
  const longs = new Uint8Array(new BigInt64Array([1n, 2n, 1n, 1n, 2n]).buffer);
  expect(parseHeader('a.npy', npy('<i8', '(5,)', longs), {})).toMatchObject({
    dtype: 'int32',
    shape: [5],
    range: [1, 2],
    classes: { count: 2 },
  });
  const big = Uint8Array.of(1, 2);
  expect(parseHeader('a.npy', npy('>i2', '(1,)', big), {})).toMatchObject({ range: [258, 258] });
  const halves = Uint8Array.of(0, 0x3c, 0, 0xc0);
  expect(parseHeader('a.npy', npy('<f2', '(2,)', halves), {})).toMatchObject({ range: [-2, 1] });
});

test('NPY that no source can read says why', () => {
  expect(parseHeader('a.npy', npy('<f4', '(2, 2)', new Uint8Array(16), 'True'), {})).toMatchObject({
    trouble: 'fortran',
  });
  expect(parseHeader('a.npy', npy('|O', '(2,)', new Uint8Array(16)), {})).toMatchObject({ trouble: 'type' });
  expect(parseHeader('a.npy', start([0x93, ...bytesOf('NUMPY'), 1, 0, 255, 255]), { kind: 'npy' }).kind).toBe('text');
});

test('CSV: columns and what their cells are', () => {
  const found = csv('\uFEFFid,name,"a, b",gap,late\n1,ann,0.5,3,1\n2,"bob, jr",-1e3,,2.5\n');
  expect(found.rows).toBe(2);
  expect(found.columns.map(({ name, type, missing, range }) => [name, type, missing, range])).toEqual([
    ['id', 'int', 0, [1, 2]],
    ['name', 'string', 0, undefined],
    ['a, b', 'float', 0, [-1000, 0.5]],
    ['gap', 'float', 1, [3, 3]],
    ['late', 'float', 0, [1, 2.5]],
  ]);
  expect(found.columns[3]!.firstMissing).toBe(2);
});

test('CSV: separator, words for empty cells, names for a file without them', () => {
  const found = csv('1;-;x\n2;3;y\n', { separator: ';', missing: ['', '-'], columns: ['a', 'b', 'c'] });
  expect(found.rows).toBe(2);
  expect(found.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
    ['a', 'int', 0],
    ['b', 'float', 1],
    ['c', 'string', 0],
  ]);
});

test('CSV: a text among numbers is told with its row', () => {
  const rows = Array.from({ length: 40 }, (_, i) => (i === 16 ? 'n.a.' : String(i)));
  expect(csv(`x\n${rows.join('\n')}\n`).columns[0]).toMatchObject({ type: 'string', odd: { row: 17, value: 'n.a.' } });
  expect(csv(`x\n${['a', 'b', '1', '2'].join('\n')}\n`).columns[0]!.odd).toBeUndefined();
  expect(csv('x;y\n1,5;2\n0,25;3\n', { separator: ';' }).columns[0]!.odd).toEqual({
    row: 1,
    value: '1,5',
    comma: true,
  });
});

test('CSV: a cut-off last line does not count, and later pieces count where their rows are whole', () => {
  const found = csv('a,b\n1,2\n3,x', {}, false);
  expect(found.rows).toBeUndefined();
  expect(found.columns.map((column) => column.type)).toEqual(['int', 'int']);
  expect(csv('a,b\n1,2\n', {}, false, ['9\n7,seven\n8,'])!.columns.map((column) => column.type)).toEqual([
    'int',
    'string',
  ]);
  expect(csv('a,b\n1,2\n', {}, false, ['quoted, text, with\nmore,of,it\n'])!.columns[1]!.type).toBe('int');
});

test('CSV: quoted line ends stay within their piece', () => {
  const cell = `"${'word\n'.repeat(2000)}"`;
  const found = csv(`a,b\n${Array.from({ length: 60 }, (_, i) => `${i},${cell}`).join('\n')}\n`);
  expect(found.rows).toBe(60);
  expect(found.columns[0]).toMatchObject({ type: 'int', sampled: 60, range: [0, 59] });
});

test('CSV: the separator is found once, from the first rows', () => {
  const rows = Array.from({ length: 6000 }, (_, i) => (i < 2000 ? `${i};a;b` : `${i};"${'x,y,z,'.repeat(8)}";b`));
  const found = csv(`n;t;u\n${rows.join('\n')}\n`);
  expect(found.rows).toBe(6000);
  expect(found.columns.map(({ name, type }) => [name, type])).toEqual([
    ['n', 'int'],
    ['t', 'string'],
    ['u', 'string'],
  ]);
});

test('JSON lines: keys, gaps, lists, truth values', () => {
  const found = table(
    parseHeader(
      'a.jsonl',
      text(
        '{"a":1,"b":"x","v":[1,2],"t":true}\n\n{"b":null,"v":[3,4.5],"t":false}\n{"a":2.5,"b":"y","v":[0,0],"t":true}\n',
      ),
      {},
    ),
  );
  expect(found.rows).toBe(3);
  expect(found.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
    ['a', 'float', 1],
    ['b', 'string', 1],
    ['v', 'float', 0],
    ['t', 'bool', 0],
  ]);
  expect(found.columns[2]!.list).toEqual({ low: 2, high: 2 });
  expect(parseHeader('a.jsonl', text('a,b\n1,2\n'), { kind: 'jsonl' })).toEqual({ kind: 'text' });
});

test('Parquet: the schema in the footer', () => {
  // FileMetaData { 2: [root { name, 2 children }, age int32, name byte array], 3: 5 rows }, written by hand.
  const element = (fields: readonly number[]) => [...fields, 0];
  const footer = [
    0x15,
    2,
    0x19,
    0x3c,
    ...element([0x48, 1, 114, 0x15, 4]),
    ...element([0x15, 2, 0x25, 0, 0x18, 3, ...bytesOf('age')]),
    ...element([0x15, 12, 0x25, 2, 0x18, 4, ...bytesOf('name')]),
    0x16,
    10,
    0,
  ];
  const tail = [...footer, footer.length, 0, 0, 0, ...bytesOf('PAR1')];
  expect(parseHeader('a.parquet', start(tail), { kind: 'parquet' })).toMatchObject({
    kind: 'parquet',
    rows: 5,
    columns: [
      { name: 'age', type: 'int' },
      { name: 'name', type: 'string' },
    ],
  });
  expect(parseHeader('a.parquet', start([...bytesOf('PAR1'), 255, 255, 0, 0, ...bytesOf('PAR1')]), {})).toMatchObject({
    columns: undefined,
  });
});

test('sizes of pictures and lengths of sounds', () => {
  const word = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const little = (value: number) => word(value).reverse();
  const png = [
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...word(13),
    ...bytesOf('IHDR'),
    ...word(7),
    ...word(5),
    8,
    2,
  ];
  expect(parseMedia(Uint8Array.from(png), 100)).toEqual({ kind: 'image', width: 7, height: 5, channels: 3 });
  const jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 32, 0, 48, 1, 1, 0x11, 0, 0];
  expect(parseMedia(Uint8Array.from(jpeg), 100)).toEqual({ kind: 'image', width: 48, height: 32, channels: 1 });
  const wav = [
    ...bytesOf('RIFF'),
    ...little(0),
    ...bytesOf('WAVE'),
    ...bytesOf('fmt '),
    ...little(16),
    1,
    0,
    1,
    0,
    ...little(8000),
    ...little(16000),
    2,
    0,
    16,
    0,
    ...bytesOf('data'),
    ...little(3000),
  ];
  expect(parseMedia(Uint8Array.from(wav), 44 + 3000)).toEqual({ kind: 'sound', rate: 8000, samples: 1500 });
  expect(parseMedia(Uint8Array.from(wav), 44 + 100)).toEqual({ kind: 'sound', rate: 8000, samples: 50 });
  const bmp = [0x42, 0x4d, ...Array.from({ length: 16 }, () => 0), ...little(3), ...little(2), 1, 0, 24, 0, 0, 0];
  expect(parseMedia(Uint8Array.from(bmp), 100)).toEqual({ kind: 'image', width: 3, height: 2, channels: 3 });
  expect(parseMedia(bytesOf('just a text, nothing else'), 25)).toBeUndefined();
});

test('folders: patterns, classes, parts of names', () => {
  const paths = ['cat/1.png', 'cat/2.png', 'cat/notes.txt', 'dog/1.png', 'dog/2.PNG', 'dog/deep/3.png', '.git/x.png'];
  const listing = { paths, whole: true };
  expect(fitting(listing, { files: '*.png' })).toEqual([
    'cat/1.png',
    'cat/2.png',
    'dog/1.png',
    'dog/2.PNG',
    'dog/deep/3.png',
  ]);
  expect(fitting(listing, { files: 'dog/**/*.png' })).toEqual(['dog/1.png', 'dog/2.PNG', 'dog/deep/3.png']);
  expect(fitting(listing, { files: '*.{txt,md}' })).toEqual(['cat/notes.txt']);
  expect(looked(Array.from({ length: 1000 }, (_, i) => String(i)))).toHaveLength(24);
  expect(folderHeader(listing, [], { files: '*.png' })).toMatchObject({
    files: 5,
    classes: { count: 2, most: { name: 'dog', rows: 3 }, least: { name: 'cat', rows: 2 } },
  });
  expect(folderHeader(listing, [], { files: '*.wav' })).toMatchObject({ files: 0, other: 'cat/1.png' });
  expect(partsOfName('a/3_theo_14.wav', '_')).toEqual(['3', 'theo', '14']);
  const parts = folderHeader({ paths: ['3_theo_1.wav', '4_ann_2.wav', 'odd.wav'], whole: true }, [], {
    parts: ['digit', 'speaker', 'take'],
  });
  expect(parts.parts.map(({ name, type }) => [name, type])).toEqual([
    ['digit', 'int'],
    ['speaker', 'string'],
    ['take', 'int'],
  ]);
  expect(parts.unlike).toEqual({ file: 'odd.wav', count: 1 });
});

test('files are read as what their source takes them for', () => {
  expect(parseHeader('rows.txt', text('a,b\n1,2\n'), { kind: 'csv' }).kind).toBe('csv');
  expect(parseHeader('rows.csv', text('a,b\n1,2\n'), { kind: 'text' }).kind).toBe('text');
  expect(parseHeader('rows.csv', text('a,b\n1,2\n')).kind).toBe('csv');
  expect(parseHeader('long.txt', text('abc', false), { kind: 'text' })).toEqual({ kind: 'text' });
});

test('any bytes are read without a throw', () => {
  let seed = 1;
  const next = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed;
  };
  const kinds = [undefined, 'idx', 'npy', 'csv', 'jsonl', 'parquet', 'text'] as const;
  const heads = [[], [0, 0, 8, 3], [0x93, ...bytesOf('NUMPY'), 1, 0], [0xff, 0xd8, 0xff], [...bytesOf('RIFF')], [0x89]];
  for (let round = 0; round < 600; round++) {
    const head = heads[round % heads.length]!;
    const bytes = [...head, ...Array.from({ length: next() % 200 }, () => next() % 256)];
    const ended = round % 2 === 0 ? bytes : [...bytes, next() % 256, 0, 0, 0, ...bytesOf('PAR1')];
    for (const kind of kinds) parseHeader('x.bin', start(ended, round % 3 > 0), kind ? { kind } : {});
    parseMedia(Uint8Array.from(ended), 1000);
  }
});
