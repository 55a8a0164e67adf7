/** `npm run grammar`: writes the TextMate grammar and the snippets to `syntaxes/`, from the token table and the snippet list. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'grammar-'));
try {
  const outfile = join(folder, 'grammar.mjs');
  await build({
    stdin: {
      contents: `export { textMateGrammar } from './language/syntax/grammar.ts';
export { snippetFile } from './language/ide/snippets.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    outfile,
  });
  const { textMateGrammar, snippetFile } = await import(pathToFileURL(outfile).href);
  const write = (name, value) =>
    writeFileSync(join(root, 'syntaxes', name), `${JSON.stringify(value, undefined, 2)}\n`);
  write('model.tmLanguage.json', textMateGrammar());
  write('snippets.json', snippetFile());
} finally {
  rmSync(folder, { recursive: true });
}
