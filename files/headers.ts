/** Headers of data files and folders: read at once, or in steps that leave others their turn. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  type DataHeader,
  type FileHead,
  type FileStart,
  type FileTrouble,
  fittingFiles,
  folderHeader,
  type HeaderWish,
  headerSteps,
  lookedFiles,
  parseHeader,
} from '../language/index.ts';
import { folderVersion, listFolder, listFolderLater } from './folder.ts';
import { isAllowed, type PathRules } from './paths.ts';
import { errorTrouble, readStart, readStartLater, START_BYTES, type Start, versionOf } from './start.ts';

export interface Read {
  readonly value: DataHeader;
  /** Changes when the file does. */
  readonly version: string;
}

/** Bytes of the files of a folder that are looked at. */
const HEAD_BYTES = 64 * 1024;

/** Reads a file's header at once; `known` is asked with its version, so that an unchanged file is not parsed again. */
export function readHeader(
  named: string,
  wish: HeaderWish,
  rules: PathRules,
  known: (version: string) => DataHeader | undefined,
): Read | FileTrouble {
  const path = fileOf(named, wish);
  if (!isAllowed(path, rules)) return 'outside';
  try {
    const stats = statSync(path);
    if (!isAllowed(realpathSync(path), rules)) return 'outside';
    if (wish.kind === 'folder' && stats.isDirectory()) {
      const value = readFolder(path, wish, rules);
      return { value, version: JSON.stringify(value) };
    }
    const version = versionOf(stats);
    const before = known(version);
    if (before) return { value: before, version };
  } catch (error) {
    return errorTrouble(error);
  }
  const start = readStart(path, START_BYTES);
  if (typeof start === 'string') return start;
  return { value: parseHeader(path, fileStart(start), wish), version: start.version };
}

/** The same without waiting. */
export async function readHeaderLater(
  named: string,
  wish: HeaderWish,
  rules: PathRules,
  known: (version: string) => DataHeader | undefined,
): Promise<Read | FileTrouble> {
  const path = fileOf(named, wish);
  if (!isAllowed(path, rules)) return 'outside';
  try {
    const stats = await stat(path);
    if (!isAllowed(await realpath(path), rules)) return 'outside';
    const isFolder = wish.kind === 'folder' && stats.isDirectory();
    const version = isFolder ? await folderVersion(path) : versionOf(stats);
    const before = known(version);
    if (before) return { value: before, version };
    if (isFolder) return { value: await readFolderLater(path, wish, rules), version };
  } catch (error) {
    return errorTrouble(error);
  }
  const start = await readStartLater(path, START_BYTES);
  if (typeof start === 'string') return start;
  const steps = headerSteps(path, fileStart(start), wish);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return { value: step.value, version: start.version };
    await setImmediate();
  }
}

/**
 * The file that tells of what is named. The network of a run of our own stands in its plan, whether the run's folder, one of
 * its checkpoints or the weights in that are named.
 */
function fileOf(named: string, wish: HeaderWish): string {
  if (wish.kind !== 'network') return named;
  const isWeights = named.endsWith('.safetensors');
  const folder = isWeights ? dirname(named) : named;
  const plans = [...(isWeights ? [] : [join(folder, PLAN)]), join(folder, '..', '..', PLAN)];
  const isPlan = !isWeights && !isFolder(named) ? undefined : plans.find((plan) => existsSync(plan));
  return isPlan ?? named;
}

const PLAN = 'plan.json';

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readFolder(root: string, wish: HeaderWish, rules: PathRules): DataHeader {
  const listing = listFolder(root);
  const heads: FileHead[] = [];
  for (const path of lookedFiles(fittingFiles(listing, wish))) {
    const file = join(root, path);
    if (!isAllowed(realpathSync(file), rules)) continue;
    const start = readStart(file, HEAD_BYTES);
    if (typeof start !== 'string') heads.push({ path, bytes: start.bytes, size: start.size });
  }
  return folderHeader(listing, heads, wish);
}

async function readFolderLater(root: string, wish: HeaderWish, rules: PathRules): Promise<DataHeader> {
  const listing = await listFolderLater(root);
  const heads: FileHead[] = [];
  for (const path of lookedFiles(fittingFiles(listing, wish))) {
    const file = join(root, path);
    const real = await realpath(file).catch(() => undefined);
    if (real === undefined || !isAllowed(real, rules)) continue;
    const start = await readStartLater(file, HEAD_BYTES);
    if (typeof start !== 'string') heads.push({ path, bytes: start.bytes, size: start.size });
  }
  return folderHeader(listing, heads, wish);
}

function fileStart(start: Start): FileStart {
  return { bytes: start.bytes, whole: start.whole, more: start.more, decode };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}
