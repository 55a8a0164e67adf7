/**
 * `npm run docs`: writes what of the documentation is made from the language's own tables: the reference pages of the catalogue
 * (`docs/reference/`; pages of entries that are gone go too), the index of problems, the generated parts of `docs/language/`, the
 * page for assistants (`docs/llms.txt`).
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';

const docs = join(root, 'docs');
const folder = mkdtempSync(join(tmpdir(), 'reference-'));
try {
  const outfile = join(folder, 'pages.mjs');
  await build({
    entryPoints: [join(root, 'language', 'reference', 'index.ts')],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    outfile,
  });
  const { assistantPage, filledPage, problemIndex, readProblemPage, referencePages } = await import(
    pathToFileURL(outfile).href
  );
  writeReference(referencePages());
  writeFileSync(join(docs, 'problems', 'README.md'), problemIndex(problemPages().map(readProblemPage)));
  for (const name of readdirSync(join(docs, 'language'))) {
    const file = join(docs, 'language', name);
    writeFileSync(file, filledPage(readFileSync(file, 'utf8')));
  }
  writeFileSync(join(docs, 'llms.txt'), assistantPage(assistantPageParts()));
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {Readonly<Record<string, string>>} pages by path below `docs/reference/` */
function writeReference(pages) {
  const target = join(docs, 'reference');
  for (const [path, text] of Object.entries(pages)) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.md') && pages[name.replaceAll('\\', '/')] === undefined) rmSync(join(target, name));
  }
}

/** Ten programs that show the language, and its grammar. */
function assistantPageParts() {
  const folder = join(root, 'examples', 'language');
  const names = readdirSync(folder).filter((name) => name.endsWith('.model') && !name.startsWith('10-'));
  return {
    grammar: readFileSync(join(docs, 'language', 'grammar.md'), 'utf8'),
    programs: Object.fromEntries(
      names
        .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
        .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    ),
  };
}

/** The texts of the pages of problems. */
function problemPages() {
  const pages = join(docs, 'problems');
  return readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((name) => /[\\/]/u.test(name) && name.endsWith('.md'))
    .map((name) => readFileSync(join(pages, name), 'utf8'));
}
