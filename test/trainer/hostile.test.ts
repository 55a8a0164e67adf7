/** Data that is damaged, wrong or meant to do harm: one clear error each, in bounded memory. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';
import { Failure } from '../../trainer/failure.ts';
import { planMaker } from '../compiler/plans.ts';
import { type DataSketch, withData } from './data-plan.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

/** Straight from a plan: the checker would have told much of it before. */
function open(source: DataSketch['source'], files: DataSketch['files'], column: string, shape: readonly number[] = []) {
  const sketch: DataSketch = {
    source,
    files,
    nodes: [{ op: 'column', settings: { name: column } }],
    fields: { x: { node: 0, dtype: 'float32', shape } },
  };
  const plan = planMaker('Test').finish({ ref: { node: 0, output: 0 }, shape: [], dtype: 'float32' });
  return loadData({
    plan: withData(plan, sketch, join(folder, 'test.model')),
    dataFolder: undefined,
    fitted: undefined,
    whole: false,
  });
}

async function failure(run: Promise<unknown>): Promise<Failure> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw error ?? new Error('nothing went wrong');
}

/** What the work takes at most beyond what was taken before. */
async function grown(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  return most - before;
}

function idx(sizes: readonly number[], body: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + sizes.length * 4);
  head.set([0, 0, 8, sizes.length]);
  for (const [i, size] of sizes.entries()) head.writeUInt32BE(size, 4 + i * 4);
  return Buffer.concat([head, body]);
}

const MIB = 2 ** 20;

test('a packed IDX file that grows far beyond what its head says is not unpacked to its end', async () => {
  write('bomb.gz', gzipSync(idx([10, 2], Buffer.alloc(400 * MIB))));
  let error: Failure | undefined;
  const most = await grown(async () => {
    error = await failure(open('idx', { x: 'bomb.gz' }, 'x', [2]));
  });
  expect(error?.code).toBe('data/idx-length');
  expect(error?.message).toContain('It has bytes left over');
  expect(most).toBeLessThan(150 * MIB);
});

test('a packed table without any line end is given up', async () => {
  write('bomb.csv.gz', gzipSync(Buffer.alloc(300 * MIB, 'a')));
  const error = await failure(open('csv', { file: 'bomb.csv.gz' }, 'x'));
  expect(error.message).toContain('Row 1 of "bomb.csv.gz" has more than');
});

test('a head that claims more than any file holds', async () => {
  write('huge.idx', idx([0xffffffff, 0xffffffff, 0xffff], Buffer.alloc(10)));
  expect((await failure(open('idx', { x: 'huge.idx' }, 'x'))).message).toContain('It is cut off');
});

test('a million columns', async () => {
  const names = Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(',');
  const row = Array.from({ length: 1_000_000 }, (_, i) => i).join(',');
  write('wide.csv', `${names}\n${row}\n${row}\n`);
  const preparer = await open('csv', { file: 'wide.csv' }, 'c999999');
  const batch = await preparer.prepare({ part: 'train', epoch: 1, index: 0, size: 2 });
  expect([...batch.fields.x!.data]).toEqual([999_999, 999_999]);
  const missing = await failure(open('csv', { file: 'wide.csv' }, 'no such'));
  expect(missing.message.length).toBeLessThan(600);
});

test('not-a-number and infinite numbers', async () => {
  const head = Buffer.from(`${"{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".padEnd(117)}\n`);
  const npy = (numbers: readonly number[]) =>
    Buffer.concat([
      Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, head.length, 0]),
      head,
      Buffer.from(Float32Array.from(numbers).buffer),
    ]);
  write('nan.npy', npy([1, Number.NaN, 3]));
  expect((await failure(open('npy', { x: 'nan.npy' }, 'x'))).message).toContain('Row 1 of "nan.npy" is empty');
  write('inf.npy', npy([1, 2, Number.POSITIVE_INFINITY]));
  expect((await failure(open('npy', { x: 'inf.npy' }, 'x'))).message).toContain('Row 2 of "inf.npy" gives Infinity');
});

test('encodings: a mark is passed over, UTF-16 and Latin-1 are told', async () => {
  const text = 'x\n1\n2\n';
  write('mark.csv', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]));
  expect((await open('csv', { file: 'mark.csv' }, 'x')).rows.train).toBe(2);
  write('wide.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  expect((await failure(open('csv', { file: 'wide.csv' }, 'x'))).message).toContain('it looks like UTF-16');
  write('latin.csv', Buffer.from('x\n1\né\n', 'latin1'));
  expect((await failure(open('csv', { file: 'latin.csv' }, 'x'))).code).toBe('data/not-text');
  // Rows in one encoding, then in another: far behind the start.
  write('mixed.csv', Buffer.concat([Buffer.from(`x\n${'1\n'.repeat(400_000)}`), Buffer.from('é\n', 'latin1')]));
  expect((await failure(open('csv', { file: 'mixed.csv' }, 'x'))).code).toBe('data/not-text');
  write('nul.csv', Buffer.from('x\n1\n\0\0\n'));
  expect((await failure(open('csv', { file: 'nul.csv' }, 'x'))).code).toBe('data/lossy');
});

test('a file that is written to, or cut, while it is read from the disk', async () => {
  process.env.MODELWRIGHT_DATA_MEMORY = '1000';
  try {
    const body = Buffer.alloc(200 * 100, 7);
    write('live.idx', idx([200, 100], body));
    const preparer = await open('idx', { x: 'live.idx' }, 'x', [100]);
    const wish = { part: 'train', epoch: 1, index: 0, size: 50 } as const;
    expect((await preparer.prepare(wish)).size).toBe(50);
    write('live.idx', idx([200, 100], Buffer.alloc(100)));
    utimesSync(join(folder, 'live.idx'), 1, 1);
    const error = await failure(preparer.prepare({ ...wish, index: 1 }));
    expect(error.message).toBe(
      'The data file "live.idx" was changed while it was being read. Leave it alone during a run, and train again.',
    );
  } finally {
    delete process.env.MODELWRIGHT_DATA_MEMORY;
  }
});

function load(lines: string) {
  const text = `data D {\n${lines}\n}\nmodel M {\n  input x: float32[4, 4, 3]\n  output y = x -> Flatten -> Dense(1) -> squeeze\n}\ntrain M on D {\n  loss: mse(y, 0.5)\n}\n`;
  const answer = makePlan(createAnalyser(createFiles()), { file: join(folder, 'test.model'), text, action: 'train' });
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  return loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
}

/** A picture of 4 × 4 pixels, without anything packed. */
function bmp(): Buffer {
  const bytes = Buffer.alloc(54 + 4 * 12, 9);
  bytes.fill(0, 0, 54);
  bytes.write('BM');
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(4, 18);
  bytes.writeInt32LE(4, 22);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

const field = '  x: float32[4, 4, 3] = file -> decodeImage -> scale(0..255, 0..1)\n  shuffle: false';

test('a folder whose links go round in a circle is read once', async () => {
  write('loop/a.bmp', bmp());
  mkdirSync(join(folder, 'loop', 'in'), { recursive: true });
  try {
    symlinkSync('..', join(folder, 'loop', 'in', 'back'), 'dir');
  } catch {
    return; // Without the right to make links there is nothing to try.
  }
  expect((await load(`  source: folder("loop")\n${field}`)).rows.train).toBe(1);
});

test('a picture that vanishes during a run, and one that says it is 100,000 pixels wide', async () => {
  for (let i = 0; i < 300; i++) write(`many/${String(i).padStart(3, '0')}.bmp`, bmp());
  const preparer = await load(`  source: folder("many")\n${field}`);
  unlinkSync(join(folder, 'many', '250.bmp'));
  const wish = { part: 'train', epoch: 1, size: 100 } as const;
  expect((await preparer.prepare({ ...wish, index: 1 })).size).toBe(100);
  const error = await failure(preparer.prepare({ ...wish, index: 2 }));
  expect(error.message).toContain('The file of "many/250.bmp" cannot be read: ENOENT');
  const wide = bmp();
  wide.writeInt32LE(100_000, 18);
  wide.writeInt32LE(100_000, 22);
  write('many/010.bmp', wide);
  const huge = await failure(
    load(`  source: folder("many", files: "01*.bmp")\n${field.replace('decodeImage', 'decodeImage -> resize(4, 4)')}`),
  );
  expect(huge.message).toContain('it says that it is 100000 × 100000 pixels');
});

test('files that are no pictures are counted before the first step', async () => {
  for (let i = 0; i < 250; i++) write(`mixed/${String(i).padStart(3, '0')}.bmp`, bmp());
  write('mixed/200.bmp', 'a text');
  write('mixed/240.bmp', '');
  const error = await failure(load(`  source: folder("mixed")\n${field}`));
  expect(error.message).toContain('2 of 250 files are no picture (PNG, JPEG, WebP or BMP). The first is');
  expect(error.message).toContain('200.bmp": it begins as something else. Take them out of the folder');
});
