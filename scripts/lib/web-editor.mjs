/**
 * The VS Code server as somebody's editor, for machines without a desktop: our packaged extension installed into it, open
 * behind a connection token on this machine only, its address printed and opened in the user's browser.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { installServer } from '../../test/vscode/server/install.mjs';
import { serverCommand, serverEnvironment, startServer } from '../../test/vscode/server/server.mjs';
import { editorSettings } from './editor-settings.mjs';
import { packageExtension } from './package.mjs';
import { run } from './process.mjs';
import { say, seconds } from './say.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

/** Tried first, so that the browser finds its layout again at the same address. */
const usualPort = 8042;

/**
 * Serves until the process ends.
 * @param {{profile: string, folder: string, file: string | undefined, trusted: boolean}} options
 */
export async function openInBrowser({ profile, folder, file, trusted }) {
  await installServer();
  const folders = {
    userData: join(profile, 'user-data'),
    extensions: join(profile, 'extensions'),
    serverData: join(profile, 'server'),
  };
  for (const path of [...Object.values(folders), join(folders.userData, 'User')]) mkdirSync(path, { recursive: true });
  writeSettings(folders);
  await installExtension(profile, folders);
  const log = createWriteStream(join(profile, 'server.log'));
  const token = randomBytes(16).toString('hex');
  const port = (await isFree(usualPort)) ? usualPort : 0;
  const note = (line) => log.write(`${line}\n`);
  let ending = false;
  const ended = (what) => {
    if (ending) return;
    process.stderr.write(`${what}; what it wrote: ${join(profile, 'server.log')}\n`);
    process.exit(1);
  };
  const extra = trusted ? ['--disable-workspace-trust'] : [];
  const server = await startServer({ folders, token, port, extra, note, ended });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      ending = true;
      await server.end();
      process.exit(0);
    });
  }
  const address = addressOf({ port: server.port, token, folder, file });
  say(`\nModelwright is open at\n\n  ${address}\n\n(ready after ${seconds()}; Ctrl-C ends it)`);
  openAddress(address);
  await new Promise(() => {});
}

/** Only where there are none: from then on they are the user's. */
function writeSettings(folders) {
  const path = join(folders.userData, 'User', 'settings.json');
  if (!existsSync(path)) writeFileSync(path, JSON.stringify(editorSettings, null, 2));
}

async function installExtension(profile, folders) {
  const { path, megabytes } = await packageExtension();
  const mark = join(profile, '.extension');
  const wanted = hashOf({ files: [path] });
  if (isStamped(mark, wanted)) return;
  rmSync(folders.extensions, { recursive: true, force: true });
  const [node, args] = serverCommand(folders);
  const done = await run(node, [...args, '--install-extension', path], { capture: true, env: serverEnvironment() });
  if (done.code !== 0) throw new Error(`the extension could not be installed (${done.code}):\n${done.out.trim()}`);
  stamp(mark, wanted);
  say(`start: extension installed (${megabytes} MB)`);
}

function addressOf({ port, token, folder, file }) {
  const query = new URLSearchParams({ tkn: token, folder });
  if (file !== undefined)
    query.set('payload', JSON.stringify([['openFile', `vscode-remote://127.0.0.1:${port}${file}`]]));
  return `http://127.0.0.1:${port}/?${query}`;
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Opens it in the user's browser where there is a display; the printed address serves everybody else. */
function openAddress(address) {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const child = spawn('xdg-open', [address], { stdio: 'ignore', detached: true });
  child.on('error', () => say('(no xdg-open here: open the address yourself)'));
  child.unref();
}
