/**
 * One file from an address onto this disk: a connection that breaks is taken up where it broke, and what arrives is
 * compared with the checksum that is known. Nothing stands under the final name before that.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import type { Failure } from '../failure.ts';
import { authorization, type Fetch, reasonOf, shown, withoutCredentials } from './address.ts';

export interface Download {
  readonly url: string;
  readonly sha256: string | undefined;
  /** Where it is to lie. */
  readonly file: string;
  /** Where it lies while it arrives; left out: beside it. */
  readonly part?: string;
}

export interface DownloadDeps {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** Bytes there are, and bytes there will be where that is known. */
  readonly progress: (done: number, total: number | undefined) => void;
  /** Passes the time before another try. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly troubles: DownloadTroubles;
}

/** How it is told that there is no file: whoever fetches knows what it is for, and what else can be done. */
export interface DownloadTroubles {
  readonly unreachable: (address: string, reason: string) => Failure;
  readonly otherSum: (name: string, found: string, promised: string) => Failure;
}

/** Tries in a row that bring nothing before it is given up. */
const TRIES = 5;
/** A connection that brings nothing for so long is broken. */
const SILENCE = 60_000;

export async function download(wanted: Download, deps: DownloadDeps): Promise<void> {
  const { url, sha256, file, part = `${file}.part` } = wanted;
  // What another process left is only gone on with where the sum will tell that both halves belong together.
  if (sha256 === undefined) rmSync(part, { force: true });
  const isRest = sizeOf(part) > 0;
  await fetchAll(url, part, deps);
  if (sha256 !== undefined) {
    let found = await sha256Of(part);
    if (isRest && found !== sha256) {
      // It may have become another file since its first half was fetched.
      rmSync(part, { force: true });
      await fetchAll(url, part, deps);
      found = await sha256Of(part);
    }
    deps.signal.throwIfAborted();
    if (found !== sha256) {
      rmSync(part, { force: true });
      throw deps.troubles.otherSum(shown(url), found, sha256);
    }
  }
  deps.signal.throwIfAborted();
  await rename(part, file);
}

/** Compares a file with the checksum that it should have; `name` is what a person knows it by. */
export async function verify(
  file: string,
  sha256: string | undefined,
  name: string,
  troubles: DownloadTroubles,
): Promise<void> {
  if (sha256 === undefined) return;
  const found = await sha256Of(file);
  if (found !== sha256) throw troubles.otherSum(name, found, sha256);
}

async function fetchAll(url: string, part: string, deps: DownloadDeps): Promise<void> {
  /** Names the state of the file at the server, so that no two states are joined. */
  let validator: string | undefined;
  let failures = 0;
  for (;;) {
    const before = sizeOf(part);
    try {
      const answer = await ask(url, before, validator, deps);
      if (answer === 'whole') return;
      validator = validatorOf(answer) ?? validator;
      const total = await receive(answer, part, before, deps);
      if (total === undefined || sizeOf(part) >= total) return;
      throw new Error(`the connection ended after ${sizeOf(part)} of ${total} bytes`);
    } catch (error) {
      deps.signal.throwIfAborted();
      failures = sizeOf(part) > before ? 1 : failures + 1;
      if (error instanceof Refused || failures >= TRIES) throw deps.troubles.unreachable(shown(url), reasonOf(error));
      await deps.wait(1000 * 2 ** (failures - 1));
      deps.signal.throwIfAborted();
    }
  }
}

/** The rest of the file, or all of it; `whole` where there is no rest. */
async function ask(
  url: string,
  from: number,
  validator: string | undefined,
  { fetch, signal }: DownloadDeps,
): Promise<Response | 'whole'> {
  const range = { range: `bytes=${from}-`, ...(validator === undefined ? {} : { 'if-range': validator }) };
  const headers = { ...authorization(url), 'accept-encoding': 'identity', ...(from === 0 ? {} : range) };
  const answer = await fetch(withoutCredentials(url), { signal, headers });
  if (answer.ok) return answer;
  await answer.body?.cancel();
  if (answer.status === 416 && from > 0) return 'whole';
  const text = `the server answered ${answer.status} ${answer.statusText}`.trim();
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Error(text);
  throw new Refused(text);
}

/** A strong one only: a weak one promises no equal bytes. */
function validatorOf(answer: Response): string | undefined {
  const tag = answer.headers.get('etag');
  return tag !== null && !tag.startsWith('W/') ? tag : (answer.headers.get('last-modified') ?? undefined);
}

/** Writes what comes; answers how many bytes the file has in the end. */
async function receive(
  answer: Response,
  part: string,
  before: number,
  { progress }: DownloadDeps,
): Promise<number | undefined> {
  const start = answer.status === 206 ? before : 0;
  const length = answer.headers.get('content-length');
  const total = length === null ? undefined : start + Number(length);
  const out = await open(part, start === 0 ? 'w' : 'a');
  const reader = answer.body?.getReader();
  let done = start;
  try {
    for (;;) {
      const value = await nextOf(reader);
      if (value === undefined) return total;
      await out.write(value);
      done += value.length;
      progress(done, total);
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
    await out.close();
  }
}

/** The next bytes; an error where none come for long. */
async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<Uint8Array | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came for ${SILENCE / 1000} s`)), SILENCE);
  });
  try {
    return (await Promise.race([reader?.read(), silence]))?.value;
  } finally {
    clearTimeout(timer);
  }
}

/** The server will answer the same the next time. */
class Refused extends Error {}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}
