/** Loads the data of a plan and makes its batches, in whatever thread it is called. */
import { createHash } from 'node:crypto';
import { type Plan, type PlanData, ROW_WEIGHT } from '../../language/index.ts';
import type { Batch, HostTensor } from '../engine.ts';
import { type Augment, createAugment } from './augment/index.ts';
import { cached } from './caching.ts';
import { Extremes } from './cleaning.ts';
import { type BatchWish, batchCount, type PartName, type Preparer } from './feed.ts';
import { fittedText, parseFitted } from './fit.ts';
import { checkLimits, limitsOf } from './limits.ts';
import { isDecoded } from './media.ts';
import { checkMedia } from './media-check.ts';
import { wantedColumns } from './nodes.ts';
import { type BalancedClass, balancedOrder, balanceNote, Classes, type Order, plainOrder } from './order.ts';
import { loadOtherParts, type OtherPart, withOtherParts } from './other.ts';
import { allUnpacked } from './packed.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { buffersOf, Pool } from './pool.ts';
import type { SharedRows } from './row-cache.ts';
import { loadSource } from './source.ts';
import { sizeOf } from './values.ts';
import { weightsOf } from './weights.ts';

export interface DataRequest {
  readonly plan: Plan;
  /** `MODELWRIGHT_DATA`. */
  readonly dataFolder: string | undefined;
  /** The contents of the run's `fitted.json`, where there is one already. */
  readonly fitted: string | undefined;
  /** All rows are the `test` part. */
  readonly whole: boolean;
  /** Where rows are kept on disk (`cache: disk`); left out: nowhere. */
  readonly cacheFolder?: string | undefined;
  /** Another worker has loaded and checked the same: what it shares. */
  readonly second?: { readonly shared: SharedRows | undefined };
}

/** A preparer, and what other workers need to know to help it. */
export interface LoadedData extends Preparer {
  readonly shared: SharedRows | undefined;
  /** Making a batch takes so long that several workers pay. */
  readonly isHeavy: boolean;
  /** Fields whose memory is used again. */
  readonly reused: readonly string[];
  /** Of `reused` fields of batches that nobody reads any more. */
  reuse(buffers: readonly ArrayBuffer[]): void;
}

/** Loads, splits, learns and checks; afterwards batches are made on demand. */
export async function loadData(request: DataRequest): Promise<LoadedData> {
  const { plan } = request;
  const { data } = plan;
  const program = plan.sources[data.source.place.source]?.path ?? plan.file;
  const place = { program, dataFolder: request.dataFolder };
  const seed = trainingSeed(plan);
  const loaded = await loadSource(data, place, wantedColumns(data));
  const made = await createPipeline(data, loaded.table, {
    fitted: request.fitted === undefined ? undefined : parseFitted(request.fitted),
    whole: request.whole,
    trainingSeed: seed,
  });
  const kept = cached(data, made, {
    folder: request.whole ? undefined : request.cacheFolder,
    hash: loaded.hash,
    rows: request.whole ? 0 : made.rows,
    shared: request.second?.shared,
    now: Date.now(),
  });
  const own = kept.pipeline;
  const others = request.whole ? {} : await loadOtherParts(data, own.fitted, place);
  const pipeline = withOtherParts(own, others);
  if (request.second === undefined) {
    await checkMedia(data, own);
    for (const other of Object.values(others)) await checkMedia(other.data, other.pipeline);
    await checkLimits(pipeline, limitsOf(plan));
    await checkRows(plan, pipeline);
  }
  const weigh = (part: PartName, rows: Uint32Array) => {
    const other = others[part];
    return other ? otherWeights(data, other, rows) : weightsOf(data, pipeline, rows);
  };
  if (!request.whole && request.second === undefined)
    for (const part of ['train', 'validation', 'test'] as const) await weigh(part, pipeline.parts[part]);
  const classes = data.balance === undefined || request.whole ? undefined : await classesBy(data.balance, pipeline);
  const pool = new Pool();
  const augment = createAugment(data.augment, seed, pool);
  const reused = [...pipeline.packings.keys()];
  let latest: { readonly epoch: number; readonly order: Order } | undefined;

  const orderOf = (part: PartName, epoch: number): Order => {
    const rows = pipeline.parts[part];
    if (part !== 'train' || epoch === 0) return { rows, copies: undefined };
    if (latest?.epoch === epoch) return latest.order;
    const order = classes
      ? balancedOrder(classes, data.shuffle, seed, epoch)
      : plainOrder(rows, data.shuffle, seed, epoch);
    latest = { epoch, order };
    return order;
  };

  return {
    rows: {
      train: pipeline.parts.train.length,
      validation: pipeline.parts.validation.length,
      test: pipeline.parts.test.length,
    },
    hash: combined([loaded.hash, ...Object.values(others).map((other) => other.hash)]),
    fitted: fittedText(pipeline.fitted),
    cleaning: [own, ...Object.values(others).map((other) => other.pipeline)].flatMap(({ cleaning }) => cleaning.lines),
    prepare: async (wish) => {
      const order = orderOf(wish.part, wish.epoch);
      const batch = await makeBatch(pipeline, order, wish, augment, pool);
      if (request.whole) return batch;
      const rows = order.rows.subarray(wish.index * wish.size, (wish.index + 1) * wish.size);
      const weights = await weigh(wish.part, rows);
      return weights ? { ...batch, fields: { ...batch.fields, [ROW_WEIGHT]: weights } } : batch;
    },
    reused,
    reuse: (buffers) => pool.give(buffers),
    release: (batches) => pool.give(buffersOf(batches, reused)),
    shared: kept.shared,
    isHeavy: data.augment !== undefined || data.fields.some((field) => field.used && isDecoded(data, field.node)),
    notes: [...(kept.note === undefined ? [] : [kept.note]), ...balanceNotes(data, classes)],
    dispose: async () => {
      if (request.second === undefined) kept.flush();
    },
  };
}

/** Of the order of training rows and of what is drawn for them: another `seed` of the training is another run on the same parts. */
export function trainingSeed({ data, train }: Plan): number {
  return data.seed + (train?.seed ?? 0);
}

/** One hash of several; one alone stays as it is. */
function combined(hashes: readonly string[]): string {
  const [first = ''] = hashes;
  return hashes.length < 2 ? first : createHash('sha256').update(hashes.join('\n')).digest('hex');
}

/** Rows of other data count as it says, or all the same where only this data weighs its rows. */
async function otherWeights(data: PlanData, other: OtherPart, rows: Uint32Array): Promise<HostTensor | undefined> {
  if (data.weight === undefined) return undefined;
  const weights = await weightsOf(other.data, other.pipeline, rows);
  return weights ?? { dtype: 'float32', shape: [rows.length], data: new Float32Array(rows.length).fill(1) };
}

async function makeBatch(
  pipeline: Pipeline,
  order: Order,
  wish: BatchWish,
  augment: Augment | undefined,
  pool: Pool,
): Promise<Batch> {
  const [from, to] = [wish.index * wish.size, (wish.index + 1) * wish.size];
  const rows = order.rows.subarray(from, to);
  const fields = await pipeline.packedFields(rows, wish);
  if (wish.part !== 'train' || wish.epoch === 0 || augment === undefined)
    return { size: rows.length, fields: allUnpacked(fields, pool) };
  const drawn = { rows, epoch: wish.epoch, copies: order.copies?.subarray(from, to) };
  return { size: rows.length, fields: augment(fields, drawn) };
}

function balanceNotes(data: PlanData, classes: readonly BalancedClass[] | undefined): readonly string[] {
  const field = data.fields.find((each) => each.node === data.balance);
  return classes === undefined ? [] : [balanceNote(field?.name ?? 'balance', classes)];
}

/** The training rows by what they have in a node. */
async function classesBy(node: number, pipeline: Pipeline): Promise<readonly BalancedClass[]> {
  const classes = new Classes();
  const train = pipeline.parts.train;
  for (let i = 0; i < batchCount(train.length, 8192); i++) {
    const rows = train.subarray(i * 8192, (i + 1) * 8192);
    const { data } = await pipeline.node(node, rows);
    for (const [at, row] of rows.entries()) classes.add(String(data[at]), row);
  }
  return classes.list;
}

/** Single values are cheap: their every row is checked before the first step. Of larger fields, the first hundred rows. */
const SMALL = 64;
const FIRST = 100;

async function checkRows(plan: Plan, pipeline: Pipeline): Promise<void> {
  for (const field of plan.data.fields) {
    if (!field.used) continue;
    const extremes = field.dtype === 'float32' && field.shape.length === 0 ? new Extremes() : undefined;
    for (const part of ['train', 'validation', 'test'] as const) {
      const small = sizeOf(field.shape) <= SMALL;
      const rows = pipeline.parts[part].subarray(0, small ? undefined : FIRST);
      for (let i = 0; i < batchCount(rows.length, 8192); i++) {
        const some = rows.subarray(i * 8192, (i + 1) * 8192);
        const { data } = await pipeline.field(field.name, some, { part, epoch: 0 });
        if (part === 'train') extremes?.add(data, some);
      }
    }
    extremes?.tell(pipeline.cleaning, field.name, (row) => pipeline.where(field.name, row, 'train'));
  }
}
