/**
 * `npm start [-- PATH]`: installs what is missing, builds, and opens VS Code on the examples (or PATH) with the extension:
 * on the desktop where there is one, else in the browser by a VS Code server from npm. Ctrl-C ends everything it started.
 */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { install } from './install.mjs';
import { findDesktop, openDesktop } from './lib/desktop.mjs';
import { root } from './lib/paths.mjs';
import { fail, say } from './lib/say.mjs';

const asked = process.argv[2];
const examples = join(root, 'examples');
const path = asked === undefined ? examples : resolve(process.env.INIT_CWD ?? '.', asked);
if (!existsSync(path)) fail(`start: ${path} is not there`);
const isFolder = statSync(path).isDirectory();
const folder = isFolder ? path : dirname(path);
const file = isFolder ? programIn(folder) : path;
// Our own examples may train at once; any other folder is trusted by its owner, in VS Code.
const trusted = folder === examples || folder.startsWith(join(examples, '/'));

await install();
const { build } = await import('./build.mjs');
await build();

const desktop = findDesktop();
const serverWorksHere = process.platform === 'linux' && process.arch === 'x64';
const profiles = join(root, '.vscode-test');
mkdirSync(profiles, { recursive: true });
if (desktop !== undefined) {
  say(`start: opening ${desktop}; Ctrl-C or closing the window ends it`);
  const done = await openDesktop({
    code: desktop,
    profile: join(profiles, 'desktop'),
    extension: root,
    folder,
    file,
    trusted,
  });
  if (done.code !== 0)
    fail(`start: ${desktop} ended with ${done.code}${done.reason === undefined ? '' : ` (${done.reason})`}`);
} else if (serverWorksHere) {
  const { openInBrowser } = await import('./lib/web-editor.mjs');
  const profile = join(profiles, 'server');
  await openInBrowser({ profile, folder, file, trusted }).catch((error) => fail(`start: ${error.message}`));
} else {
  fail(
    'start: no desktop VS Code was found (`code` on the path or in its usual place; MODELWRIGHT_VSCODE names another). Install it from its maker and run this again.',
  );
}

/** The program to show first: the digits, else the first one of the folder. */
function programIn(place) {
  const digits = join(place, 'digits', 'digits.model');
  if (existsSync(digits)) return digits;
  const first = readdirSync(place)
    .filter((name) => name.endsWith('.model'))
    .sort()[0];
  return first === undefined ? undefined : join(place, first);
}
