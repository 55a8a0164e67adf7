/**
 * The bundles: one a process. `entry` is the file that the process begins with; paths of engines are rewritten to
 * `dist/native`, which `native.mjs` fills, so that the packaged extension needs no `node_modules`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const node = { platform: 'node', format: 'cjs', target: 'node20' };
const page = { platform: 'browser', format: 'iife', target: 'es2022' };
/** Pages that load parts of themselves later: those go to `dist/<name>/`. */
const parted = { platform: 'browser', format: 'esm', target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact' };

/** Engines and other packages with native code, by the names that sources import them under. */
const nativePackages = {
  'onnxruntime-node': 'onnxruntime.js',
  koffi: 'koffi.js',
  sharp: 'sharp.js',
  '@duckdb/node-api': 'duckdb.js',
  'h5wasm/node': 'h5wasm.js',
  '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs': 'jpeg.js',
};

/** Left to Node's own search at run time: there only where its native part was built. */
const found = ['@tensorflow/tfjs-node-gpu'];

export const bundles = [
  { name: 'client', entry: 'client/main.ts', options: { ...node, external: ['vscode'] } },
  { name: 'server', entry: 'server/main.ts', options: node },
  { name: 'study-worker', entry: 'server/study/worker.ts', options: node },
  { name: 'trainer', entry: 'trainer/main.ts', options: { ...node, external: found } },
  { name: 'data-worker', entry: 'trainer/data/worker.ts', options: node },
  { name: 'engine-worker', entry: 'trainer/engines/onnx/part-worker.ts', options: node },
  { name: 'cli', entry: 'cli/main.ts', options: { ...node, banner: { js: '#!/usr/bin/env node' } } },
  { name: 'panel', entry: 'webview-ui/main.tsx', parted: true, options: parted },
  { name: 'panel-style', entry: 'webview-ui/panel.css', out: 'panel.css', options: page },
  {
    name: 'data-page',
    entry: 'webview-ui/data/main.tsx',
    options: { ...page, jsx: 'automatic', jsxImportSource: 'preact' },
  },
  {
    name: 'graph-page',
    entry: 'webview-ui/graph/main.tsx',
    options: { ...page, jsx: 'automatic', jsxImportSource: 'preact' },
  },
  { name: 'graph-page-style', entry: 'webview-ui/graph/graph.css', out: 'graph-page.css', options: page },
  { name: 'data-page-style', entry: 'webview-ui/data/data.css', out: 'data-page.css', options: page },
];

/** The bundles whose entry is there, and the names of those whose entry is not. */
export function presentBundles() {
  return {
    present: bundles.filter((bundle) => existsSync(join(root, bundle.entry))),
    missing: bundles.filter((bundle) => !existsSync(join(root, bundle.entry))),
  };
}

/** esbuild plugin: imports of native packages become requires of their copies in `dist/native`, seen from the bundle. */
export function nativePluginFrom(folder) {
  return {
    name: 'native packages',
    setup(build) {
      build.onResolve({ filter: /^[a-z@]/ }, ({ path }) => {
        const copy = nativePackages[path];
        return copy === undefined ? undefined : { path: `${folder}/${copy}`, external: true };
      });
    },
  };
}
