/** ONNX Runtime leaves nothing in the user's folders and has nothing to send. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

// On Windows it hands its events to the system's own tracing instead.
test.skipIf(process.platform === 'win32')('no telemetry: no identifier, no cache, no log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modelwright-telemetry-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const built = join(root, 'test/.out', `telemetry-${process.pid}.mjs`);
  try {
    const runtime = pathToFileURL(join(root, 'trainer/engines/onnx/runtime.ts')).pathname;
    buildSync({
      stdin: {
        contents: `import { loadRuntime } from ${JSON.stringify(runtime)};
          const { InferenceSession } = await loadRuntime();
          // No model at all: that is refused after the library has started.
          await InferenceSession.create(new Uint8Array(1)).catch((error) => console.log(error.message));`,
        resolveDir: root,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['onnxruntime-node'],
      outfile: built,
    });
    // As for a user: not the environment of a continuous integration, where it keeps quiet by itself.
    const { CI: _, ...env } = process.env;
    const said = execFileSync(process.execPath, [built], {
      env: { ...env, HOME: home, XDG_CACHE_HOME: join(home, '.cache'), TMPDIR: folder, ORT_DISABLE_TELEMETRY: '' },
      encoding: 'utf8',
    });
    expect(said).toMatch(/model/i);
    expect(readdirSync(home)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['home']);
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(built, { force: true });
  }
});
