/**
 * Installs the project's packages where they are not what the lock file says. Uses nothing but Node itself, so that
 * `npm start` and `npm test` work on a machine where nothing was installed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmInstall } from './lib/npm.mjs';
import { modules, root } from './lib/paths.mjs';
import { fail, say, seconds } from './lib/say.mjs';

/** Installs what is missing. Ends the script with npm's own words where that fails. */
export async function install() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) fail(`Node ${process.versions.node} is too old: Modelwright needs Node 20 or newer`);
  const reason = whatIsMissing();
  if (reason === undefined) return;
  const from = performance.now();
  say(`install: ${reason}; npm ci (about 390 MB to fetch, 1.1 GB on disk, once) …`);
  await npmInstall(root).catch((error) => fail(`install: ${error.message}`));
  say(`install: done in ${seconds(from)}`);
}

/** npm keeps what it installed in `node_modules/.package-lock.json`: the two are compared package by package. */
function whatIsMissing() {
  const installed = join(modules, '.package-lock.json');
  if (!existsSync(installed)) return 'nothing is installed yet';
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const found = packagesOf(installed);
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.devOptional) continue;
    if (found[path]?.version !== entry.version)
      return `${path.replace(/^node_modules\//, '')} ${entry.version} is not installed`;
  }
  return undefined;
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await install();
