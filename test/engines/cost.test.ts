/** What a run costs, told before it runs, against what it takes: bytes that can be counted exactly, memory within a fifth. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cost } from '../../language/index.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'test', '.out', `memory-${process.pid}`);
const script = join(folder, 'memory.mjs');

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/engines/memory.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['onnxruntime-node', 'koffi', '@tensorflow/tfjs-node-gpu'],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Measured {
  readonly cost: Cost;
  readonly grown: number;
  readonly checkpoint: number;
  readonly weights: number;
  readonly optimizer: number;
}

function measure(program: string, ...sets: readonly string[]): Measured {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, join(root, program), ...sets], {
    encoding: 'utf8',
    cwd: root,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test.each([
  ['the digits network', 'examples/bench/cnn.model', 'batch=512'],
  ['a dense network', 'examples/bench/mlp.model', 'batch=4096'],
  ['a small transformer', 'examples/bench/gpt.model', 'batch=32'],
])('%s', (_name, program, ...sets) => {
  const { cost, grown, checkpoint, weights, optimizer } = measure(program, ...sets);
  expect(cost.weights).toBe(weights);
  expect(cost.optimizer).toBe(optimizer);
  expect(cost.checkpoint).toBe(checkpoint);
  expect(cost.total / grown).toBeGreaterThan(0.8);
  expect(cost.total / grown).toBeLessThan(1.2);
});
