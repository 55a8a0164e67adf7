/** `npm run docs`: writes the reference pages of the catalogue to `docs/reference/`; pages of entries that are gone go too. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'reference-'));
try {
  const outfile = join(folder, 'pages.mjs');
  await build({
    entryPoints: [join(root, 'language', 'reference', 'pages.ts')],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    outfile,
  });
  const { referencePages } = await import(pathToFileURL(outfile).href);
  const target = join(root, 'docs', 'reference');
  rmSync(target, { recursive: true, force: true });
  for (const [path, text] of Object.entries(referencePages())) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
} finally {
  rmSync(folder, { recursive: true });
}
