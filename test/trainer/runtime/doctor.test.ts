/** What the doctor sees of an engine without loading it, and the whole doctor where the Python references are. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DoctorReport } from '../../../protocol/index.ts';
import { cudaStep, nodeStep, tensorflowSteps } from '../../../trainer/runtime/examine.ts';
import { bundleTrainer } from '../bundle.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modelwright-doctor-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content = ''): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}
const onUnix = test.skipIf(process.platform === 'win32');
const library = process.platform === 'darwin' ? 'libtensorflow_cc.2.dylib' : 'libtensorflow_cc.so.2';
const places = (env: Record<string, string> = {}) => ({
  env: { PATH: root, MODELWRIGHT_HOME: root, ...env },
  folders: [join(root, 'program')],
});

test('an old Node is told with the cure', () => {
  expect(nodeStep('v20.1.0')).toMatchObject({ ok: true });
  expect(nodeStep('v18.20.0')).toMatchObject({ ok: false, cure: expect.stringContaining('Node 20') });
});

onUnix('no TensorFlow: where it was looked for, and how to get one', async () => {
  const { steps, libraries } = await tensorflowSteps(places());
  expect(libraries).toBeUndefined();
  expect(steps[0]).toMatchObject({ what: 'libtensorflow', ok: false });
  expect(steps[0]!.found).toContain('.venv beside the program');
  expect(steps[0]!.cure).toContain('doctor --install');
});

onUnix('the environment beside the program is found, with its version', async () => {
  const file = put(`.venv/lib/python3.12/site-packages/tensorflow/${library}`);
  put('.venv/lib/python3.12/site-packages/tensorflow_cpu-2.21.0.dist-info/METADATA', 'Name: tensorflow_cpu\n');
  const { steps, libraries } = await tensorflowSteps(places());
  expect(libraries).toBe(dirname(file));
  expect(steps[0]!.found).toBe(`${file}, tensorflow_cpu 2.21.0`);
  expect(steps[1]!.found).toContain('used by its C API');
  expect(cudaStep(libraries, {})).toMatchObject({ ok: false, found: expect.stringContaining('for the CPU alone') });
});

onUnix('the CUDA libraries that a TensorFlow asks for, beside it and by the loader’s path', () => {
  const site = 'env/lib/python3.12/site-packages';
  const folder = dirname(put(`${site}/tensorflow/${library}`));
  const wants = ['nvidia-cudnn-cu12<10.0,>=9.3', 'nvidia-cublas-cu12<13.0,>=12.5', 'nvidia-cuda-nvcc-cu12>=12'];
  const metadata = wants.map((want) => `Requires-Dist: ${want}; extra == "and-cuda"\n`).join('');
  put(`${site}/tensorflow-2.21.0.dist-info/METADATA`, metadata);
  const missing = cudaStep(folder, {});
  expect(missing.found).toBe(
    'tensorflow 2.21.0 asks for libcudnn (nvidia-cudnn-cu12 <10.0,>=9.3), libcublas (nvidia-cublas-cu12 <13.0,>=12.5), which are not there',
  );
  put(`${site}/nvidia/cudnn/lib/libcudnn.so.9`);
  const cuda = dirname(put('cuda/libcublas.so.12'));
  expect(cudaStep(folder, { LD_LIBRARY_PATH: cuda })).toMatchObject({ ok: true });
});

const references = join(import.meta.dirname, '..', '..', '..', '.references');
const hasReferences = process.platform !== 'win32' && existsSync(join(references, 'lib'));

test.skipIf(!hasReferences)(
  'a TensorFlow in a Python environment is found, loaded and trains, without a setting',
  async () => {
    const script = await bundleTrainer();
    symlinkSync(references, join(root, '.venv'));
    const { MODELWRIGHT_LIBTENSORFLOW: _set, ...env } = process.env;
    const asked = spawnSync(process.execPath, [script], {
      input: `${JSON.stringify({ version: 1, kind: 'doctor' })}\n`,
      env: { ...env, MODELWRIGHT_HOME: root, MODELWRIGHT_PROGRAM_FOLDER: join(root, 'programs') },
      encoding: 'utf8',
    });
    const report: DoctorReport = JSON.parse(asked.stdout.trim().split('\n').at(-1)!);
    const engine = report.engines.find(({ id, device }) => id === 'tensorflow' && device === 'cpu')!;
    expect(engine).toMatchObject({ usable: true, reason: 'two steps of known result came out right' });
    expect(engine.steps?.map(({ what, ok }) => `${what} ${ok}`)).toEqual([
      'Node true',
      'libtensorflow true',
      'Native part true',
      'Devices true',
      'Training steps true',
      'Speed true',
    ]);
    expect(engine.steps?.at(-1)?.found).toMatch(/ms a step .* times as fast as the default engine/);
  },
  120_000,
);

test.skipIf(hasReferences)(
  'the whole doctor: the Python references are not here (npm run references)',
  () => undefined,
);
