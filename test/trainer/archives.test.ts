/** Arrays in an archive, as `np.savez` and `np.savez_compressed` write them, and archives that are none. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadData } from '../../trainer/data/prepare.ts';
import { Failure } from '../../trainer/failure.ts';
import { planMaker } from '../compiler/plans.ts';
import { type DataSketch, withData } from './data-plan.ts';

const python = join(import.meta.dirname, '..', '..', '.references', 'bin', 'python');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'archives-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open(file: string, column = 'x') {
  const sketch: DataSketch = {
    source: 'npy',
    files: { [column]: file },
    nodes: [{ op: 'column', settings: { name: column } }],
    fields: { x: { node: 0, dtype: 'float32', shape: [2] } },
  };
  const plan = planMaker('Test').finish({ ref: { node: 0, output: 0 }, shape: [], dtype: 'float32' });
  return loadData({
    plan: withData(plan, sketch, join(folder, 'a.model')),
    dataFolder: undefined,
    fitted: undefined,
    whole: false,
  });
}

test.skipIf(!existsSync(python))('archives that NumPy wrote (needs the reference Python)', async () => {
  const code = `import numpy as np; x = np.arange(8, dtype='f4').reshape(4, 2); np.savez('a.npz', x=x, y=x); np.savez_compressed('b.npz', x=x)
with open('bomb.npz', 'wb') as f: np.savez_compressed(f, x=np.zeros((4, 2), 'f4'))
import zipfile; z = zipfile.ZipFile('bomb.npz'); head = z.read('x.npy'); z.close()
with zipfile.ZipFile('bomb.npz', 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('x.npy', head + bytes(200_000_000))`;
  execFileSync(python, ['-c', code], { cwd: folder });
  for (const name of ['a.npz', 'b.npz']) {
    const preparer = await open(name);
    const batch = await preparer.prepare({ part: 'train', epoch: 0, index: 0, size: 4 });
    expect([...batch.fields.x!.data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  }
  await expect(open('b.npz', 'z')).rejects.toThrow('The archive "b.npz" has no array `z`. Its arrays are x');
  const before = process.memoryUsage().rss;
  await expect(open('bomb.npz')).rejects.toThrow('It is cut off or damaged');
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('a file that begins as an archive and is none', async () => {
  writeFileSync(join(folder, 'torn.npz'), Buffer.from('PK\u0003\u0004 and then nothing'));
  const error: unknown = await open('torn.npz').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Failure);
  expect(String(error)).toContain('The archive "torn.npz" cannot be read');
});
