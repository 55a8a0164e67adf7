/**
 * Where this machine takes Python packages from, as pip would see it: its environment variables and its files. Read here
 * because people behind a proxy or with an index of their own have told pip, and nobody else, about it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './folders.ts';

export interface PackageSources {
  /** Addresses of indexes in the order of asking. */
  readonly indexes: readonly string[];
  /** Folders or pages that list files. */
  readonly links: readonly string[];
}

/** The public index, where nothing else was said. */
export const publicIndex = 'https://pypi.org/simple';

export function packageSources(env: Environment = process.env, platform: string = process.platform): PackageSources {
  const own = env.MODELWRIGHT_PACKAGE_INDEX;
  if (own !== undefined && own !== '') return { indexes: words(own), links: [] };
  const files = configFiles(env, platform).map((file) => (existsSync(file) ? readIni(readFileSync(file, 'utf8')) : {}));
  // Later files win, and the environment wins over files: as in pip.
  const merged: Readonly<Record<string, readonly string[]>> = Object.assign({}, ...files);
  const read = (name: string): readonly string[] => {
    const said = env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`];
    return said !== undefined && said !== '' ? words(said) : (merged[name] ?? []);
  };
  const off = read('no-index').some((word) => /^(1|true|yes|on)$/i.test(word));
  const main = read('index-url');
  const indexes = off ? [] : [...(main.length > 0 ? main : [publicIndex]), ...read('extra-index-url')];
  return { indexes, links: read('find-links') };
}

function configFiles(env: Environment, platform: string): readonly string[] {
  const set = env.PIP_CONFIG_FILE;
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const venv = env.VIRTUAL_ENV;
  const name = platform === 'win32' ? 'pip.ini' : 'pip.conf';
  const usual =
    platform === 'win32'
      ? [join(env.PROGRAMDATA ?? 'C:\\ProgramData', 'pip', name), join(home, 'pip', name)]
      : ['/etc/xdg/pip/pip.conf', '/etc/pip.conf', join(home, '.pip', name)];
  const user =
    platform === 'win32'
      ? [join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'pip', name)]
      : platform === 'darwin'
        ? [join(home, 'Library', 'Application Support', 'pip', name), join(home, '.config', 'pip', name)]
        : [join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'pip', name)];
  const all = [...usual, ...user, ...(venv === undefined ? [] : [join(venv, name)])];
  return set === undefined ? all : [...all, set];
}

/** Keys of the sections that concern an installation; a value may go on in indented lines. */
export function readIni(text: string): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  let concerned = false;
  let last: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const section = /^\[(.+)\]/.exec(line)?.[1];
    if (section !== undefined) {
      concerned = ['global', 'install', 'download'].includes(section.trim());
      last = undefined;
    } else if (/^\s/.test(line)) {
      last?.push(...words(line));
    } else if (concerned) {
      const [, key = '', value = ''] = /^([^=:]+)[=:](.*)$/.exec(line) ?? [];
      last = words(value);
      found[key.trim().toLowerCase().replaceAll('_', '-')] = last;
    }
  }
  return found;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
