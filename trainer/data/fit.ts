/**
 * What fitted transforms learn: on the training part only, once, and saved with the run (`fitted.json`), so that
 * validation, evaluation and serving use the same numbers.
 */
import type { DataNode } from '../../language/index.ts';
import { isRecord, parseJson } from '../../protocol/index.ts';
import { Failure } from '../failure.ts';
import { learnEdges, writtenEdges } from './buckets.ts';
import { learnFill, learnsFill } from './cells.ts';
import { nameOf, numeric, quoted, type TransformContext } from './context.ts';
import { learnWords } from './texts.ts';
import { type FittedPairs, learnPairs } from './tokens/index.ts';
import { capital, sizeOf, type Values } from './values.ts';

export type Fitted =
  | { readonly kind: 'Normalize'; readonly mean: readonly number[]; readonly deviation: readonly number[] }
  | {
      readonly kind: 'Index' | 'OneHot' | 'Words';
      /** Distinct; of `Words` the most frequent first, else sorted. */
      readonly values: readonly (string | number)[];
      readonly places: ReadonlyMap<string | number, number>;
    }
  | { readonly kind: 'fill'; readonly value: string | number }
  | { readonly kind: 'Bucketize'; readonly edges: readonly number[] }
  | FittedPairs;

/** By node of the pipeline. */
export type FittedNodes = ReadonlyMap<number, Fitted>;

export function isFitted(node: DataNode): boolean {
  const name = nameOf(node.op);
  if (name === 'Bucketize') return writtenEdges(node) === undefined;
  return name === 'fill' ? learnsFill(node) : ['Normalize', 'Index', 'OneHot', 'Words', 'BytePairs'].includes(name);
}

/** Learns from all training rows, given chunk by chunk. */
export async function fitNode(
  node: DataNode,
  chunks: AsyncIterable<Values>,
  where: TransformContext['where'],
): Promise<Fitted> {
  const draw = { part: undefined, epoch: 0, seed: 0, rows: new Uint32Array(0) };
  const context: TransformContext = { node, fitted: undefined, draw, where };
  switch (nameOf(node.op)) {
    case 'Normalize':
      return fitNormalize(chunks, context);
    case 'fill':
      return { kind: 'fill', value: await learnFill(node, chunks) };
    case 'Bucketize':
      return { kind: 'Bucketize', edges: await learnEdges(chunks, context) };
    case 'Words':
      return valuesFitted('Words', await learnWords(node, chunks, context));
    case 'BytePairs':
      return learnPairs(node, chunks, context);
    default:
      return fitValues(node, chunks, context);
  }
}

/** Mean and deviation over everything but the last axis, in one pass (Chan's merge of Welford sums). */
async function fitNormalize(chunks: AsyncIterable<Values>, context: TransformContext): Promise<Fitted> {
  let mean = new Float64Array(0);
  let squares = new Float64Array(0);
  let seen = 0;
  for await (const chunk of chunks) {
    const data = numeric(chunk, context);
    const width = chunk.shape.length === 0 ? 1 : (chunk.shape[chunk.shape.length - 1] ?? 1);
    if (mean.length === 0) {
      mean = new Float64Array(width);
      squares = new Float64Array(width);
    }
    const rows = data.length / width;
    for (let place = 0; place < width; place++) {
      let sum = 0;
      for (let i = place; i < data.length; i += width) sum += data[i] ?? 0;
      const own = sum / rows;
      let spread = 0;
      for (let i = place; i < data.length; i += width) spread += ((data[i] ?? 0) - own) ** 2;
      const before = mean[place] ?? 0;
      const delta = own - before;
      mean[place] = before + (delta * rows) / (seen + rows);
      squares[place] = (squares[place] ?? 0) + spread + (delta * delta * seen * rows) / (seen + rows);
    }
    seen += rows;
  }
  // A column without spread is only moved: dividing by nothing would make it endless.
  const deviation = Array.from(squares, (square) => Math.sqrt(square / Math.max(1, seen)) || 1);
  return { kind: 'Normalize', mean: Array.from(mean), deviation };
}

const MOST_VALUES = 1_000_000;

async function fitValues(node: DataNode, chunks: AsyncIterable<Values>, context: TransformContext): Promise<Fitted> {
  const kind = nameOf(node.op) === 'OneHot' ? 'OneHot' : 'Index';
  const seen = new Set<string | number>();
  let start = 0;
  for await (const chunk of chunks) {
    const { data } = chunk;
    for (let i = 0; i < data.length; i++) {
      const value = data[i];
      if (value === undefined || Number.isNaN(value)) {
        const row = start + Math.floor(i / sizeOf(chunk.shape));
        throw new Failure(
          'data/empty-cell',
          `${capital(context.where(row))} is empty. Fill the cell or take the row out of the file.`,
          node.place,
        );
      }
      seen.add(value);
    }
    if (seen.size > MOST_VALUES) {
      throw new Failure(
        'data/too-many-values',
        `\`${kind}\` has met more than ${MOST_VALUES} different values, for example ${quoted([...seen][0] ?? '')}. It is for names and classes, not for measured numbers.`,
        node.place,
      );
    }
    start += chunk.count;
  }
  return valuesFitted(kind, [...seen].sort(order));
}

function order(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // By code units, not by locale: the same on every machine.
  return String(a) < String(b) ? -1 : 1;
}

function valuesFitted(kind: 'Index' | 'OneHot' | 'Words', values: readonly (string | number)[]): Fitted {
  return { kind, values, places: new Map(values.map((value, place) => [value, place])) };
}

/** As `fitted.json` holds it. */
export function fittedText(fitted: FittedNodes): string {
  const nodes = Object.fromEntries(
    [...fitted].map(([id, one]) => [id, 'values' in one ? { kind: one.kind, values: one.values } : one]),
  );
  return `${JSON.stringify({ version: 1, nodes })}\n`;
}

/** What `fitted.json` holds; a torn file is an error. */
export function parseFitted(text: string): FittedNodes {
  const value = parseJson(text);
  if (!isRecord(value) || value.version !== 1 || !isRecord(value.nodes)) {
    throw new Failure(
      'data/fitted',
      'The file fitted.json of the run is damaged or from another version: train again, or restore the file.',
    );
  }
  return new Map(Object.entries(value.nodes).map(([id, one]): [number, Fitted] => [Number(id), parseOne(one)]));
}

function parseOne(one: unknown): Fitted {
  if (isRecord(one)) {
    if (one.kind === 'Normalize' && isNumberList(one.mean) && isNumberList(one.deviation)) {
      return { kind: 'Normalize', mean: one.mean, deviation: one.deviation };
    }
    if ((one.kind === 'Index' || one.kind === 'OneHot' || one.kind === 'Words') && isValueList(one.values))
      return valuesFitted(one.kind, one.values);
    if (one.kind === 'Bucketize' && isNumberList(one.edges)) return { kind: 'Bucketize', edges: one.edges };
    if (one.kind === 'BytePairs' && isTextList(one.merges)) return { kind: 'BytePairs', merges: one.merges };
    if (one.kind === 'fill' && (typeof one.value === 'number' || typeof one.value === 'string')) {
      return { kind: 'fill', value: one.value };
    }
  }
  throw new Failure(
    'data/fitted',
    `The file fitted.json of the run has an entry that is not understood: ${JSON.stringify(one).slice(0, 80)}.`,
  );
}

function isNumberList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isValueList(value: unknown): value is (string | number)[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number' || typeof each === 'string');
}
