/** Where a TensorFlow is looked for, and what is said of each place. Files are empty: nothing is loaded. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTensorFlow } from '../../../trainer/engines/tensorflow/index.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modelwright-find-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content = ''): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const library = process.platform === 'darwin' ? 'libtensorflow_cc.2.dylib' : 'libtensorflow_cc.so.2';
const framework = process.platform === 'darwin' ? 'libtensorflow_framework.2.dylib' : 'libtensorflow_framework.so.2';
const packaged = 'project/node_modules/@tensorflow/tfjs-node-gpu';
/** No Python and no library of the system: only what a test puts there. */
const search = (env: Record<string, string> = {}) =>
  findTensorFlow({
    env: { PATH: join(root, 'empty'), MODELWRIGHT_HOME: join(root, 'nowhere'), ...env },
    folders: [join(root, 'project')],
  });
const kinds = async (env?: Record<string, string>) => (await search(env)).loaders.map((loader) => loader.kind);

test.skipIf(process.platform === 'win32')('nothing is there: every place is told', async () => {
  const { loaders, looked } = await search();
  expect(loaders).toEqual([]);
  expect(looked.join('\n')).toMatch(/setting MODELWRIGHT_LIBTENSORFLOW: none/);
  expect(looked.join('\n')).toMatch(/Python on the PATH: none/);
  expect(looked.join('\n')).toMatch(/tfjs-node-gpu: not installed/);
});

test.skipIf(process.platform === 'win32')('a library by its setting, folder or file', async () => {
  const file = put(`own/${library}`);
  const beside = put(`own/${framework}`);
  const { loaders } = await search({ MODELWRIGHT_LIBTENSORFLOW: join(root, 'own') });
  expect(loaders).toEqual([{ kind: 'library', files: { main: file, framework: beside } }]);
  expect(await kinds({ MODELWRIGHT_LIBTENSORFLOW: file })).toEqual(['library']);
});

test.skipIf(process.platform === 'win32')('a setting that names nothing is told, and the search goes on', async () => {
  put(`conda/lib/python3.12/site-packages/tensorflow/${library}`);
  const missing = join(root, 'missing');
  const { loaders, looked } = await search({
    MODELWRIGHT_LIBTENSORFLOW: missing,
    CONDA_PREFIX: join(root, 'conda'),
  });
  expect(looked[0]).toContain(`no libtensorflow in ${missing}`);
  expect(loaders.map((loader) => loader.kind)).toEqual(['library']);
});

test.skipIf(process.platform === 'win32')('the package comes first, except before a library that was set', async () => {
  put(`${packaged}/package.json`, '{"name": "@tensorflow/tfjs-node-gpu", "version": "4.22.0"}');
  expect(await kinds()).toEqual([]);
  put(`${packaged}/lib/napi-v8/tfjs_binding.node`, 'needs libtensorflow_cc.so.2');
  put(`${packaged}/deps/lib/${library}`);
  put(`own/${library}`);
  expect(await kinds()).toEqual(['package', 'library']);
  expect(await kinds({ MODELWRIGHT_LIBTENSORFLOW: join(root, 'own') })).toEqual(['library', 'package']);
});

test.skipIf(process.platform === 'win32')('a native part linked without TensorFlow takes the library', async () => {
  put(`${packaged}/package.json`, '{"name": "@tensorflow/tfjs-node-gpu", "version": "4.22.0"}');
  put(`${packaged}/lib/napi-v8/tfjs_binding.node`, 'asks for nothing');
  expect(await kinds()).toEqual([]);
  const file = put(`own/${library}`);
  const { loaders } = await search({ MODELWRIGHT_LIBTENSORFLOW: join(root, 'own') });
  expect(loaders[0]).toMatchObject({ kind: 'package', library: { main: file } });
});

test.skipIf(process.platform === 'win32')(
  'the package that comes with Modelwright takes the library that is there',
  async () => {
    const index = put('project/native/tfjs-node-gpu/index.js');
    expect((await search()).looked.join('\n')).toContain('its native part is not built for this system');
    const binding = put('project/native/tfjs-node-gpu/tfjs_binding.node');
    expect((await search()).loaders).toEqual([]);
    const file = put(`env/lib/python3.12/site-packages/tensorflow/${library}`);
    const { loaders } = await search({ VIRTUAL_ENV: join(root, 'env') });
    expect(loaders.map(({ kind }) => kind)).toEqual(['package', 'library']);
    expect(loaders[0]).toMatchObject({ folder: dirname(index), binding, library: { main: file } });
  },
);

test.skipIf(process.platform === 'win32')(
  'what was installed comes before Python’s, and for a GPU before all others',
  async () => {
    put(`env/lib/python3.12/site-packages/tensorflow/${library}`);
    const runtime = (name: string, gpu: boolean): string => {
      put(`home/runtimes/${name}/installed.json`, JSON.stringify({ version: name, gpu, from: [], bytes: 1 }));
      return put(`home/runtimes/${name}/tensorflow/${library}`);
    };
    // Of an installation that broke off nothing is taken.
    put(`home/runtimes/.work/tensorflow/${library}`);
    const env = { VIRTUAL_ENV: join(root, 'env'), MODELWRIGHT_HOME: join(root, 'home') };
    const first = async () =>
      (await search(env)).loaders.map((loader) => loader.kind === 'library' && loader.files.main);
    runtime('2.9.0', false);
    const newer = runtime('2.21.0', false);
    expect(await first()).toEqual([newer]);
    const gpu = runtime('2.20.0', true);
    expect(await first()).toEqual([gpu]);
  },
);
