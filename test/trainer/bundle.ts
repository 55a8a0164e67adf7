/** The trainer as a process of its own, bundled as `npm run build` does it, for tests that kill it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/** Bundles the trainer and its data worker; answers the path of the script. */
export async function bundleTrainer(): Promise<string> {
  const folder = join(root, 'test', '.out', `trainer-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { trainer: 'trainer/main.ts', 'data-worker': 'trainer/data/worker.ts' },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['onnxruntime-node', 'koffi', '@tensorflow/tfjs-node-gpu'],
    logLevel: 'error',
  });
  return join(folder, 'trainer.js');
}
