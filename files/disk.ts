/**
 * The `Files` port over the disk. `createDisk` never waits: what is not in its cache is read in the background, and its
 * owner is told. `createFiles` reads at once, for the command line and the trainer. Both answer the same.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { DataHeader, FileResult, Files, FileTrouble, HeaderWish } from '../language/index.ts';
import { readHeader, readHeaderLater } from './headers.ts';
import { dataPaths, importPath, isAllowed, type PathRules } from './paths.ts';
import { errorTrouble, versionOf } from './start.ts';

type Header = FileResult<DataHeader>;
type Source = { readonly file: string; readonly text: string } | FileTrouble;

/** Programs larger than this are not read. */
const SOURCE_BYTES = 8 * 1024 * 1024;
/** How long an answer counts without looking at the disk again, in milliseconds. */
const FRESH = 2000;

export interface Disk {
  readonly files: Files;
  /** A file changed, was made or removed: it is read again when it is asked for. */
  changed(path: string): void;
}

export interface DiskOptions extends PathRules {
  /** The text of an open document, which wins over the disk. */
  readonly open: (file: string) => string | undefined;
  /** Something that was not known has become known. */
  readonly known: () => void;
}

/** Reads everything at once. */
export function createFiles(rules: Partial<PathRules> & { readonly open?: DiskOptions['open'] } = {}): Files {
  const all: PathRules = { dataFolder: rules.dataFolder, trusted: rules.trusted ?? true, folders: rules.folders ?? [] };
  const headers = new Map<string, { readonly version: string; readonly header: Header }>();
  return {
    source(from, path) {
      const file = importPath(from, path);
      const text = rules.open?.(file);
      if (text !== undefined) return { file, text };
      if (!isAllowed(file, all)) return 'outside';
      try {
        if (!isAllowed(realpathSync(file), all)) return 'outside';
        const stats = statSync(file);
        if (!stats.isFile()) return 'device';
        if (stats.size > SOURCE_BYTES) return 'too-large';
        return { file, text: decode(readFileSync(file)) };
      } catch (error) {
        return errorTrouble(error);
      }
    },
    header(from, path, wish = {}) {
      let first: FileTrouble | undefined;
      for (const candidate of dataPaths(from, path, all)) {
        const key = `${candidate} ${JSON.stringify(wish)}`;
        const before = headers.get(key);
        const read = readHeader(candidate, wish, all, (version) =>
          before?.version === version && before.header.ok ? before.header.value : undefined,
        );
        if (typeof read !== 'string') {
          if (before?.version === read.version) return before.header;
          const header: Header = { ok: true, value: read.value };
          headers.set(key, { version: read.version, header });
          return header;
        }
        if (read !== 'missing') first ??= read;
      }
      return trouble(first ?? 'missing', path);
    },
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

const troubles = new Map<string, Header>();

/** One object for each trouble of a path, so that asking again gives the same answer. */
function trouble(kind: FileTrouble, path: string): Header {
  const key = `${kind} ${path}`;
  let found = troubles.get(key);
  if (!found) {
    found = { ok: false, trouble: kind, path };
    troubles.set(key, found);
  }
  return found;
}

// ---- without waiting

interface Cached<T> {
  value: T | undefined;
  version: string;
  checked: number;
  reading: boolean;
  readonly paths: ReadonlySet<string>;
}

/** Answers from a cache and reads in the background. */
export function createDisk(options: DiskOptions, now: () => number = Date.now): Disk {
  const headers = new Map<string, Cached<Header>>();
  const sources = new Map<string, Cached<Source>>();

  /** The cached answer; an old one is checked anew in the background, and stands until then. */
  function ask<T>(
    cache: Map<string, Cached<T>>,
    key: string,
    paths: readonly string[],
    read: (before: Cached<T>) => Promise<{ readonly value: T; readonly version: string }>,
  ): T | undefined {
    let cached = cache.get(key);
    if (!cached) {
      cached = {
        value: undefined,
        version: '',
        checked: Number.NEGATIVE_INFINITY,
        reading: false,
        paths: new Set(paths),
      };
      cache.set(key, cached);
    }
    const entry = cached;
    if (!entry.reading && now() - entry.checked > FRESH) {
      entry.reading = true;
      void read(entry).then(({ value, version }) => {
        entry.reading = false;
        entry.checked = now();
        if (entry.value !== undefined && entry.version === version) return;
        entry.value = value;
        entry.version = version;
        options.known();
      });
    }
    return entry.value;
  }

  const files: Files = {
    source(from, path) {
      const file = importPath(from, path);
      const text = options.open(file);
      if (text !== undefined) return { file, text };
      if (!isAllowed(file, options)) return 'outside';
      return ask(sources, file, [file], () => readSource(file, options));
    },
    header(from, path, wish = {}) {
      const paths = dataPaths(from, path, options);
      const key = `${paths.join('\n')} ${JSON.stringify(wish)}`;
      return ask(headers, key, paths, (before) => readAny(paths, path, wish, before, options));
    },
  };
  return {
    files,
    changed(path) {
      for (const cache of [headers, sources]) {
        for (const cached of cache.values()) {
          const touched = [...cached.paths].some((own) => path === own || path.startsWith(own + sep));
          if (touched) cached.checked = Number.NEGATIVE_INFINITY;
        }
      }
    },
  };
}

async function readSource(
  file: string,
  rules: PathRules,
): Promise<{ readonly value: Source; readonly version: string }> {
  try {
    const stats = await stat(file);
    if (!stats.isFile()) return { value: stats.isDirectory() ? 'folder' : 'device', version: 'trouble' };
    if (stats.size > SOURCE_BYTES) return { value: 'too-large', version: 'trouble' };
    if (!isAllowed(await realpath(file), rules)) return { value: 'outside', version: 'outside' };
    return { value: { file, text: decode(await readFile(file)) }, version: versionOf(stats) };
  } catch (error) {
    const value = errorTrouble(error);
    return { value, version: value };
  }
}

async function readAny(
  paths: readonly string[],
  path: string,
  wish: HeaderWish,
  before: Cached<Header>,
  rules: PathRules,
): Promise<{ readonly value: Header; readonly version: string }> {
  let first: FileTrouble | undefined;
  for (const candidate of paths) {
    const known = (version: string) =>
      before.value?.ok && before.version === `${candidate} ${version}` ? before.value.value : undefined;
    const read = await readHeaderLater(candidate, wish, rules, known);
    if (typeof read !== 'string') {
      const version = `${candidate} ${read.version}`;
      const same = before.version === version ? before.value : undefined;
      return { value: same ?? { ok: true, value: read.value }, version };
    }
    if (read !== 'missing') first ??= read;
  }
  const kind = first ?? 'missing';
  return { value: trouble(kind, path), version: kind };
}
