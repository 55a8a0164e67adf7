/** The native part of tfjs-node-gpu, compiled here of the package's own C++ as it is where the shipped one does not fit. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compileNativePart, nativePart } from '../../../trainer/runtime/native-part.ts';

const project = join(import.meta.dirname, '..', '..', '..');
const root = mkdtempSync(join(tmpdir(), 'modelwright-native-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function tensorflow(): string | undefined {
  const lib = join(project, '.references', 'lib');
  if (process.platform === 'win32' || !existsSync(lib)) return undefined;
  return readdirSync(lib)
    .map((name) => join(lib, name, 'site-packages', 'tensorflow'))
    .find((folder) => existsSync(join(folder, 'include', 'tensorflow', 'c', 'c_api.h')));
}

/** The package as the build places it. */
function shipped(): string {
  const folder = join(root, 'tfjs-node-gpu');
  const modules = join(project, 'node_modules');
  mkdirSync(folder, { recursive: true });
  cpSync(join(modules, '@tensorflow', 'tfjs-node-gpu', 'binding'), join(folder, 'binding'), { recursive: true });
  cpSync(join(modules, 'node-api-headers', 'include'), join(folder, 'node-api'), { recursive: true });
  return folder;
}

test('it is compiled without a link to TensorFlow, and taken from then on', async (context) => {
  const libraries = tensorflow();
  if (libraries === undefined) return context.skip('the Python references are not here (npm run references)');
  const env = { PATH: process.env.PATH, MODELWRIGHT_HOME: root };
  const folder = shipped();
  expect(nativePart(folder, env)).toBeUndefined();
  const made = await compileNativePart(folder, libraries, env);
  if (!made.ok && made.reason.includes('not there')) return context.skip('there is no C++ compiler here');
  expect(made).toMatchObject({ ok: true });
  const file = nativePart(folder, env)!;
  expect(file.startsWith(root)).toBe(true);
  expect(readFileSync(file).includes('libtensorflow')).toBe(false);
});

test('without a compiler or headers it is told what is missing, and that nothing needs to be done', async (context) => {
  const libraries = tensorflow();
  const none = await compileNativePart(shipped(), root, { MODELWRIGHT_HOME: join(root, 'other') });
  expect(none).toMatchObject({ ok: false, reason: expect.stringContaining('no headers') });
  if (libraries === undefined) return context.skip('the Python references are not here (npm run references)');
  const env = { PATH: join(root, 'empty'), CXX: join(root, 'no-such-compiler'), MODELWRIGHT_HOME: join(root, 'other') };
  const before = process.env.PATH;
  process.env.PATH = env.PATH;
  const failed = await compileNativePart(shipped(), libraries, env);
  process.env.PATH = before;
  expect(failed).toMatchObject({ ok: false, reason: expect.stringContaining('not there') });
  expect(nativePart(shipped(), env)).toBeUndefined();
});
