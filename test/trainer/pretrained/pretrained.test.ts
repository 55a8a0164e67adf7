/** Networks that Keras wrote, taken into a program: the same numbers, from their files, on every engine that is there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compile } from '../../../compiler/index.ts';
import { pretrainedWeights } from '../../../trainer/pretrained/index.ts';
import { engines } from '../../engines/engines.ts';
import { planOf } from './program.ts';

const python = ['.references/bin/python', '.references/Scripts/python.exe'].find((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), 'mw-networks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
if (python !== undefined) {
  execFileSync(python, [join(import.meta.dirname, 'networks.py'), folder], { stdio: 'pipe' });
}

const BATCH = 4;

const floats = (name: string): Float32Array => {
  const bytes = readFileSync(join(folder, name));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

const cases = [
  ['images', 'a graph of layers', [16, 16, 3], [5], 'Pretrained("images.keras")', 'images.y'],
  ['images', 'cut at a layer', [16, 16, 3], [108], 'Pretrained("images.keras", output: "flat")', 'images.flat'],
  [
    'images',
    'cut before an activation',
    [16, 16, 3],
    [8, 8, 8],
    'Pretrained("images.keras", output: "norm")',
    'images.norm',
  ],
  ['operations', 'operations between layers', [8, 8, 3], [3], 'Pretrained("operations.keras")', 'operations.y'],
  ['nested', 'models within a model', [8, 8, 3], [2], 'Pretrained("nested.keras")', 'nested.y'],
  ['sequences', 'layers in a row', [12, 4], [3], 'Pretrained("sequences.keras")', 'sequences.y'],
  ['browser', 'as TensorFlow.js writes it', [6, 6, 2], [3], 'Pretrained("model.json")', 'browser.y'],
] as const;

describe.skipIf(python === undefined)('networks of Keras (npm run references)', () => {
  for (const { name: engineName, missing, open } of engines) {
    test.skipIf(missing !== '').each(cases)(`${engineName}: %s, %s`, async (name, _title, shape, output, call, y) => {
      const plan = planOf(folder, shape, output, call);
      const given = await pretrainedWeights(plan, undefined);
      expect(given.size).toBe(plan.graph.weights.length);
      const engine = await open();
      const session = await engine.open(compile(plan, undefined, given), { batch: BATCH, threads: 1, seed: 0 });
      const size = shape.reduce((a, b) => a * b, 1);
      const x = { dtype: 'float32' as const, shape: [BATCH, ...shape], data: floats(`${name}.x`) };
      expect(x.data).toHaveLength(BATCH * size);
      const results = await session.predict({ size: BATCH, fields: { x } });
      const wanted = floats(y);
      const given_ = results.y!.data;
      expect(given_).toHaveLength(wanted.length);
      let worst = 0;
      wanted.forEach((value, i) => {
        worst = Math.max(worst, Math.abs(value - given_[i]!) / Math.max(1, Math.abs(value)));
      });
      expect(worst).toBeLessThan(1e-5);
      await session.dispose();
      await engine.dispose();
    });
  }

  test('its layers are layers of the program: paths, freezing, counting', () => {
    const plan = planOf(folder, [16, 16, 3], [5], 'Pretrained("images.keras")', ['freeze: backbone.norm']);
    const paths = plan.graph.weights.map(({ path }) => path);
    expect(paths).toContain('M/backbone/stem/kernel');
    expect(paths).toContain('M/backbone/norm/mean');
    const of = (path: string) => plan.graph.weights.find((weight) => weight.path === path);
    expect(of('M/backbone/norm/scale')?.trainable).toBe(false);
    expect(of('M/backbone/head/kernel')?.trainable).toBe(true);
    const measured = planOf(folder, [8, 8, 3], [3], 'Pretrained("operations.keras")');
    const normal = measured.graph.nodes.find(({ path }) => path === 'M/backbone/normalization');
    expect(normal?.frozen).toBe(true);
    expect(plan.graph.nodes.find(({ path }) => path === 'M/backbone/norm')?.frozen).toBe(true);
    const kept = planOf(folder, [16, 16, 3], [5], 'Pretrained("images.keras", trainable: false) -> Dense(5)');
    expect(kept.graph.weights.filter(({ trainable }) => trainable).map(({ path }) => path)).toEqual([
      expect.stringMatching(/Dense\.0\/kernel$/),
      expect.stringMatching(/Dense\.0\/bias$/),
    ]);
  });

  test('a file whose weights do not fit its layers is told at its line', async () => {
    const plan = planOf(folder, [12, 4], [3], 'Pretrained("sequences.keras")');
    const [first, ...others] = plan.graph.weights;
    const broken = { ...plan, graph: { ...plan.graph, weights: [{ ...first!, shape: [3, 4, 7] }, ...others] } };
    await expect(pretrainedWeights(broken, undefined)).rejects.toMatchObject({
      code: 'data/network-weight',
      place: { line: 4 },
    });
  });
});
