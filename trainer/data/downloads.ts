/**
 * Data files that a program names by an address (`download("https://…", sha256: "…")`): fetched before the rows are read,
 * compared with their checksums, and kept for every later run. What is there already is not fetched again.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import {
  bytes,
  type Download,
  downloadOf,
  type PlanData,
  type PlanPart,
  type PlanPlace,
  titleOfDownload,
} from '../../language/index.ts';
import { isRecord, parseJson } from '../../protocol/index.ts';
import { processLives } from '../../runs/index.ts';
import { Failure } from '../failure.ts';
import { type Fetch, shown } from '../net/address.ts';
import { type DownloadTroubles, download, sha256Of } from '../net/download.ts';
import { placeOfDownload, reason } from './locate.ts';

export interface FetchWish {
  /** `MODELWRIGHT_DATA`. */
  readonly dataFolder: string | undefined;
  readonly say: (level: 'info' | 'warning', text: string) => void;
  /** Ends it; what has arrived is gone on with the next time. */
  readonly signal?: AbortSignal;
  /** For tests; left out: the net, and the time. */
  readonly fetch?: Fetch;
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly clock?: () => number;
}

/** Milliseconds between two lines of progress. */
const PACE = 3000;

/** Fetches what is not there yet of these files. */
export async function fetchAll(
  downloads: readonly { readonly url: string; readonly sha256?: string | undefined }[],
  wish: FetchWish,
): Promise<void> {
  for (const { url, sha256 } of downloads) await fetchOne({ url, sha256: sha256?.toLowerCase() }, undefined, wish);
}

/** Fetches what is not there yet of the files that a plan's data names by addresses. */
export async function fetchDownloads(data: PlanData, wish: FetchWish): Promise<void> {
  for (const { wanted, place } of downloadsOf(data)) await fetchOne(wanted, place, wish);
}

interface Wanted {
  readonly wanted: Download;
  readonly place: PlanPlace;
}

/** The downloads of the data, and of other data whose rows are a part of it. */
function downloadsOf(data: PlanData): readonly Wanted[] {
  const own = Object.values(data.source.settings).flatMap((value): Wanted[] => {
    const wanted = downloadOf(value);
    return wanted === undefined ? [] : [{ wanted, place: data.source.place }];
  });
  const below = (part: PlanPart | undefined) => (part?.kind === 'data' ? downloadsOf(part.data) : []);
  return [...own, ...below(data.parts?.validation), ...below(data.parts?.test)];
}

async function fetchOne(wanted: Download, place: PlanPlace | undefined, wish: FetchWish): Promise<void> {
  const { url, sha256 } = wanted;
  const { say, signal = new AbortController().signal } = wish;
  const file = placeOfDownload(wanted, wish.dataFolder);
  const title = titleOfDownload(wanted);
  const state = await stateOf(file, sha256);
  if (state === 'right') return;
  if (state === 'other') say('warning', `${file} was changed: it no longer has its checksum, so it is fetched again.`);
  makeFolder(dirname(file), url, place);
  const part = partOf(file);
  say('info', `Downloading ${title} from ${shown(url)}`);
  const clock = wish.clock ?? (() => performance.now());
  let said = clock();
  const progress = (done: number, total: number | undefined): void => {
    if (clock() - said < PACE) return;
    said = clock();
    say('info', `Downloading ${title}: ${bytes(done)}${total === undefined ? '' : ` of ${bytes(total)}`}`);
  };
  await download(
    { url, sha256, file, part },
    {
      fetch: wish.fetch ?? fetch,
      signal,
      progress,
      wait: wish.wait ?? ((milliseconds) => passed(milliseconds, undefined, { signal })),
      troubles: troublesOf(file, place),
    },
  );
  const sum = sha256 ?? (await sha256Of(file));
  remember(file, sum);
  const arrived = `Downloaded ${title} (${bytes(statSync(file).size)}) to ${file}`;
  const advice = `${arrived}. Write \`sha256: "${sum}"\` behind its address, so that it is this very file everywhere.`;
  say('info', sha256 === undefined ? advice : arrived);
}

/** Whether a file is there with the checksum that it should have. Without one, any file will do. */
async function stateOf(file: string, sha256: string | undefined): Promise<'missing' | 'right' | 'other'> {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 'missing';
  if (sha256 === undefined) return 'right';
  const note = existsSync(noteOf(file)) ? parseJson(readFileSync(noteOf(file), 'utf8')) : undefined;
  const isSame = isRecord(note) && note.size === stats.size && note.changed === stats.mtimeMs;
  if (isSame && note.sha256 === sha256) return 'right';
  if ((await sha256Of(file)) !== sha256) return 'other';
  remember(file, sha256);
  return 'right';
}

function noteOf(file: string): string {
  return `${file}.json`;
}

/** Writes down the checksum with size and time, so that a file that stays as it is is not read through before each run. */
function remember(file: string, sha256: string): void {
  const { size, mtimeMs } = statSync(file);
  try {
    writeFileSync(noteOf(file), `${JSON.stringify({ sha256, size, changed: mtimeMs })}\n`);
  } catch {
    // A folder that may only be read: it is read through again.
  }
}

/** A file of this process alone; what a process that is gone has left of the same file becomes it. */
function partOf(file: string): string {
  const own = `${file}.${process.pid}.part`;
  for (const name of existsSync(own) ? [] : readdirSync(dirname(file))) {
    if (!name.startsWith(`${basename(file)}.`)) continue;
    const owner = Number(/\.(\d+)\.part$/.exec(name)?.[1]);
    if (!Number.isInteger(owner) || processLives(owner)) continue;
    try {
      renameSync(join(dirname(file), name), own);
      break;
    } catch {
      // Another process was quicker.
    }
  }
  return own;
}

function makeFolder(folder: string, url: string, place: PlanPlace | undefined): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Failure(
      'data/download',
      `${shown(url)} cannot be kept in ${folder}: ${reason(error)}. Set MODELWRIGHT_DATA to a folder that may be written.`,
      place,
    );
  }
}

function troublesOf(file: string, place: PlanPlace | undefined): DownloadTroubles {
  return {
    unreachable: (address, why) =>
      new Failure(
        'data/download',
        `${address} could not be fetched: ${why}. Check the address and the connection, or fetch the file in another way and put it at ${file}.`,
        place,
      ),
    otherSum: (address, found, promised) =>
      new Failure(
        'data/download',
        `${address} arrived with the checksum sha256 ${found}, but the program says ${promised}. Nothing of it was kept. If it was renewed there on purpose, look at it and write the new sum; else it was damaged or replaced on its way.`,
        place,
      ),
  };
}
