/** `cache: memory` and `cache: disk` of a data declaration: whether there is room, and the pipeline that keeps its rows. */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { PlanData } from '../../language/index.ts';
import { makeRoom, openDiskCache, rowsOnDisk } from './disk-cache.ts';
import { fittedText } from './fit.ts';
import { channelsOf } from './media.ts';
import { dataBudget } from './memory.ts';
import type { Pipeline } from './pipeline.ts';
import {
  bytesOfRow,
  type CachedField,
  cachedFields,
  memoryStore,
  type SharedRows,
  sharedRows,
  withCache,
} from './row-cache.ts';

export interface Cached {
  readonly pipeline: Pipeline;
  /** For other workers. */
  readonly shared: SharedRows | undefined;
  /** What is not kept, and why. */
  readonly note: string | undefined;
  flush(): void;
}

export interface CachePlace {
  /** `.modelwright/cache`, or undefined: nothing is kept on disk. */
  readonly folder: string | undefined;
  readonly hash: string;
  /** Rows of the table. */
  readonly rows: number;
  /** Of the worker that loaded first. */
  readonly shared: SharedRows | undefined;
  readonly now: number;
}

/** `.modelwright/cache` beside the runs; a folder of temporary files where runs lie elsewhere. */
export function cacheFolderOf(runFolder: string): string {
  const home = dirname(dirname(runFolder));
  return basename(home) === '.modelwright' ? join(home, 'cache') : join(tmpdir(), 'modelwright-cache');
}

/** The pipeline with what its declaration keeps. */
export function cached(data: PlanData, pipeline: Pipeline, place: CachePlace): Cached {
  const fields = cachedFields(data, pipeline.packings);
  const none = (note?: string): Cached => ({ pipeline, shared: undefined, note, flush: () => undefined });
  if (data.cache === undefined || fields.length === 0 || place.rows === 0) return none();
  return data.cache === 'memory' ? inMemory(pipeline, fields, place) : onDisk(data, pipeline, fields, place, none);
}

function inMemory(pipeline: Pipeline, fields: readonly CachedField[], place: CachePlace): Cached {
  // The other half is the table's.
  const room = Math.floor(dataBudget().left / 2 / bytesOfRow(fields));
  const count = Math.min(place.rows, room);
  const shared = place.shared ?? sharedRows(fields, count);
  const stores = new Map(
    fields.flatMap(({ name, bytes }) => {
      const buffer = shared.fields[name];
      return buffer === undefined ? [] : [[name, memoryStore(buffer, bytes)] as const];
    }),
  );
  const share = Math.round((count / place.rows) * 100);
  const note =
    count < place.rows
      ? `\`cache: memory\` keeps ${share} % of the rows: no more fit into memory. \`cache: disk\` may keep all.`
      : undefined;
  return {
    pipeline: withCache(pipeline, fields, new Uint8Array(shared.there), stores),
    shared,
    note,
    flush: () => undefined,
  };
}

function onDisk(
  data: PlanData,
  pipeline: Pipeline,
  fields: readonly CachedField[],
  place: CachePlace,
  none: (note?: string) => Cached,
): Cached {
  const { folder, rows } = place;
  if (folder === undefined) return none();
  const key = recipeOf(data, pipeline, place.hash);
  const needed = rows * bytesOfRow(fields);
  if (place.shared === undefined && !makeRoom(folder, key, needed, place.now))
    return none(`\`cache: disk\` keeps nothing: ${Math.ceil(needed / 2 ** 20)} MiB do not fit into ${folder}.`);
  const own = join(folder, key);
  const shared = place.shared ?? { there: new SharedArrayBuffer(rows), fields: {} };
  const there = new Uint8Array(shared.there);
  if (place.shared === undefined) rowsOnDisk(own, rows, there);
  const disk = openDiskCache(own, fields);
  return {
    pipeline: withCache(pipeline, fields, there, disk.stores),
    shared,
    note: undefined,
    flush: () => disk.flush(there),
  };
}

/** The same for the same files, nodes and what was learned: rows made otherwise are others. */
function recipeOf(data: PlanData, pipeline: Pipeline, hash: string): string {
  const nodes = data.nodes.map((node) => {
    const channels = node.op.endsWith('decodeImage') ? channelsOf(node, data) : 0;
    return [node.op, node.inputs, node.output, node.settings, node.shape, channels];
  });
  const fields = data.fields.map(({ name, node, dtype, shape }) => [name, node, dtype, shape]);
  // `previous` sees the rows that are left.
  const chosen = [data.keep, data.deduplicate];
  const text = JSON.stringify([FORM, hash, nodes, chosen, fields, fittedText(pipeline.fitted)]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Changes when transforms give other numbers than before, or rows are kept in another form. */
const FORM = 2;
