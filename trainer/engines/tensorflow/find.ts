/**
 * Looks for a TensorFlow that can be used here: the npm package with its native part, or any libtensorflow. Nothing is
 * loaded; the answer says where each place was looked at, for people who wonder why theirs was not found.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { installedRuntimes } from '../../runtime/folders.ts';
import { nativePart, shippedPackage } from '../../runtime/native-part.ts';
import type { LibraryFiles } from './c-api.ts';
import type { PackageFiles } from './package.ts';

export type Loader =
  | ({ readonly kind: 'package' } & PackageFiles)
  | { readonly kind: 'library'; readonly files: LibraryFiles };

export interface TensorFlowSearch {
  /** What can be used, best first; empty where there is nothing. */
  readonly loaders: readonly Loader[];
  /** One line for each place: "conda (CONDA_PREFIX): not set". */
  readonly looked: readonly string[];
}

export interface SearchPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Folders whose `node_modules` or `native` may hold the package, and at or above which a Python environment (`.venv`,
   * `.references`) may lie.
   */
  readonly folders: readonly string[];
}

/** How to get one, for whoever has none. */
export const tensorflowCure =
  'Run `modelwright doctor --install` (in the editor: Model: Install TensorFlow Runtime…), or install TensorFlow for the Python on your PATH (pip install tensorflow), or set MODELWRIGHT_LIBTENSORFLOW to a folder that holds libtensorflow.';

export function defaultPlaces(): SearchPlaces {
  const [, script] = process.argv;
  const program = process.env.MODELWRIGHT_PROGRAM_FOLDER ?? '';
  const folders = [program, script === undefined ? '' : dirname(script), process.cwd()];
  return { env: process.env, folders: [...new Set(folders.filter((folder) => folder !== ''))] };
}

export async function findTensorFlow(places: SearchPlaces = defaultPlaces()): Promise<TensorFlowSearch> {
  const looked: string[] = [];
  const folder = packageFolder(places.folders);
  const { files: library, place } = (await findLibrary(places, folder, looked)) ?? {};
  const packaged = findPackage(folder, library, looked) ?? findShipped(places, library, looked);
  const byLibrary: readonly Loader[] = library ? [{ kind: 'library', files: library }] : [];
  // A library that was asked for by name is taken, not the one that the package was built against.
  const asked = library !== undefined && place === setting(places.env) && packaged?.library === undefined;
  const loaders = asked ? [...byLibrary, ...listed(packaged)] : [...listed(packaged), ...byLibrary];
  return { loaders, looked };
}

function listed<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function setting(env: SearchPlaces['env']): string | undefined {
  return env.MODELWRIGHT_LIBTENSORFLOW === '' ? undefined : env.MODELWRIGHT_LIBTENSORFLOW;
}

/** The package where it can be loaded, with the library that its native part needs loaded first. */
function findPackage(
  folder: string | undefined,
  library: LibraryFiles | undefined,
  looked: string[],
): (Loader & { readonly kind: 'package' }) | undefined {
  const found = (what: string): void => {
    looked.push(`npm package @tensorflow/tfjs-node-gpu: ${what}`);
  };
  if (folder === undefined) {
    found('not installed');
    return undefined;
  }
  const addon = join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
  if (!existsSync(addon)) {
    found(`${folder}, but its native part lib/napi-v8/tfjs_binding.node is not there`);
    return undefined;
  }
  if (namesLibrary(addon)) {
    found(`${folder}, with its native part`);
    return { kind: 'package', folder, library: undefined, binding: undefined };
  }
  if (library === undefined) {
    found(`${folder}, but its native part needs a libtensorflow, and there is none`);
    return undefined;
  }
  found(`${folder}, whose native part takes ${library.main}`);
  return { kind: 'package', folder, library, binding: undefined };
}

/** The package as it comes with Modelwright: it needs a libtensorflow, and its native part, which may fail to be there. */
function findShipped(
  { env, folders }: SearchPlaces,
  library: LibraryFiles | undefined,
  looked: string[],
): (Loader & { readonly kind: 'package' }) | undefined {
  const folder = shippedPackage(folders);
  if (folder === undefined) return undefined;
  const binding = nativePart(folder, env);
  const what =
    binding === undefined
      ? 'its native part is not built for this system'
      : library === undefined
        ? 'its native part needs a libtensorflow, and there is none'
        : `its native part ${binding} takes ${library.main}`;
  looked.push(`tfjs-node-gpu of Modelwright: ${what}`);
  return binding === undefined || library === undefined ? undefined : { kind: 'package', folder, library, binding };
}

/** Where the package lies, seen from one of the folders. */
function packageFolder(folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    try {
      return dirname(createRequire(join(folder, 'x.js')).resolve('@tensorflow/tfjs-node-gpu/package.json'));
    } catch {
      // Not from here: the next one.
    }
  }
  return undefined;
}

/** True where the addon asks for TensorFlow's library by itself. */
function namesLibrary(addon: string): boolean {
  return (
    readFileSync(addon).includes('libtensorflow') ||
    existsSync(join(dirname(addon), '..', '..', 'deps', 'lib', 'tensorflow.lib'))
  );
}

async function findLibrary(
  { env, folders }: SearchPlaces,
  packageFolder: string | undefined,
  looked: string[],
): Promise<{ readonly files: LibraryFiles; readonly place: string } | undefined> {
  const set = setting(env);
  const candidates: (readonly [string, () => Promise<readonly string[]> | readonly string[]])[] = [
    ['setting MODELWRIGHT_LIBTENSORFLOW', () => (set === undefined ? [] : [set])],
    ['libraries of the npm package', () => (packageFolder === undefined ? [] : [join(packageFolder, 'deps', 'lib')])],
    ['installed by Modelwright', () => installedRuntimes(env).map(({ libraries }) => libraries)],
    ['active Python environment', () => sitePackages(env.VIRTUAL_ENV)],
    ['.venv beside the program', () => folders.flatMap((folder) => above(folder, '.venv')).flatMap(sitePackages)],
    ['Python on the PATH', () => pythonFolders(env)],
    ['conda', () => sitePackages(env.CONDA_PREFIX)],
    ['.references', () => folders.flatMap((folder) => above(folder, '.references')).flatMap(sitePackages)],
    ['system', () => systemFolders(env)],
  ];
  for (const [name, list] of candidates) {
    const places = await list();
    for (const place of places) {
      const files = libraryIn(place);
      if (!files) continue;
      looked.push(`${name}: found ${files.main}`);
      return { files, place };
    }
    looked.push(places.length === 0 ? `${name}: none` : `${name}: no libtensorflow in ${places.join(', ')}`);
  }
  return undefined;
}

/** The files of a folder or, where one library is named, that and what lies beside it. */
export function libraryIn(place: string): LibraryFiles | undefined {
  if (!existsSync(place)) return undefined;
  const isFolder = statSync(place).isDirectory();
  const folder = isFolder ? place : dirname(place);
  const names = readdirSync(folder);
  const named = (pattern: RegExp): string | undefined => {
    const found = names.filter((name) => pattern.test(name)).sort((a, b) => a.length - b.length);
    return found[0] === undefined ? undefined : join(folder, found[0]);
  };
  const main = isFolder ? named(/^(libtensorflow(_cc)?(\.so(\.2)?|(\.2)?\.dylib)|tensorflow\.dll)$/) : place;
  if (main === undefined) return undefined;
  return { main, framework: named(/^libtensorflow_framework(\.so(\.2)?|(\.2)?\.dylib)$/) };
}

/** TensorFlow of the user's Pythons, found without importing it: that takes seconds. */
async function pythonFolders(env: SearchPlaces['env']): Promise<readonly string[]> {
  const program =
    'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0] if s else "")';
  const pythons = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python'];
  for (const python of pythons) {
    try {
      const options = { timeout: 10_000, env: { ...env }, windowsHide: true };
      const { stdout } = await promisify(execFile)(python, ['-c', program], options);
      if (stdout.trim() !== '') return [stdout.trim()];
    } catch {
      // No such Python, or one that does not start: the next one.
    }
  }
  return [];
}

/** `name` in a folder or the nearest above it. */
function above(folder: string, name: string): readonly string[] {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, name))) return [join(at, name)];
    if (dirname(at) === at) return [];
  }
}

/** TensorFlow's folder in a Python environment. */
function sitePackages(environment: string | undefined): readonly string[] {
  if (environment === undefined || environment === '') return [];
  const lib = join(environment, 'lib');
  const packages = existsSync(lib)
    ? readdirSync(lib)
        .filter((name) => name.startsWith('python'))
        .map((name) => join(lib, name, 'site-packages'))
    : [];
  return [...packages, join(environment, 'Lib', 'site-packages')]
    .map((folder) => join(folder, 'tensorflow'))
    .filter((folder) => existsSync(folder));
}

function systemFolders(env: SearchPlaces['env']): readonly string[] {
  const split = (value: string | undefined, separator: string): readonly string[] =>
    (value ?? '').split(separator).filter((folder) => folder !== '');
  if (process.platform === 'win32') return split(env.PATH, ';').filter((f) => existsSync(join(f, 'tensorflow.dll')));
  const usual = [
    '/usr/local/lib',
    '/usr/lib',
    `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`,
    '/opt/homebrew/lib',
  ];
  const all = [...split(env.LD_LIBRARY_PATH, ':'), ...usual];
  return all.filter((folder) => libraryIn(folder) !== undefined);
}
