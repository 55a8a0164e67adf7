/** Takes single files out of a wheel, which is a zip file whose `RECORD` has the checksum of each. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Failure } from '../failure.ts';

export interface Wheel {
  readonly members: readonly Member[];
  /** The text of a small member: `METADATA`. */
  text(member: Member): Promise<string>;
  /** Writes a member below a folder, compared with its checksum. */
  extract(member: Member, folder: string, signal: AbortSignal, progress: (bytes: number) => void): Promise<void>;
  close(): void;
}

export interface Member {
  readonly path: string;
  readonly bytes: number;
  readonly entry: Entry;
}

/** Opens a wheel; its names are checked by the reader (none leaves the folder). */
export async function openWheel(file: string): Promise<Wheel> {
  const zip = await openPromise(file, { autoClose: false }).catch((error: unknown) => {
    throw damaged(file, error);
  });
  const members: Member[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      members.push({ path: entry.fileName, bytes: entry.uncompressedSize, entry });
    }
    const record = members.find(({ path }) => /^[^/]+\.dist-info\/RECORD$/.test(path));
    const sums = record === undefined ? new Map<string, string>() : sumsOf(await readText(zip, record));
    return {
      members,
      text: (member) => readText(zip, member),
      extract: (member, folder, signal, progress) =>
        extract(zip, member, sums.get(member.path), join(folder, member.path), signal, progress),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof Failure ? error : damaged(file, error);
  }
}

async function readText(zip: ZipFile, { entry }: Member): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

async function extract(
  zip: ZipFile,
  member: Member,
  wanted: string | undefined,
  target: string,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      progress(chunk.length);
      done(null, chunk);
    },
  });
  const source = await zip.openReadStreamPromise(member.entry);
  await pipeline(source, counted, createWriteStream(target, { mode: 0o644 }), { signal });
  const found = hash.digest('base64url');
  if (wanted !== undefined && found !== wanted) {
    throw new Failure(
      'train/install',
      `${member.path} came out of its wheel with the checksum ${found}, but the wheel's RECORD says ${wanted}: the wheel is damaged. Nothing was installed; fetch it again.`,
    );
  }
}

/** Lines `path,sha256=…,size`; a path with a comma stands in quotes. */
function sumsOf(record: string): Map<string, string> {
  const sums = new Map<string, string>();
  for (const line of record.split(/\r?\n/)) {
    const [, quoted, plain, sum] = /^(?:"([^"]+)"|([^,]+)),sha256=([\w-]+)/.exec(line) ?? [];
    const path = quoted ?? plain;
    if (path !== undefined && sum !== undefined) sums.set(path, sum);
  }
  return sums;
}

function damaged(file: string, error: unknown): Failure {
  const why = error instanceof Error ? error.message : String(error);
  return new Failure('train/install', `${file} is no whole zip file: ${why}. Fetch it again.`);
}
