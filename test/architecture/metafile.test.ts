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
        readonly imports: readonly { readonly path: string; readonly kind: string }[];
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
const readers = ['./native/sharp.js', './native/jpeg.js', './native/duckdb.js'];

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

const panel = metafile('panel');
test.skipIf(panel === undefined)(
  'the panel is at most 90 KiB for the first view and 120 KiB in all, gzipped (skipped where it is not built)',
  () => {
    const entry = Object.keys(panel!.outputs).find((path) => path.endsWith('dist/panel.js'))!;
    const style = packedSize('dist/panel.css');
    const first = [...reachedAtOnce(panel!, entry)].reduce((sum, path) => sum + packedSize(path), style);
    const all = Object.keys(panel!.outputs).reduce((sum, path) => sum + packedSize(path), style);
    expect(first).toBeLessThanOrEqual(90);
    expect(all).toBeLessThanOrEqual(120);
  },
);

/** KiB, gzipped. */
function packedSize(path: string): number {
  return gzipSync(readFileSync(join(dist, '..', path))).length / 1024;
}

/** The file and what it imports without being asked to. */
function reachedAtOnce(meta: Metafile, path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const each of meta.outputs[path]?.imports ?? []) {
    if (each.kind === 'import-statement') reachedAtOnce(meta, each.path, seen);
  }
  return seen;
}
