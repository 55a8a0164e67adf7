/**
 * Finding data files. A path in a program is relative to the file that names it, then to `MODELWRIGHT_DATA`.
 * Only regular files are read. Compressed ones are told by their first two bytes, not by their name.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { downloadFolder } from '../../files/index.ts';
import { type Download, nameOfDownload, type PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { grouped } from './values.ts';

export interface DataPlace {
  /** The program that names the files. */
  readonly program: string;
  /** `MODELWRIGHT_DATA`, or undefined. */
  readonly dataFolder: string | undefined;
  /** Where the source stands in the program, for errors. */
  readonly at: PlanPlace;
}

/** The absolute path of a data file. */
export function locate(path: string, place: DataPlace): string {
  const tried = candidates(path, place);
  const found = tried.find(isThere);
  if (found === undefined) {
    const hint =
      place.dataFolder === undefined && !isAbsolute(path)
        ? ' Put it there, or set MODELWRIGHT_DATA to the folder that holds it.'
        : ' Put it there, or correct the name.';
    throw new Failure(
      'data/missing-file',
      `The data file "${path}" is not there. Looked for ${tried.join(' and ')}.${hint}`,
      place.at,
    );
  }
  if (!statSync(found).isFile()) {
    throw new Failure(
      'data/not-a-file',
      `"${path}" (${found}) is not a file, but a folder or a device. Name a file.`,
      place.at,
    );
  }
  return found;
}

/** Where a file lies that is named by an address, once it was fetched. */
export function placeOfDownload(download: Download, dataFolder: string | undefined): string {
  return join(downloadFolder(dataFolder), nameOfDownload(download));
}

/** The absolute path of a folder of data files. */
export function locateFolder(path: string, place: DataPlace): string {
  const tried = candidates(path, place);
  const found = tried.find((one) => statSync(one, { throwIfNoEntry: false })?.isDirectory());
  if (found !== undefined) return found;
  throw new Failure(
    'data/missing-file',
    `The folder "${path}" is not there. Looked for ${tried.join(' and ')}. Put it there, or correct the name.`,
    place.at,
  );
}

/** The absolute path of a folder; undefined where there is none. */
export function findFolder(path: string, place: DataPlace): string | undefined {
  return candidates(path, place).find((one) => statSync(one, { throwIfNoEntry: false })?.isDirectory());
}

function candidates(path: string, place: DataPlace): string[] {
  const own = resolve(dirname(resolve(place.program)), path);
  if (isAbsolute(path) || place.dataFolder === undefined || place.dataFolder === '') return [own];
  return [own, resolve(place.dataFolder, path)];
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The bytes themselves, or what they unpack to where they are a gzip file. */
export function unpack(path: string, bytes: Buffer, at: PlanPlace | undefined): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new Failure(
      'data/broken-gzip',
      `The compressed file "${path}" (${grouped(bytes.length)} bytes) cannot be unpacked: ${gzipReason(error)}. ` +
        'It is cut off or damaged: fetch it again.',
      at,
    );
  }
}

export function gzipReason(error: unknown): string {
  const text = reason(error);
  return text === 'unexpected end of file' ? 'it ends in the middle' : text;
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const SAMPLE = 65536;

/** A fingerprint of a file: its name, its size, its first and last 64 KiB. */
export function fingerprint(path: string, found: string): string {
  const hash = createHash('sha256');
  const file = openSync(found, 'r');
  try {
    const { size } = fstatSync(file);
    hash.update(`${path}\n${size}\n`);
    const buffer = Buffer.alloc(Math.min(size, SAMPLE));
    hash.update(buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0)));
    if (size > SAMPLE)
      hash.update(buffer.subarray(0, readSync(file, buffer, 0, buffer.length, Math.max(0, size - SAMPLE))));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
