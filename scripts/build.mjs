/**
 * `npm run build`: bundles every room into `dist/` and copies the native packages of this platform. Nothing is built again
 * that was built from the same sources. `--force` builds in any case.
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nativePluginFrom, presentBundles } from './lib/bundles.mjs';
import { copyNative } from './lib/native.mjs';
import { dist, root } from './lib/paths.mjs';
import { fail, say, seconds } from './lib/say.mjs';
import { filesBelow, hashOf, isStamped, stamp } from './lib/stamp.mjs';
import { copyTfjs } from './lib/tfjs-package.mjs';

const rooms = [
  'language',
  'compiler',
  'assist',
  'protocol',
  'files',
  'runs',
  'server',
  'client',
  'trainer',
  'webview-ui',
  'cli',
  'scripts/lib',
];

/** Builds what is not built. Throws where a source does not build. */
export async function build({ force = false } = {}) {
  const from = performance.now();
  const files = [...rooms, 'scripts/build.mjs', 'package-lock.json'].flatMap((room) => filesBelow(join(root, room)));
  const wanted = hashOf({ files, texts: [process.platform, process.arch] });
  const mark = join(dist, '.built');
  if (!force && isStamped(mark, wanted)) {
    say(`build: up to date (${seconds(from)})`);
    return;
  }
  const esbuild = await import('esbuild');
  for (const line of await copyNative(esbuild)) say(`build: ${line}`);
  const left = await copyTfjs(esbuild);
  if (left !== undefined) say(`build: ${left}`);
  const { present, missing } = presentBundles();
  if (missing.length > 0) say(`build: not there yet: ${missing.map((bundle) => bundle.entry).join(', ')}`);
  mkdirSync(join(dist, 'meta'), { recursive: true });
  const sizes = await Promise.all(present.map((bundle) => buildOne(esbuild, bundle)));
  stamp(mark, wanted);
  say(`build: ${sizes.join(', ') || 'nothing to bundle'} (${seconds(from)})`);
}

async function buildOne(esbuild, bundle) {
  const outfile = join(dist, bundle.out ?? `${bundle.name}.js`);
  const result = await esbuild.build({
    ...bundle.options,
    ...(bundle.parted ? partsOf(bundle) : { entryPoints: [join(root, bundle.entry)], outfile }),
    absWorkingDir: root,
    bundle: true,
    minify: true,
    keepNames: false,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: [nativePluginFrom('./native')],
  });
  writeFileSync(join(dist, 'meta', `${bundle.name}.json`), JSON.stringify(result.metafile));
  if (bundle.name === 'cli') chmodSync(outfile, 0o755);
  const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  return `${bundle.name} ${Math.round(bytes / 1024)} KiB`;
}

/** The entry as `dist/<name>.js`, what it loads later in `dist/<name>/`, where nothing of an earlier build is left. */
function partsOf({ name, entry }) {
  rmSync(join(dist, name), { recursive: true, force: true });
  return {
    entryPoints: { [name]: join(root, entry) },
    outdir: dist,
    splitting: true,
    chunkNames: `${name}/[name]-[hash]`,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await build({ force: process.argv.includes('--force') }).catch((error) => {
    fail(error.errors === undefined ? `build: ${error.message}` : `build: ${error.errors.length} error(s), above`);
  });
}
