/**
 * Lock: what esbuild put into each bundle, read from its metafile. Engines stand in the trainer only, the client never
 * parses, and the bundles keep their budgets.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { engines } from './rooms.ts';

const dist = resolve(import.meta.dirname, '../../dist');

interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly bytes: number }>>;
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly bytes: number;
        readonly imports: readonly { readonly path: string }[];
        readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
      }
    >
  >;
}

function metafile(bundle: string): Metafile | undefined {
  const path = join(dist, 'meta', `${bundle}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function usesOf(meta: Metafile): string[] {
  const imported = Object.values(meta.outputs).flatMap((output) => output.imports.map((one) => one.path));
  return [...Object.keys(meta.inputs), ...imported];
}

const engineParts = [...engines.map((name) => `node_modules/${name}`), ...engines, './native/'];

/** What the data worker reads pictures and tables by. */
const readers = ['./native/sharp.js', './native/duckdb.js'];

for (const bundle of ['client', 'server', 'study-worker', 'cli', 'panel', 'data-worker']) {
  const meta = metafile(bundle);
  test.skipIf(meta === undefined)(`${bundle} carries no engine (skipped where it is not built: npm run build)`, () => {
    const found = usesOf(meta!).filter(
      (path) =>
        engineParts.some((part) => path.startsWith(part)) && !(bundle === 'data-worker' && readers.includes(path)),
    );
    expect(found).toEqual([]);
  });
}

for (const [bundle, room] of [
  ['client', 'language'],
  ['client', 'compiler'],
  ['panel', 'language'],
  ['panel', 'compiler'],
  ['trainer', 'server'],
  ['server', 'trainer'],
  ['server', 'compiler'],
  ['cli', 'trainer'],
] as const) {
  const meta = metafile(bundle);
  test.skipIf(meta === undefined)(`${bundle} carries nothing of ${room} (skipped where it is not built)`, () => {
    expect(Object.keys(meta!.inputs).filter((path) => path.startsWith(`${room}/`))).toEqual([]);
  });
}

const panel = join(dist, 'panel.js');
test.skipIf(!existsSync(panel))('the panel is at most 90 KiB, gzipped (skipped where it is not built)', () => {
  expect(gzipSync(readFileSync(panel)).length / 1024).toBeLessThanOrEqual(90);
});
