/** Bundles all suites into one file that mocha loads in the extension host. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';

/** @returns {Promise<string>} the file to give to VS Code as `extensionTestsPath` */
export async function bundleSuites(out) {
  const esbuild = await import('esbuild');
  const folder = join(root, 'test/vscode/suites');
  const suites = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  const common = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha', 'playwright-core'],
    sourcemap: 'inline',
    logLevel: 'warning',
    absWorkingDir: root,
  };
  await esbuild.build({
    ...common,
    stdin: { contents: suites.map((name) => `import './${name}';`).join('\n'), resolveDir: folder, loader: 'ts' },
    outfile: join(out, 'suites.cjs'),
  });
  await esbuild.build({ ...common, entryPoints: [join(root, 'test/vscode/host.ts')], outfile: join(out, 'host.cjs') });
  return join(out, 'host.cjs');
}
