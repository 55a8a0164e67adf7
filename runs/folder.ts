/**
 * Where runs live and what they are called. One function decides it for the editor and the command line:
 * `.modelwright/runs` in the nearest folder at or above the program that has `.modelwright`, else `.git`, else the
 * program's own; never above the workspace folder.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

export interface RunsPlace {
  /** The workspace folder: nothing above it is looked at. */
  readonly workspace?: string | undefined;
  /** `--runs` or the setting: wins over everything. */
  readonly override?: string | undefined;
}

/** The folder of runs for a program. It need not exist yet. */
export function findRunsFolder(program: string, place: RunsPlace = {}): string {
  if (place.override !== undefined && place.override !== '') return resolve(place.override);
  const own = dirname(resolve(program));
  const above = foldersUp(own, place.workspace);
  const root =
    above.find((folder) => existsSync(join(folder, '.modelwright'))) ??
    above.find((folder) => existsSync(join(folder, '.git'))) ??
    own;
  return join(root, '.modelwright', 'runs');
}

function foldersUp(from: string, workspace: string | undefined): string[] {
  const top = workspace === undefined ? undefined : resolve(workspace);
  const folders: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    // A program outside the workspace has its own folder only.
    if (top !== undefined && !isWithin(folder, top)) break;
    folders.push(folder);
    if (folder === dirname(folder)) break;
  }
  return folders;
}

function isWithin(folder: string, top: string): boolean {
  const path = relative(top, folder);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && resolve(top, path) === folder);
}

const adjectives =
  'quiet brave amber brisk calm clever coral crisp dapper eager early fair fleet fond gentle glad golden grand happy hardy ' +
  'honest jolly keen kind lively loyal lucid lucky mellow merry mild misty modest neat nimble noble patient plucky polite ' +
  'proud quick ready rosy rustic silent silver sleek smart snowy sober solid spry steady still sunny swift tidy tranquil ' +
  'trusty upbeat vivid warm wise witty';
const animals =
  'heron otter lynx badger beaver bison bittern camel caribou cheetah cicada condor coyote crane curlew dingo dolphin dove ' +
  'eagle egret falcon ferret finch fox gazelle gecko gibbon grouse hare hawk hedgehog ibex ibis jackal jay kestrel kiwi ' +
  'koala lapwing lark lemur leopard llama magpie marmot marten mole newt ocelot oriole osprey owl panda pelican plover puffin ' +
  'quail rabbit raven robin seal shrike sparrow stork swan';
const ADJECTIVES = adjectives.split(' ');
const ANIMALS = animals.split(' ');

/** The folder name of a number: `0014-quiet-heron`. The same number has the same name, so that `mkdir` alone decides who gets it. */
export function runName(number: number): string {
  const adjective = ADJECTIVES[(number * 29) % ADJECTIVES.length] ?? 'quiet';
  const animal = ANIMALS[(number * 23 + Math.floor(number / ANIMALS.length)) % ANIMALS.length] ?? 'heron';
  return `${String(number).padStart(4, '0')}-${adjective}-${animal}`;
}

/** The number of a run's folder; `undefined` for anything else. */
export function runNumber(name: string): number | undefined {
  const match = /^(\d{4,})-[a-z]+-[a-z]+$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/** Names of the run folders, newest first. A folder that cannot be read has none. */
export function runNames(runs: string): string[] {
  let names: string[];
  try {
    names = readdirSync(runs);
  } catch {
    return [];
  }
  return names
    .filter((name) => runNumber(name) !== undefined)
    .sort((a, b) => (runNumber(b) ?? 0) - (runNumber(a) ?? 0) || (a < b ? 1 : -1));
}

/** Makes the next run's folder. Two trainers that start at once get two folders. */
export function makeRunFolder(runs: string): { readonly folder: string; readonly id: string; readonly number: number } {
  makeFolders(runs);
  keepOutOfGit(dirname(runs));
  for (let number = (runNumber(runNames(runs)[0] ?? '') ?? 0) + 1; ; number++) {
    const id = runName(number);
    const folder = join(runs, id);
    try {
      mkdirSync(folder);
      return { folder, id, number };
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
  }
}

/** Not Node's own recursive form: that one never ends where a system folder refuses without saying so. */
function makeFolders(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return;
    if (!isCode(error, 'ENOENT') || dirname(path) === path) throw error;
    makeFolders(dirname(path));
    mkdirSync(path);
  }
}

function keepOutOfGit(home: string): void {
  if (!home.endsWith('.modelwright')) return;
  try {
    writeFileSync(join(home, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
}

/** True for a file system error of that code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
