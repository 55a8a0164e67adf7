/**
 * The metrics for rows that have the same value in a field or a condition: a second pass, in which the rows of each value are
 * put together to batches of their own, so that every metric is what it is over these rows alone.
 */
import type { PlanSlice } from '../../../language/index.ts';
import type { EvaluationSlice, Figure } from '../../../protocol/index.ts';
import { batchesOf } from '../../data/feed.ts';
import type { Batch, HostTensor } from '../../engine.ts';
import { addBatch, noTotals, type Totals, valuesOfTotals } from '../../run/arithmetic.ts';
import type { PassContext } from './pass.ts';

/** Values of a slice that are measured: the most frequent. */
const MOST_VALUES = 20;

export interface ValuedSlice {
  readonly slice: PlanSlice;
  /** What each row of the part has. */
  readonly values: readonly string[];
}

interface Group {
  readonly value: string;
  readonly rows: number[];
  readonly totals: Totals;
  pending: Batch[];
}

interface Grouped {
  readonly text: string;
  readonly groups: ReadonlyMap<string, Group>;
  readonly left: number;
  readonly values: readonly string[];
}

/** `figure`: a metric's value with its interval by the rows that it is of. */
export async function measureSlices(
  context: PassContext,
  slices: readonly ValuedSlice[],
  figure: (metric: string, value: number, rows: Uint32Array) => Figure,
): Promise<readonly EvaluationSlice[]> {
  const grouped = slices.map(groupsOf);
  if (grouped.length === 0) return [];
  const { preparer, part, plan, arithmetic } = context;
  const over = { metrics: plan.metrics, arithmetic, mode: 'evaluate' as const };
  let first = 0;
  for await (const batch of batchesOf(preparer, { part, epoch: 0, size: context.batch }, 0)) {
    for (const { groups, values } of grouped) {
      for (const group of groups.values()) {
        const own: number[] = [];
        for (let i = 0; i < batch.size; i++) if (values[first + i] === group.value) own.push(i);
        if (own.length > 0) group.pending.push(rowsOf(batch, own));
        await measure(group, false);
      }
    }
    preparer.release?.([batch]);
    first += batch.size;
  }
  for (const { groups } of grouped) for (const group of groups.values()) await measure(group, true);

  return grouped.map(({ text, groups, left }) => ({
    text,
    left,
    values: [...groups.values()].map(({ value, rows, totals }) => {
      const { loss: _, ...metrics } = valuesOfTotals(totals, over);
      const own = Uint32Array.from(rows);
      return {
        value,
        examples: rows.length,
        metrics: Object.fromEntries(Object.entries(metrics).map(([name, one]) => [name, figure(name, one, own)])),
      };
    }),
  }));

  /** Full batches; at the end the rest, in powers of two, so that a graph is opened for few sizes only. */
  async function measure(group: Group, end: boolean): Promise<void> {
    let waiting = group.pending.reduce((sum, { size }) => sum + size, 0);
    if (waiting === 0 || (!end && waiting < context.batch)) return;
    let joined = join(group.pending, waiting);
    while (waiting >= context.batch || (end && waiting > 0)) {
      const size = Math.min(context.batch, 2 ** Math.floor(Math.log2(waiting)));
      const taken = waiting >= context.batch ? context.batch : size;
      const piece = cut(joined, 0, taken);
      addBatch(group.totals, taken, await context.session.evaluate(piece), over);
      joined = cut(joined, taken, waiting);
      waiting -= taken;
    }
    group.pending = waiting === 0 ? [] : [joined];
  }
}

function groupsOf({ slice, values }: ValuedSlice): Grouped {
  const rows = new Map<string, number[]>();
  for (const [row, value] of values.entries()) {
    const list = rows.get(value);
    if (list === undefined) rows.set(value, [row]);
    else list.push(row);
  }
  const order = [...rows].sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
  return {
    text: slice.text,
    values,
    left: Math.max(0, order.length - MOST_VALUES),
    groups: new Map(
      order.slice(0, MOST_VALUES).map(([value, own]) => [value, { value, rows: own, totals: noTotals(), pending: [] }]),
    ),
  };
}

function rowsOf({ fields }: Batch, rows: readonly number[]): Batch {
  return { size: rows.length, fields: mapped(fields, (tensor) => picked(tensor, rows)) };
}

function picked({ dtype, shape, data }: HostTensor, rows: readonly number[]): HostTensor {
  const size = data.length / (shape[0] ?? 1);
  const own = data.slice(0, rows.length * size);
  for (const [i, row] of rows.entries()) own.set(data.subarray(row * size, (row + 1) * size), i * size);
  return { dtype, shape: [rows.length, ...shape.slice(1)], data: own };
}

function join(batches: readonly Batch[], size: number): Batch {
  const [only] = batches;
  if (only === undefined || batches.length === 1) return only ?? { size: 0, fields: {} };
  return {
    size,
    fields: mapped(only.fields, (tensor, name) => {
      const parts = batches.map(({ fields }) => fields[name]?.data ?? tensor.data);
      const data = alike(
        tensor.data,
        parts.reduce((sum, part) => sum + part.length, 0),
      );
      let at = 0;
      for (const part of parts) {
        data.set(part, at);
        at += part.length;
      }
      return { dtype: tensor.dtype, shape: [size, ...tensor.shape.slice(1)], data };
    }),
  };
}

function alike(like: HostTensor['data'], length: number): HostTensor['data'] {
  if (like instanceof Float32Array) return new Float32Array(length);
  return like instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length);
}

function cut({ fields }: Batch, from: number, to: number): Batch {
  return {
    size: to - from,
    fields: mapped(fields, ({ dtype, shape, data }) => {
      const size = data.length / Math.max(1, shape[0] ?? 1);
      return { dtype, shape: [to - from, ...shape.slice(1)], data: data.slice(from * size, to * size) };
    }),
  };
}

function mapped(
  fields: Batch['fields'],
  change: (tensor: HostTensor, name: string) => HostTensor,
): Record<string, HostTensor> {
  return Object.fromEntries(Object.entries(fields).map(([name, tensor]) => [name, change(tensor, name)]));
}
