/** A desktop VS Code: where it is, and one window of our own with its own profile, which ends with this process. */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { editorSettings } from './editor-settings.mjs';
import { end, start } from './process.mjs';

/** The `code` command: on the path, else in its usual places; undefined without a display to open a window on. */
export function findDesktop() {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!display) return undefined;
  const named = process.env.MODELWRIGHT_VSCODE;
  return [...(named === undefined ? [] : [named]), ...onPath(), ...usualPlaces()].find(runnable);
}

function onPath() {
  const names =
    process.platform === 'win32'
      ? ['code.cmd', 'code-insiders.cmd', 'codium.cmd']
      : ['code', 'code-insiders', 'codium'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function usualPlaces() {
  if (process.platform === 'darwin') {
    const inside = 'Contents/Resources/app/bin/code';
    const apps = ['Visual Studio Code.app', 'Visual Studio Code - Insiders.app', 'VSCodium.app'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, app, inside)),
    );
  }
  if (process.platform === 'win32') {
    const roots = [join(process.env.LOCALAPPDATA ?? '', 'Programs'), process.env.PROGRAMFILES ?? ''];
    return roots.map((folder) => join(folder, 'Microsoft VS Code', 'bin', 'code.cmd'));
  }
  return [
    '/usr/bin/code',
    '/usr/share/code/bin/code',
    '/snap/bin/code',
    '/usr/bin/codium',
    join(homedir(), '.local/bin/code'),
  ];
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens a window and waits until it is closed.
 * @param {{code: string, profile: string, extension: string, folder: string, file: string | undefined, trusted: boolean}} options
 */
export function openDesktop({ code, profile, extension, folder, file, trusted }) {
  const settings = join(profile, 'User', 'settings.json');
  mkdirSync(join(profile, 'User'), { recursive: true });
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(editorSettings, null, 2));
  const args = [
    `--user-data-dir=${profile}`,
    `--extensionDevelopmentPath=${extension}`,
    '--new-window',
    '--wait',
    ...(trusted ? ['--disable-workspace-trust'] : []),
    folder,
    ...(file === undefined ? [] : [file]),
  ];
  const child = start(code, args, { stdio: 'ignore' });
  // The command hands over to a process of its own group. That one's number stands in its profile.
  process.on('exit', () => endMain(profile));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, reason: error.message }));
    child.on('close', (exit) => {
      end(child);
      resolve({ code: exit ?? 0, reason: undefined });
    });
  });
}

function endMain(profile) {
  const lock = join(profile, 'code.lock');
  if (!existsSync(lock)) return;
  const main = Number(readFileSync(lock, 'utf8'));
  if (!Number.isInteger(main) || main <= 1) return;
  try {
    process.kill(main, 'SIGTERM');
  } catch {
    // The window was closed already.
  }
}
