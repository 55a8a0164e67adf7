/** An installed TensorBoard is found and started over a run's events; where there is none, that is said. */
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { findTensorBoard, startTensorBoard } from '../../client/tensorboard.ts';
import { findPython } from '../engines/references.ts';
import { fakeRun, tinyPlan } from '../trainer/run-helper.ts';

const signal = new AbortController().signal;

function pretended(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mw-tb-'));
  const bin = join(folder, '.venv', 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'tensorboard'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'tensorboard'), 0o755);
  return folder;
}

test.skipIf(process.platform === 'win32')(
  'one in an environment of the workspace goes first; the setting before it',
  () => {
    const folder = pretended('exit 0');
    expect(findTensorBoard({ setting: '', folders: [folder] })).toBe(join(folder, '.venv', 'bin', 'tensorboard'));
    expect(findTensorBoard({ setting: '/nowhere/tensorboard', folders: [folder] })).toBeUndefined();
  },
);

test.skipIf(process.platform === 'win32')('one that ends, or says nothing, is told with its last words', async () => {
  const broken = pretended('echo "no module named pkg_resources" >&2; exit 3');
  const wish = { setting: '', logs: '/tmp', signal };
  expect(await startTensorBoard({ ...wish, folders: [broken] })).toEqual({
    ok: false,
    message: expect.stringMatching(/ended with code 3: no module named pkg_resources$/),
  });
  const mute = pretended('exec sleep 30');
  const told = await startTensorBoard({ ...wish, folders: [mute], limit: 300 });
  expect(told).toEqual({ ok: false, message: expect.stringContaining('did not say where it can be reached') });
  expect(await startTensorBoard({ ...wish, setting: '/nowhere/tb', folders: [] })).toEqual({
    ok: false,
    message: 'There is no TensorBoard (looked for /nowhere/tb).',
  });
});

test('the real one shows the scalars of a run', async (context) => {
  const python = findPython();
  if ('missing' in python) return context.skip(python.missing);
  const { folder } = await fakeRun(tinyPlan());
  const setting = join(dirname(python.path), 'tensorboard');
  const started = await startTensorBoard({ setting, folders: [], logs: join(folder, 'tb'), signal });
  expect(started).toMatchObject({ ok: true });
  if (!started.ok) return;
  try {
    const address = new URL('data/plugin/scalars/tags', started.address);
    // It answers before it has read its files.
    await vi.waitUntil(async () => JSON.stringify(await (await fetch(address)).json()).includes('"validation/loss"'), {
      timeout: 60_000,
      interval: 200,
    });
  } finally {
    started.end();
  }
});
