/** Loads the data of a plan and makes its batches, in whatever thread it is called. */
import type { Plan } from '../../language/index.ts';
import type { Batch } from '../engine.ts';
import { type BatchWish, batchCount, type PartName, type Preparer } from './feed.ts';
import { fittedText, parseFitted } from './fit.ts';
import { checkLimits, limitsOf } from './limits.ts';
import { wantedColumns } from './nodes.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { shuffled } from './random.ts';
import { loadSource } from './source.ts';
import { sizeOf } from './values.ts';

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
  const orders = new Map<PartName, { readonly epoch: number; readonly rows: Uint32Array }>();

  const orderOf = (part: PartName, epoch: number): Uint32Array => {
    const rows = pipeline.parts[part];
    if (part !== 'train' || !data.shuffle) return rows;
    const known = orders.get(part);
    if (known?.epoch === epoch) return known.rows;
    const order = shuffled(rows.length, data.seed, 'shuffle', epoch).map((place) => rows[place] ?? 0);
    orders.set(part, { epoch, rows: order });
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
    prepare: (wish) => makeBatch(pipeline, orderOf(wish.part, wish.epoch), wish),
    dispose: () => Promise.resolve(),
  };
}

async function makeBatch(pipeline: Pipeline, order: Uint32Array, wish: BatchWish): Promise<Batch> {
  const rows = order.subarray(wish.index * wish.size, (wish.index + 1) * wish.size);
  return { size: rows.length, fields: await pipeline.fields(rows, wish) };
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
