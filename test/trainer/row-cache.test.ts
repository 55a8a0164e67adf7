/** Rows that are kept: the same batches, made once, in memory that workers share and in files that later runs find. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { makeRoom } from '../../trainer/data/disk-cache.ts';
import { batchesOf } from '../../trainer/data/feed.ts';
import { type DataRequest, loadData } from '../../trainer/data/prepare.ts';

let folder = '';
const pictures = () => join(folder, 'pictures');
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
});
beforeEach(async () => {
  rmSync(pictures(), { recursive: true, force: true });
  for (let i = 0; i < 12; i++) {
    mkdirSync(join(pictures(), i % 2 === 0 ? 'even' : 'odd'), { recursive: true });
    const bytes = await sharp({
      create: { width: 6, height: 5, channels: 3, background: { r: i * 20, g: i, b: 255 - i } },
    })
      .png()
      .toBuffer();
    writeFileSync(join(pictures(), i % 2 === 0 ? 'even' : 'odd', `${10 + i}.png`), bytes);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(cache: string, rest: Partial<DataRequest> = {}) {
  const text = `data D {\n  source: folder("pictures")\n  x: float32[5, 6, 3] = file -> decodeImage -> scale(0..255, 0..1)\n  kind: int32 = folder -> Index\n  validation: 25%\n  augment: x -> flip\n  cache: ${cache}\n}\nmodel M {\n  input x: float32[5, 6, 3]\n  output y = x -> Flatten -> Dense(2)\n}\ntrain M on D {\n  loss: crossEntropy(y, kind)\n}\n`;
  const answer = makePlan(createAnalyser(createFiles()), { file: join(folder, 'test.model'), text, action: 'train' });
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  return loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false, ...rest });
}

async function epochs(preparer: Awaited<ReturnType<typeof load>>, from = 1) {
  const numbers: number[][] = [];
  for (const epoch of [from, from + 1]) {
    for (const part of ['train', 'validation'] as const)
      for await (const batch of batchesOf(preparer, { part, epoch, size: 4 }, 0))
        numbers.push(Array.from(batch.fields.x!.data, Number), Array.from(batch.fields.kind!.data, Number));
  }
  return numbers;
}

const removePictures = () => rmSync(pictures(), { recursive: true, force: true });

test('kept in memory: the same numbers, and from the second epoch on without the files', async () => {
  const expected = await epochs(await load('none'));
  const preparer = await load('memory');
  expect(await epochs(preparer)).toEqual(expected);
  const helper = await load('memory', { fitted: preparer.fitted, second: { shared: preparer.shared } });
  removePictures();
  expect(await epochs(preparer)).toEqual(expected);
  // Another worker finds what the first one made.
  expect(await epochs(helper)).toEqual(expected);
});

test('kept on disk: a later run of the same data finds them, one that makes them otherwise does not', async () => {
  const cacheFolder = join(folder, 'kept');
  const expected = await epochs(await load('none'));
  const first = await load('disk', { cacheFolder });
  expect(await epochs(first)).toEqual(expected);
  await first.dispose();
  const [key = ''] = readdirSync(cacheFolder);
  expect(readdirSync(join(cacheFolder, key)).sort()).toEqual(['kind.bin', 'rows', 'x.bin']);
  const later = await load('disk', { cacheFolder });
  removePictures();
  expect(await epochs(later)).toEqual(expected);
});

test('too little memory keeps a part of the rows and says so', async () => {
  process.env.MODELWRIGHT_DATA_MEMORY = String(5 * (1 + 5 * 6 * 3 + 4) * 2);
  try {
    const preparer = await load('memory');
    expect(preparer.notes).toEqual([
      '`cache: memory` keeps 42 % of the rows: no more fit into memory. `cache: disk` may keep all.',
    ]);
    expect(await epochs(preparer)).toEqual(await epochs(await load('none')));
  } finally {
    delete process.env.MODELWRIGHT_DATA_MEMORY;
  }
});

test('old folders go where there are too many, those in use stay', () => {
  const root = join(folder, 'many');
  const now = Date.now();
  for (const [name, hours] of [
    ['old', 30],
    ['older', 40],
    ['new', 1],
  ] as const) {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, 'x.bin'), Buffer.alloc(64 * 1024, 1));
    utimesSync(join(root, name), now / 1000, now / 1000 - hours * 3600);
  }
  process.env.MODELWRIGHT_CACHE_LIMIT = String(200 * 1024);
  try {
    expect(makeRoom(root, 'own', 70 * 1024, now)).toBe(true);
    expect(readdirSync(root).sort()).toEqual(['new', 'old', 'own']);
    expect(makeRoom(root, 'own', 300 * 1024, now)).toBe(false);
  } finally {
    delete process.env.MODELWRIGHT_CACHE_LIMIT;
  }
});
