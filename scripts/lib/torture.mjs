/** Bundles the trainer that its own disk may kill, and the program that does it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.mjs';

/** Packages with native code are taken from `node_modules`, as the tests do. */
export const external = [
  'onnxruntime-node',
  'koffi',
  'sharp',
  '@duckdb/node-api',
  'tokenizers',
  'h5wasm/node',
  '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs',
  '@tensorflow/tfjs-node-gpu',
];

/** @param {string} folder */
export async function bundleTorture(folder) {
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      main: 'test/torture/main.ts',
      trainer: 'test/torture/trainer.ts',
      'data-worker': 'trainer/data/worker.ts',
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external,
    logLevel: 'error',
  });
  return { main: join(folder, 'main.js'), trainer: join(folder, 'trainer.js') };
}
