/** Loads the data of a plan and makes its batches, in whatever thread it is called. */
import { type Plan, ROW_WEIGHT } from '../../language/index.ts';
import type { Batch } from '../engine.ts';
import { type Augment, createAugment } from './augment/index.ts';
import { type BatchWish, batchCount, type PartName, type Preparer } from './feed.ts';
import { fittedText, parseFitted } from './fit.ts';
import { checkLimits, limitsOf } from './limits.ts';
import { wantedColumns } from './nodes.ts';
import { type BalancedClass, balancedOrder, classesOf, type Order, plainOrder } from './order.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
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
}

/** Loads, splits, learns and checks; afterwards batches are made on demand. */
export async function loadData(request: DataRequest): Promise<Preparer> {
  const { plan } = request;
  const { data } = plan;
  const program = plan.sources[data.source.place.source]?.path ?? plan.file;
  const loaded = await loadSource(data, { program, dataFolder: request.dataFolder }, wantedColumns(data));
  const pipeline = await createPipeline(data, loaded.table, {
    fitted: request.fitted === undefined ? undefined : parseFitted(request.fitted),
    whole: request.whole,
  });
  await checkLimits(pipeline, limitsOf(plan));
  await checkRows(plan, pipeline);
  if (!request.whole) for (const rows of Object.values(pipeline.parts)) await weightsOf(data, pipeline, rows);
  const classes = data.balance === undefined || request.whole ? undefined : await classesBy(data.balance, pipeline);
  const augment = createAugment(data.augment, data.seed);
  let latest: { readonly epoch: number; readonly order: Order } | undefined;

  const orderOf = (part: PartName, epoch: number): Order => {
    const rows = pipeline.parts[part];
    if (part !== 'train' || epoch === 0) return { rows, copies: undefined };
    if (latest?.epoch === epoch) return latest.order;
    const order = classes
      ? balancedOrder(classes, data.shuffle, data.seed, epoch)
      : plainOrder(rows, data.shuffle, data.seed, epoch);
    latest = { epoch, order };
    return order;
  };

  return {
    rows: {
      train: pipeline.parts.train.length,
      validation: pipeline.parts.validation.length,
      test: pipeline.parts.test.length,
    },
    hash: loaded.hash,
    fitted: fittedText(pipeline.fitted),
    prepare: async (wish) => {
      const order = orderOf(wish.part, wish.epoch);
      const batch = await makeBatch(pipeline, order, wish, augment);
      if (request.whole) return batch;
      const rows = order.rows.subarray(wish.index * wish.size, (wish.index + 1) * wish.size);
      const weights = await weightsOf(data, pipeline, rows);
      return weights ? { ...batch, fields: { ...batch.fields, [ROW_WEIGHT]: weights } } : batch;
    },
    dispose: () => Promise.resolve(),
  };
}

async function makeBatch(
  pipeline: Pipeline,
  order: Order,
  wish: BatchWish,
  augment: Augment | undefined,
): Promise<Batch> {
  const [from, to] = [wish.index * wish.size, (wish.index + 1) * wish.size];
  const rows = order.rows.subarray(from, to);
  const fields = await pipeline.fields(rows, wish);
  if (wish.part !== 'train' || wish.epoch === 0 || augment === undefined) return { size: rows.length, fields };
  const drawn = { rows, epoch: wish.epoch, copies: order.copies?.subarray(from, to) };
  return { size: rows.length, fields: augment(fields, drawn) };
}

/** The training rows by what they have in a node. */
async function classesBy(node: number, pipeline: Pipeline): Promise<readonly BalancedClass[]> {
  const rows = pipeline.parts.train;
  const values: string[] = [];
  for (let i = 0; i < batchCount(rows.length, 8192); i++) {
    const { data } = await pipeline.node(node, rows.subarray(i * 8192, (i + 1) * 8192));
    for (const value of data) values.push(String(value));
  }
  return classesOf(values, rows);
}

/** Single values are cheap: their every row is checked before the first step. Of larger fields, the first hundred rows. */
const SMALL = 64;
const FIRST = 100;

async function checkRows(plan: Plan, pipeline: Pipeline): Promise<void> {
  for (const field of plan.data.fields) {
    if (!field.used) continue;
    for (const part of Object.values(pipeline.parts)) {
      const small = sizeOf(field.shape) <= SMALL;
      const rows = small ? part : part.subarray(0, FIRST);
      for (let i = 0; i < batchCount(rows.length, 8192); i++)
        await pipeline.field(field.name, rows.subarray(i * 8192, (i + 1) * 8192), { part: undefined, epoch: 0 });
    }
  }
}
