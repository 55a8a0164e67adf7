/** The trainer and the command line as processes of their own, bundled as `npm run build` does it, for tests that kill them. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

// One folder for each test process: two of them may bundle at once.
const folder = join(root, 'test', '.out', `trainer-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bundles the trainer, its data worker and the command line beside each other; answers the path of the trainer. */
export async function bundleTrainer(): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      trainer: 'trainer/main.ts',
      'data-worker': 'trainer/data/worker.ts',
      'engine-worker': 'trainer/engines/onnx/part-worker.ts',
      cli: 'cli/main.ts',
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: [
      ...['onnxruntime-node', 'koffi', 'sharp', '@duckdb/node-api', 'h5wasm/node', '@tensorflow/tfjs-node-gpu'],
      '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs',
    ],
    logLevel: 'error',
  });
  return join(folder, 'trainer.js');
}
