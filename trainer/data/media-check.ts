/** Files that are to be decoded, looked at before the first step: whether they are there and begin as what they should be. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { DataNode, PlanData } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { nameOf } from './context.ts';
import { reason } from './locate.ts';
import { reachable } from './nodes.ts';
import type { Pipeline } from './pipeline.ts';
import { grouped, isTexts } from './values.ts';

/** Of more files, so many are looked at, evenly spread: opening each takes its time. */
const MOST = 20_000;
const CHUNK = 4096;

/** An error that names the first file that cannot be decoded, and says how many there are. */
export async function checkMedia(data: PlanData, pipeline: Pipeline): Promise<void> {
  const used = data.fields.filter((field) => field.used).map((field) => field.node);
  for (const id of reachable(data, used)) {
    const node = data.nodes[id];
    const looks = node === undefined ? undefined : LOOKS[nameOf(node.op)];
    if (node === undefined || looks === undefined) continue;
    const rows = sample([pipeline.parts.train, pipeline.parts.validation, pipeline.parts.test]);
    let bad = 0;
    let first: { readonly path: string; readonly why: string } | undefined;
    for (let from = 0; from < rows.length; from += CHUNK) {
      const { data: paths } = await pipeline.node(node.inputs[0] ?? 0, rows.subarray(from, from + CHUNK));
      if (!isTexts(paths)) break;
      for (const path of paths) {
        const why = troubleOf(path, looks);
        if (why === undefined) continue;
        bad++;
        first ??= { path, why };
      }
    }
    if (first !== undefined) throw failureOf(node, bad, rows.length, first);
  }
}

function failureOf(
  node: DataNode,
  bad: number,
  looked: number,
  { path, why }: { readonly path: string; readonly why: string },
): Failure {
  const isPicture = nameOf(node.op) === 'decodeImage';
  const what = isPicture ? 'picture (PNG, JPEG, WebP or BMP)' : 'sound (WAV, FLAC or MP3)';
  return new Failure(
    isPicture ? 'data/not-picture' : 'data/not-wav',
    `${grouped(bad)} of ${grouped(looked)} files ${bad === 1 ? 'is' : 'are'} no ${what}. The first is "${path}": ${why}. Take ${bad === 1 ? 'it' : 'them'} out of the folder, or choose files with \`files:\`.`,
    node.place,
  );
}

/** By the first bytes. */
const LOOKS: Readonly<Record<string, (start: string) => boolean>> = {
  decodeImage: (start) =>
    start.startsWith('\x89PNG') || start.startsWith('\xff\xd8') || start.startsWith('RIFF') || start.startsWith('BM'),
  decodeAudio: (start) =>
    start.startsWith('RIFF') || start.startsWith('fLaC') || start.startsWith('ID3') || /^\xff[\xe0-\xff]/.test(start),
};

function troubleOf(path: string, looks: (start: string) => boolean): string | undefined {
  const start = Buffer.alloc(4);
  try {
    const file = openSync(path, 'r');
    try {
      const count = readSync(file, start, 0, 4, 0);
      if (count === 0) return 'it is empty';
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return `it cannot be read (${reason(error)})`;
  }
  return looks(start.toString('latin1')) ? undefined : 'it begins as something else';
}

function sample(parts: readonly Uint32Array[]): Uint32Array {
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new Uint32Array(count);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  if (count <= MOST) return all;
  return Uint32Array.from({ length: MOST }, (_, i) => all[Math.floor((i * count) / MOST)] ?? 0);
}
