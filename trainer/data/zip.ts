/** One file within a ZIP archive (NPZ): unpacked while it is read, never further than its reader asks. */

import type { Entry, ZipFile } from 'yauzl';
import type { PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { collected, type DataBytes } from './bytes.ts';
import { reason } from './locate.ts';

/** The bytes of a member; `path` is how the program calls the archive, `found` where it lies. */
export function bytesOfMember(path: string, found: string, member: string, at: PlanPlace | undefined): DataBytes {
  const broken = (error: unknown): Failure =>
    new Failure(
      'data/broken-zip',
      `The archive "${path}" cannot be read: ${reason(error)}. It is cut off or damaged: fetch it again.`,
      at,
    );
  async function* chunks(): AsyncGenerator<Buffer> {
    const archive = await openArchive(found).catch((error: unknown) => {
      throw broken(error);
    });
    try {
      const { entry, names } = await findMember(archive, member).catch((error: unknown) => {
        throw broken(error);
      });
      if (entry === undefined) {
        throw new Failure(
          'data/no-member',
          `The archive "${path}" has no array \`${member.replace(/\.npy$/, '')}\`. Its arrays are ${names.map((name) => name.replace(/\.npy$/, '')).join(', ') || 'none'}: the name of a raw column says which one it is.`,
          at,
        );
      }
      try {
        for await (const piece of await readMember(archive, entry)) yield piece;
      } catch (error) {
        throw broken(error);
      }
    } finally {
      archive.close();
    }
  }
  return { chunks, open: (shelf, expected) => collected(chunks(), shelf, expected) };
}

/** True of a file that begins as an archive does. */
export function isArchive(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b;
}

async function openArchive(found: string): Promise<ZipFile> {
  const { open } = await import('yauzl');
  return new Promise((done, failed) => {
    open(found, { lazyEntries: true, autoClose: false }, (error, archive) => (error ? failed(error) : done(archive)));
  });
}

/** More members than this are not looked through. */
const MOST_MEMBERS = 10_000;

function findMember(
  archive: ZipFile,
  member: string,
): Promise<{ readonly entry: Entry | undefined; readonly names: readonly string[] }> {
  const names: string[] = [];
  return new Promise((done, failed) => {
    archive.on('error', failed);
    archive.on('end', () => done({ entry: undefined, names }));
    archive.on('entry', (entry: Entry) => {
      if (entry.fileName === member) done({ entry, names });
      else if (names.length >= MOST_MEMBERS) done({ entry: undefined, names });
      else {
        names.push(entry.fileName);
        archive.readEntry();
      }
    });
    archive.readEntry();
  });
}

function readMember(archive: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  return new Promise((done, failed) => {
    archive.openReadStream(entry, (error, stream) => (error ? failed(error) : done(stream)));
  });
}
