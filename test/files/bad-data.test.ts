/** Data that is not what it should be: a plain answer, at once and in the background, and never a wait without end. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { createDisk, createFiles, type PathRules } from '../../files/index.ts';
import type { DataHeader, FileResult, HeaderWish } from '../../language/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'modelwright-bad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = join(folder, 'a.model');
const inside = (...parts: string[]) => join(folder, ...parts);

type Answer = FileResult<DataHeader> | undefined;

/** What the background answers once it is known. */
function later(path: string, wish: HeaderWish, rules: Partial<PathRules> = {}): Promise<Answer> {
  return new Promise((done) => {
    const disk = createDisk({
      dataFolder: undefined,
      trusted: true,
      folders: [],
      ...rules,
      open: () => undefined,
      known: () => done(disk.files.header(program, path, wish)),
    });
    const first = disk.files.header(program, path, wish);
    if (first !== undefined) done(first);
  });
}

/** Both ways of reading give the same. */
async function both(path: string, wish: HeaderWish, rules: Partial<PathRules> = {}): Promise<Answer> {
  const now = createFiles(rules).header(program, path, wish);
  expect(await later(path, wish, rules)).toEqual(now);
  return now;
}

test('an empty file', async () => {
  writeFileSync(inside('empty'), '');
  expect(await both('empty', { kind: 'csv' })).toMatchObject({
    ok: true,
    value: { kind: 'csv', columns: [], rows: 0 },
  });
  expect(await both('empty', { kind: 'idx' })).toMatchObject({ ok: true, value: { kind: 'text', characters: 0 } });
  expect(await both('empty', { kind: 'npy' })).toMatchObject({ ok: true, value: { kind: 'text' } });
  expect(await both('empty', { kind: 'parquet' })).toMatchObject({ ok: true, value: { kind: 'text' } });
  expect(await both('empty', { kind: 'jsonl' })).toMatchObject({ ok: true, value: { kind: 'jsonl', columns: [] } });
});

test('a folder where a file should be, and a file where a folder should be', async () => {
  mkdirSync(inside('sub'));
  writeFileSync(inside('plain'), 'x');
  expect(await both('sub', { kind: 'csv' })).toMatchObject({ ok: false, trouble: 'folder' });
  expect(await both('plain', { kind: 'folder' })).toMatchObject({ ok: true, value: { kind: 'text' } });
});

test('sockets, pipes and devices are not opened', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows has no such files.');
  const server = createServer();
  await new Promise<void>((done) => server.listen(inside('socket'), done));
  execFileSync('mkfifo', [inside('pipe')]);
  expect(await both('socket', { kind: 'csv' })).toMatchObject({ ok: false });
  expect(await both('pipe', { kind: 'csv' })).toMatchObject({ ok: false, trouble: 'device' });
  expect(await both('/dev/zero', { kind: 'text' })).toMatchObject({ ok: false, trouble: 'device' });
  await new Promise((done) => server.close(done));
});

test('a file that may not be read', async (context) => {
  writeFileSync(inside('locked'), 'a,b\n1,2\n');
  chmodSync(inside('locked'), 0);
  if (process.getuid?.() === 0 || process.platform === 'win32')
    return context.skip('Whoever runs this may read all files.');
  expect(await both('locked', { kind: 'csv' })).toMatchObject({ ok: false, trouble: 'denied' });
});

test('an enormous file is read in part', async () => {
  const file = openSync(inside('huge.csv'), 'w');
  ftruncateSync(file, 2 ** 40);
  closeSync(file);
  const found = await both('huge.csv', { kind: 'csv' });
  expect(found).toMatchObject({ ok: true });
  expect(found?.ok && 'rows' in found.value ? found.value.rows : undefined).toBeUndefined();
  expect(await both('huge.csv', { kind: 'idx' })).toMatchObject({ ok: true, value: { kind: 'text' } });
});

test('a packed file that grows a thousandfold is unpacked in part', async () => {
  const zeros = Buffer.concat([Buffer.from([0, 0, 8, 2, 0, 0, 0, 100, 0, 15, 66, 64]), Buffer.alloc(100_000_000)]);
  writeFileSync(inside('bomb.gz'), gzipSync(zeros, { level: 1 }));
  expect(await both('bomb.gz', { kind: 'idx' })).toMatchObject({
    ok: true,
    value: { shape: [100, 1_000_000], range: [0, 0] },
  });
  expect(await both('bomb.gz', { kind: 'csv' })).toMatchObject({ ok: true, value: { kind: 'csv' } });
});

test('a header that promises more than the file has', async () => {
  writeFileSync(inside('lies.idx'), Buffer.from([0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 1, 7]));
  expect(await both('lies.idx', { kind: 'idx' })).toMatchObject({ ok: true, value: { range: [7, 7] } });
});

test('links that go round in a circle, and a link to a folder above', async (context) => {
  if (process.platform === 'win32') return context.skip('Links need rights there.');
  symlinkSync('loop', inside('loop'));
  expect(await both('loop', { kind: 'csv' })).toMatchObject({ ok: false });
  mkdirSync(inside('pictures', 'cat'), { recursive: true });
  writeFileSync(inside('pictures', 'cat', '1.png'), '');
  symlinkSync(inside('pictures'), inside('pictures', 'cat', 'again'));
  expect(await both('pictures', { kind: 'folder' })).toMatchObject({ ok: true, value: { files: 1, whole: true } });
});

test('an untrusted workspace lists nothing outside, not even through a link', async (context) => {
  if (process.platform === 'win32') return context.skip('Links need rights there.');
  const outside = mkdtempSync(join(tmpdir(), 'modelwright-outside-'));
  writeFileSync(join(outside, '1.png'), Buffer.from('89504e470d0a1a0a0000000d494844520000000700000005080200', 'hex'));
  symlinkSync(outside, inside('linked'));
  mkdirSync(inside('own'));
  symlinkSync(join(outside, '1.png'), inside('own', '1.png'));
  const rules = { trusted: false, folders: [folder] };
  expect(await both('linked', { kind: 'folder' }, rules)).toMatchObject({ ok: false, trouble: 'outside' });
  expect(await both('own', { kind: 'folder' }, rules)).toMatchObject({ ok: true, value: { sample: { looked: 0 } } });
  expect(await both('own', { kind: 'folder' })).toMatchObject({
    ok: true,
    value: { sample: { looked: 1, images: [[5, 7, 3]] } },
  });
  rmSync(outside, { recursive: true });
});

test('a folder without end is listed in part', async () => {
  const deep = inside('deep', ...Array.from({ length: 12 }, (_, i) => `level-${i}`));
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, 'far.txt'), '');
  writeFileSync(inside('deep', 'near.txt'), '');
  expect(await both('deep', { kind: 'folder' })).toMatchObject({ ok: true, value: { files: 1, whole: false } });
});

test('a file that grows is read anew, the answer before it stands until then', async () => {
  writeFileSync(inside('grows.csv'), 'a\n1\n');
  let clock = 0;
  let told = (): void => undefined;
  const disk = createDisk(
    { dataFolder: undefined, trusted: true, folders: [], open: () => undefined, known: () => told() },
    () => clock,
  );
  const ask = () => disk.files.header(program, 'grows.csv', { kind: 'csv' });
  const next = () =>
    new Promise<void>((done) => {
      told = done;
    });
  const known = next();
  expect(ask()).toBeUndefined();
  await known;
  expect(ask()).toMatchObject({ value: { rows: 1 } });
  appendFileSync(inside('grows.csv'), '2\n');
  clock += 10_000;
  const again = next();
  expect(ask()).toMatchObject({ value: { rows: 1 } });
  await again;
  expect(ask()).toMatchObject({ value: { rows: 2 } });
});

test('a file added to a folder is counted once the folder is looked at anew', async () => {
  mkdirSync(inside('adds', 'cat'), { recursive: true });
  writeFileSync(inside('adds', 'cat', '1.txt'), '');
  let told = (): void => undefined;
  const disk = createDisk({
    dataFolder: undefined,
    trusted: true,
    folders: [],
    open: () => undefined,
    known: () => told(),
  });
  const ask = () => disk.files.header(program, 'adds', { kind: 'folder' });
  const next = () =>
    new Promise<void>((done) => {
      told = done;
    });
  const known = next();
  ask();
  await known;
  writeFileSync(inside('adds', 'cat', '2.txt'), '');
  disk.changed(inside('adds', 'cat', '2.txt'));
  const again = next();
  expect(ask()).toMatchObject({ value: { files: 1 } });
  await again;
  expect(ask()).toMatchObject({ value: { files: 2 } });
});
