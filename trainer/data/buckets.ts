/** `Bucketize`: numbers sorted into buckets, between edges that are given or learned. */
import type { DataNode } from '../../language/index.ts';
import { numeric, type TransformContext } from './context.ts';
import { Quantiles } from './quantiles.ts';
import type { Values } from './values.ts';

/** The edges as written; undefined where they are learned. */
export function writtenEdges({ settings }: DataNode): readonly number[] | undefined {
  return Array.isArray(settings.edges) ? settings.edges.map(Number) : undefined;
}

/** Edges that put equally many of the numbers into each bucket; buckets that would be empty are left out. */
export async function learnEdges(chunks: AsyncIterable<Values>, context: TransformContext): Promise<readonly number[]> {
  const quantiles = new Quantiles();
  for await (const chunk of chunks) for (const value of numeric(chunk, context)) quantiles.add(value);
  const buckets = Number(context.node.settings.buckets);
  const edges = Array.from(
    { length: buckets - 1 },
    (_, i) => quantiles.at(Math.floor(((i + 1) * quantiles.total) / buckets)) ?? 0,
  );
  const lowest = quantiles.at(0) ?? 0;
  return [...new Set(edges)].filter((edge) => edge > lowest);
}

/** An edge itself belongs to the bucket above it. */
export function bucketize(x: Values, edges: readonly number[], context: TransformContext): Values {
  const data = Int32Array.from(numeric(x, context), (value) => {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value >= (edges[middle] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return { ...x, dtype: 'int32', data };
}
