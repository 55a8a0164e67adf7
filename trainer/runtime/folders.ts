/** Where what Modelwright itself fetched lies on this user's machine, and what is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isRecord, parseJson } from '../../protocol/index.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The user's folder for data of programs, by the custom of the platform. */
export function dataFolder(env: Environment = process.env, platform: string = process.platform): string {
  const own = env.MODELWRIGHT_HOME;
  if (own !== undefined && own !== '') return own;
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'modelwright');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'modelwright');
  const data = env.XDG_DATA_HOME;
  return join(data === undefined || data === '' ? join(home, '.local', 'share') : data, 'modelwright');
}

export function runtimesFolder(env?: Environment): string {
  return join(dataFolder(env), 'runtimes');
}

/** What `installed.json` in a runtime's folder says. */
export interface RuntimeRecord {
  /** Of TensorFlow; '' where it was not told. */
  readonly version: string;
  readonly gpu: boolean;
  /** Each file that it was taken from, without credentials. */
  readonly from: readonly string[];
  readonly bytes: number;
}

export interface InstalledRuntime {
  readonly folder: string;
  /** Holds the libraries; laid out as in a wheel, whose libraries look for each other by that. */
  readonly libraries: string;
  readonly record: RuntimeRecord;
}

export const recordName = 'installed.json';

/** Runtimes that were placed whole: those for a GPU first, then the newest. */
export function installedRuntimes(env?: Environment): readonly InstalledRuntime[] {
  const parent = runtimesFolder(env);
  if (!existsSync(parent)) return [];
  const found = readdirSync(parent).flatMap((name): InstalledRuntime[] => {
    const folder = join(parent, name);
    const record = readRecord(join(folder, recordName));
    return record === undefined || name.startsWith('.')
      ? []
      : [{ folder, libraries: join(folder, 'tensorflow'), record }];
  });
  const newest = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true });
  return found.sort(
    (a, b) => Number(b.record.gpu) - Number(a.record.gpu) || newest(a.record.version, b.record.version),
  );
}

function readRecord(path: string): RuntimeRecord | undefined {
  if (!existsSync(path)) return undefined;
  const value = parseJson(readFileSync(path, 'utf8'));
  if (!isRecord(value) || typeof value.version !== 'string' || typeof value.gpu !== 'boolean') return undefined;
  const from = Array.isArray(value.from) ? value.from.map(String) : [];
  return { version: value.version, gpu: value.gpu, from, bytes: Number(value.bytes ?? 0) };
}
