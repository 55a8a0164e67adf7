/** The reader of tables: as papaparse reads them, whatever the pieces; and columns that do not fit into memory. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { bytesInMemory, type DataBytes } from '../../trainer/data/bytes.ts';
import { NumberColumn, newShelf, TextColumn } from '../../trainer/data/columns.ts';
import { readCsv } from '../../trainer/data/csv.ts';
import { type Cells, readRows } from '../../trainer/data/csv-rows.ts';
import { Budget } from '../../trainer/data/memory.ts';
import { numberIn } from '../../trainer/data/numbers.ts';
import { placeAt } from './data-plan.ts';

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '1', ' ', ',', '"', '\n', '\r\n', ';', '漢'), maxLength: 8 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

const ALL = { from: 0, most: Number.POSITIVE_INFINITY };

/** Rows as our reader tells them, the text given in pieces of a size. */
function rowsOf(text: string, size: number): string[][] {
  const rows: string[][] = [];
  const all = Buffer.from(text);
  let rest = Buffer.alloc(0);
  const take = (cells: Cells) => void rows.push(Array.from({ length: cells.count }, (_, i) => cells.text(i)));
  const broken = (row: number): never => {
    throw new Error(`broken in row ${row}`);
  };
  const form = { separator: ',', lineEnd: '\n' } as const;
  for (let at = 0; at < all.length; at += size) {
    const bytes = Buffer.concat([rest, all.subarray(at, at + size)]);
    rest = bytes.subarray(readRows(bytes, form, { ...ALL, last: false }, take, broken).end);
  }
  readRows(rest, form, { ...ALL, last: true }, take, broken);
  return rows;
}

test('rows and cells as papaparse has them, in pieces of any size', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (rows, newline, size, closed) => {
        const text = Papa.unparse(rows, { newline }) + (closed ? newline : '');
        const { data } = Papa.parse<string[]>(text, { delimiter: ',', newline, skipEmptyLines: 'greedy' });
        expect(rowsOf(text, size)).toEqual(data);
      },
    ),
    { numRuns: 500 },
  );
});

test('numbers are those of JavaScript, and what is no number is none', () => {
  const read = (text: string) => {
    const found = { value: 0, whole: false };
    return numberIn(Buffer.from(text), 0, Buffer.byteLength(text), found) ? found : undefined;
  };
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 0, max: 20 }),
      (value, digits) => {
        for (const text of [String(value), value.toExponential(digits), value.toFixed(digits)])
          expect(read(text)?.value).toBe(Number(text));
      },
    ),
    { numRuns: 2000 },
  );
  expect(read(' 12 ')).toEqual({ value: 12, whole: true });
  expect(read('3.0')).toEqual({ value: 3, whole: false });
  expect(read('3000000000')).toMatchObject({ whole: false });
  expect(read('+.5e-1')).toEqual({ value: 0.05, whole: false });
  for (const text of ['', '.', '-', '1e', '1e+', '0x10', 'Infinity', '1 2', '1.2.3', '1_000'])
    expect(read(text), text).toBeUndefined();
});

function inPieces(bytes: Buffer, size: number | undefined): DataBytes {
  const whole = bytesInMemory(bytes);
  if (size === undefined) return whole;
  return {
    ...whole,
    async *chunks() {
      for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
    },
  };
}

const at = placeAt(1);
const form = { columns: undefined, separator: undefined, missing: undefined };
const table = (text: string, budget = 1e9, wanted = ['x', 'name'], piece?: number) =>
  readCsv(
    { key: 'file', path: 't.csv', found: 't.csv', bytes: inPieces(Buffer.from(text), piece) },
    new Set(wanted),
    at,
    form,
    newShelf(new Budget(budget)),
  );

test('numbers of all forms, at every place of a row, whatever ends it', async () => {
  const cells = [
    '7',
    '-0',
    '5.',
    '.5',
    '-.25',
    '0.123456789',
    '123456789',
    '1234567890',
    '123456.78901',
    '+3',
    '1e3',
    ' 4 ',
  ];
  for (const end of ['\n', '\r\n', '\r']) {
    for (const cut of [',', ';', '\t', '|']) {
      const rows = cells.map((cell) => `${cell}${cut}${cell}${cut}"${cell}"`).join(end);
      for (const last of ['', end]) {
        const read = await table(`x${cut}y${cut}name${end}${rows}${last}`, 1e9, ['x', 'y', 'name']);
        for (const name of ['x', 'y', 'name']) {
          const { data } = await read.columns.get(name)!.gather(Uint32Array.from(cells, (_, i) => i));
          expect([...data]).toEqual(cells.map(Number));
        }
      }
    }
  }
  for (const odd of ['-', '.', '1.2.3', '1-2', '--1', '12a']) {
    const { data } = await (await table(`x,name\n1,a\n${odd},b`)).columns.get('x')!.gather(Uint32Array.of(0, 1));
    expect(data).toEqual(['1', odd]);
  }
});

test('plain rows and others, in turn, are the same whatever the pieces', async () => {
  const plain = fc.tuple(
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), fc.integer().map(String)),
    fc.constantFrom('a', 'né', '', 'a "b"', 'x y'),
  );
  const other = fc.tuple(
    fc.constantFrom('', 'NA', ' 12 ', '1e5', '7', '0.1234567890123456789'),
    fc.constantFrom('', '"', '""', 'a,b', 'a\nb', ' ', '漢'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ arbitrary: plain, weight: 6 }, { arbitrary: other, weight: 1 }), {
        minLength: 1,
        maxLength: 150,
      }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 300 }),
      fc.boolean(),
      async (rows, newline, size, quoted) => {
        const text = `x,name${newline}${Papa.unparse(rows, { newline, quotes: [false, quoted] })}${newline}`;
        const kept = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
        const read = await table(text, 1e9, ['x', 'name'], size);
        expect(read.rows).toBe(kept.length);
        const all = Uint32Array.from(kept, (_, i) => i);
        const [x, name] = [await read.columns.get('x')!.gather(all), await read.columns.get('name')!.gather(all)];
        expect(name.data).toEqual(kept.map(([, each]) => (each.trim() === '' ? '' : each)));
        const numbers = kept.map(([each]) => (['', 'NA'].includes(each) ? Number.NaN : Number(each)));
        if (x.dtype === 'string') {
          expect(numbers.every(Number.isNaN)).toBe(true);
          return;
        }
        expect([...x.data]).toEqual(numbers);
        const whole = kept.every(([each]) => /^ *-?\d+ *$/.test(each) && Math.abs(Number(each)) < 2 ** 31);
        expect(x.dtype).toBe(whole ? 'int32' : 'float32');
      },
    ),
    { numRuns: 300 },
  );
});

test('a first piece that ends within a line end', async () => {
  const header = 'x,name\r';
  const read = await table(`${header}\n" 12 ",\r\n0,a\r\n`, 1e9, ['x', 'name'], header.length);
  const { data } = await read.columns.get('x')!.gather(Uint32Array.of(0, 1));
  expect([...data]).toEqual([12, 0]);
});

test('words for empty cells, quoted numbers and unusual rows among many plain ones', async () => {
  const cell = (i: number): string => (i % 100 === 7 ? 'NA' : i % 100 === 31 ? `"${i}"` : String(i / 4));
  const rows = Array.from({ length: 50_000 }, (_, i) => `${cell(i)},${i % 500 === 3 ? `"a ""${i}"""` : `n${i}`}`);
  const read = await table(`x,name\n${rows.join('\n')}`, 1e9, ['x', 'name'], 10_000);
  expect(read.rows).toBe(50_000);
  const picked = Uint32Array.of(7, 31, 3, 49_903, 49_907);
  const { data } = await read.columns.get('x')!.gather(picked);
  expect([...data]).toEqual([Number.NaN, 31, 0.75, 12_475.75, Number.NaN]);
  expect((await read.columns.get('name')!.gather(picked)).data[2]).toBe('a "3"');
});

test('a text late in a column of numbers makes it a column of texts, from the first row on', async () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => `${i},n${i}`);
  const text = `x,name\n${rows.join('\n')}\nlast,end\n`;
  const read = await table(text);
  expect(read.rows).toBe(200_001);
  const { data, dtype } = await read.columns.get('x')!.gather(Uint32Array.of(0, 150_000, 200_000));
  expect([dtype, data]).toEqual(['string', ['0', '150000', 'last']]);
});

test('columns larger than the budget lie in a file and read the same', async () => {
  const rows = Array.from({ length: 300_000 }, (_, i) => `${i / 8},"né, ${i}"`);
  const text = `x,name\n${rows.join('\n')}\n`;
  const picked = Uint32Array.from({ length: 500 }, (_, i) => (i * 7919) % 300_000);
  const [small, large] = [await table(text, 100_000), await table(text)];
  for (const name of ['x', 'name']) {
    const read = await small.columns.get(name)!.gather(picked);
    expect(read).toEqual(await large.columns.get(name)!.gather(picked));
    expect(read.data[1]).toBe(name === 'x' ? 7919 / 8 : 'né, 7919');
  }
});

test('blocks of numbers and texts beyond the budget', async () => {
  const shelf = newShelf(new Budget(0));
  const [numbers, texts] = [new NumberColumn(shelf), new TextColumn(shelf)];
  for (let i = 0; i < 140_000; i++) {
    numbers.push(i * 0.5);
    texts.push(i % 3 === 0 ? '' : `t${i}`);
  }
  const rows = Uint32Array.of(0, 65_535, 65_536, 131_072, 139_999);
  const where = String;
  expect([...(await numbers.column(false, where).gather(rows)).data]).toEqual(Array.from(rows, (row) => row * 0.5));
  expect(texts.at(65_537)).toBe('t65537');
  expect(texts.at(131_073)).toBe('');
});

test('what is not as it should be', async () => {
  await expect(table('x,name\n1,2\n1,2,3\n')).rejects.toThrow('Row 2 of "t.csv" has 3 cells, but there are 2 columns');
  await expect(table('x,name\n1,"open\n')).rejects.toThrow('In row 2 of "t.csv" a quoted cell is never closed');
  await expect(table('x,name\n1,"a"b\n')).rejects.toThrow('has text after its quote');
  await expect(table('x,x\n1,2\n')).rejects.toThrow('two columns called `x`');
});
