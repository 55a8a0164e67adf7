/** Bundles the suites: those of the extension host (`inside`, `after`, `journey`, and in a Chinese window `chinese`) and those that look at the window only (`outside`). */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';

/**
 * @returns {Promise<{host: string, outsider: string}>} the file to give to VS Code as `extensionTestsPath`, and the one that
 *   Node runs beside it
 */
export async function bundleSuites(out) {
  const esbuild = await import('esbuild');
  const options = (outfile) => ({
    outfile: join(out, outfile),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha', 'playwright-core'],
    sourcemap: 'inline',
    logLevel: 'warning',
    absWorkingDir: root,
  });
  for (const kind of ['inside', 'after', 'journey', 'chinese', 'outside']) {
    const folder = join(root, 'test/vscode', kind);
    const suites = readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .sort();
    const contents = ['../failures.ts', ...suites.map((name) => `./${name}`)]
      .map((path) => `import '${path}';`)
      .join('\n');
    await esbuild.build({ ...options(`${kind}.cjs`), stdin: { contents, resolveDir: folder, loader: 'ts' } });
  }
  for (const entry of ['host', 'outsider']) {
    await esbuild.build({ ...options(`${entry}.cjs`), entryPoints: [join(root, 'test/vscode', `${entry}.ts`)] });
  }
  return { host: join(out, 'host.cjs'), outsider: join(out, 'outsider.cjs') };
}
