/** The files of a program: found beside it or in the data folder, read within bounds, kept while they do not change. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { createDisk, createFiles } from '../../files/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'modelwright-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = join(folder, 'program', 'a.model');
mkdirSync(join(folder, 'program'));
mkdirSync(join(folder, 'data'));

const idx = Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2]), Buffer.from([0, 9, 200, 3])]);
writeFileSync(join(folder, 'data', 'images.gz'), gzipSync(idx));
writeFileSync(join(folder, 'program', 'rows.csv'), 'age,name,weight\n3,ann,1.5\n40,bob,\n');
writeFileSync(join(folder, 'program', 'text.txt'), 'abcab');
writeFileSync(join(folder, 'program', 'b.model'), 'block B { input x: [N]  output x }');

test('a data file lies beside the program or in the data folder', () => {
  const files = createFiles({ dataFolder: join(folder, 'data') });
  expect(files.header(program, 'images.gz', { kind: 'idx' })).toEqual({
    ok: true,
    value: { kind: 'idx', dtype: 'uint8', shape: [2, 1, 2], range: [0, 200] },
  });
  expect(files.header(program, 'rows.csv', { kind: 'csv' })).toMatchObject({
    ok: true,
    value: {
      rows: 2,
      columns: [
        { name: 'age', type: 'int', range: [3, 40] },
        { name: 'name', type: 'string', values: ['ann', 'bob'] },
        { name: 'weight', type: 'float', missing: 1 },
      ],
    },
  });
  expect(files.header(program, 'text.txt', { kind: 'text' })).toEqual({
    ok: true,
    value: { kind: 'text', characters: 5, alphabet: 3, lines: 1 },
  });
});

test('the same file gives the same object until it changes', () => {
  const files = createFiles({});
  const first = files.header(program, 'text.txt', { kind: 'text' });
  expect(files.header(program, 'text.txt', { kind: 'text' })).toBe(first);
  utimesSync(join(folder, 'program', 'text.txt'), 1, 1);
  expect(files.header(program, 'text.txt', { kind: 'text' })).not.toBe(first);
});

test('troubles say what is the matter', () => {
  const files = createFiles({});
  expect(files.header(program, 'nothing.csv', { kind: 'csv' })).toMatchObject({ ok: false, trouble: 'missing' });
  expect(files.header(program, '.', { kind: 'csv' })).toMatchObject({ ok: false, trouble: 'folder' });
  expect(files.header(program, '/dev/null', { kind: 'text' })).toMatchObject({ ok: false, trouble: 'device' });
  writeFileSync(
    join(folder, 'program', 'broken.gz'),
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff]),
  );
  expect(files.header(program, 'broken.gz', { kind: 'idx' })).toMatchObject({ ok: false, trouble: 'unreadable' });
});

test('a cut-off packed file still tells its header', () => {
  const packed = gzipSync(Buffer.concat([idx.subarray(0, 16), Buffer.alloc(5000, 7)]));
  writeFileSync(join(folder, 'program', 'cut.gz'), packed.subarray(0, packed.length - 9));
  expect(createFiles({}).header(program, 'cut.gz', { kind: 'idx' })).toMatchObject({
    ok: true,
    value: { shape: [2, 1, 2] },
  });
});

test('an untrusted workspace reads nothing outside its folders, not even through a link', async () => {
  const rules = { trusted: false, folders: [join(folder, 'program')], dataFolder: join(folder, 'data') };
  const files = createFiles(rules);
  expect(files.header(program, 'images.gz', { kind: 'idx' })).toMatchObject({ ok: false, trouble: 'outside' });
  expect(files.header(program, 'rows.csv', { kind: 'csv' })).toMatchObject({ ok: true });
  expect(files.source(program, '../other.model')).toBe('outside');
  symlinkSync(join(folder, 'data', 'images.gz'), join(folder, 'program', 'link.gz'));
  const told = await knownOf(rules, (disk) => disk.files.header(program, 'link.gz', { kind: 'idx' }));
  expect(told).toMatchObject({ ok: false, trouble: 'outside' });
});

test('a download lies in the folder of downloads, which an untrusted workspace does not read', () => {
  const dataFolder = join(folder, 'data');
  mkdirSync(join(dataFolder, 'downloads'), { recursive: true });
  writeFileSync(join(dataFolder, 'downloads', '00ff-rows.csv'), 'a,b\n1,2\n');
  const header = (trusted: boolean, name: string) =>
    createFiles({ dataFolder, trusted, folders: [join(folder, 'program')] }).header(program, `download:${name}`, {
      kind: 'csv',
    });
  expect(header(true, '00ff-rows.csv')).toMatchObject({ ok: true, value: { rows: 1 } });
  expect(header(true, 'other.csv')).toMatchObject({ ok: false, trouble: 'missing' });
  expect(header(false, '00ff-rows.csv')).toMatchObject({ ok: false, trouble: 'outside' });
});

test('the disk never waits: it answers later, and open documents win', async () => {
  const rules = { trusted: true, folders: [], dataFolder: join(folder, 'data') };
  const header = await knownOf(rules, (disk) => disk.files.header(program, 'images.gz', { kind: 'idx' }));
  expect(header).toMatchObject({ ok: true, value: { shape: [2, 1, 2] } });
  const source = await knownOf(rules, (disk) => disk.files.source(program, './b.model'));
  expect(source).toMatchObject({ text: 'block B { input x: [N]  output x }' });
  const disk = createDisk({ ...rules, open: () => 'open text', known: () => {} });
  expect(disk.files.source(program, './b.model')).toMatchObject({ text: 'open text' });
});

/** Asks once, waits until something is known, and asks again. */
function knownOf<T>(
  rules: { readonly trusted: boolean; readonly folders: readonly string[]; readonly dataFolder: string },
  ask: (disk: ReturnType<typeof createDisk>) => T | undefined,
): Promise<T | undefined> {
  return new Promise((done) => {
    const disk = createDisk({ ...rules, open: () => undefined, known: () => done(ask(disk)) });
    expect(ask(disk)).toBeUndefined();
  });
}
