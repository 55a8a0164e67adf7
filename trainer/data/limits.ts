/**
 * Numbers that the model looks up: a class number must be below the number of classes, a symbol below the size of its
 * `Embedding`. The limits come from the plan and are checked over all rows before the first step, because an engine
 * would read past the end or say something that nobody understands.
 */
import type { Plan, PlanGraph, PlanNode, PlanPlace, Ref } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { PartName } from './feed.ts';
import type { Pipeline } from './pipeline.ts';
import { grouped } from './values.ts';

export interface Limit {
  readonly field: string;
  /** The first number that is too large. */
  readonly below: number;
  /** What has that many places: "the last layer has 10 units". */
  readonly because: string;
  readonly place: PlanPlace;
}

/** The limits that the plan puts on its fields. */
export function limitsOf(plan: Plan): Limit[] {
  const { graph } = plan;
  const limits = graph.nodes.flatMap((node): Limit[] => {
    const name = node.op.slice(node.op.indexOf('/') + 1);
    if (name === 'crossEntropy') return classLimit(graph, node.inputs);
    return name === 'Embedding' ? lookupLimit(graph, node) : [];
  });
  const metrics = plan.metrics.flatMap((metric) =>
    metric.op.endsWith('/accuracy') || metric.op.endsWith('/perplexity') ? classLimit(graph, metric.inputs) : [],
  );
  // The tightest one of a field tells it all.
  const best = new Map<string, Limit>();
  for (const limit of [...limits, ...metrics]) {
    const known = best.get(limit.field);
    if (known === undefined || limit.below < known.below) best.set(limit.field, limit);
  }
  return [...best.values()];
}

function classLimit(graph: PlanGraph, inputs: PlanNode['inputs']): Limit[] {
  const { prediction, truth } = inputs;
  if (prediction === undefined || truth === undefined || !isRef(prediction) || !isRef(truth)) return [];
  const scores = graph.nodes[prediction.node]?.outputs[prediction.output];
  const target = graph.nodes[truth.node]?.outputs[truth.output];
  const field = fieldName(graph, truth);
  const below = scores?.shape[scores.shape.length - 1];
  // Equal ranks compare scores with scores; only class numbers have one axis less.
  if (field === undefined || below === undefined || target?.dtype !== 'int32') return [];
  if (scores?.shape.length !== target.shape.length + 1) return [];
  const layer = lastLayer(graph, prediction);
  return [
    {
      field,
      below,
      because: `the scores have ${below} classes (0 to ${below - 1})`,
      place: (layer ?? graph.nodes[prediction.node])?.place ?? noPlace,
    },
  ];
}

function lookupLimit(graph: PlanGraph, node: PlanNode): Limit[] {
  const source = Object.values(node.inputs).find(isRef);
  const field = source === undefined ? undefined : fieldName(graph, source);
  const size = node.settings.size;
  if (field === undefined || typeof size !== 'number') return [];
  return [
    {
      field,
      below: size,
      because: `\`Embedding\` has ${grouped(size)} rows (0 to ${grouped(size - 1)})`,
      place: node.place,
    },
  ];
}

const noPlace: PlanPlace = { source: 0, start: 0, end: 0, line: 1, column: 1 };

function isRef(value: Ref | readonly Ref[]): value is Ref {
  return !Array.isArray(value);
}

/** The field that a value is, untouched. */
function fieldName(graph: PlanGraph, ref: Ref): string | undefined {
  const node = graph.nodes[ref.node];
  return node?.op === 'input' || node?.op === 'field' ? String(node.settings.name) : undefined;
}

/** The nearest layer with weights before a value: the one whose width is wrong. */
function lastLayer(graph: PlanGraph, ref: Ref): PlanNode | undefined {
  for (let node: PlanNode | undefined = graph.nodes[ref.node]; node !== undefined; ) {
    if (Object.keys(node.weights).length > 0) return node;
    const next: Ref | undefined = Object.values(node.inputs).find(isRef);
    node = next === undefined ? undefined : graph.nodes[next.node];
  }
  return undefined;
}

const CHUNK = 8192;

/** Checks all rows of the limited fields. */
export async function checkLimits(pipeline: Pipeline, limits: readonly Limit[]): Promise<void> {
  for (const limit of limits) {
    for (const part of ['train', 'validation', 'test'] as const) {
      const rows = pipeline.parts[part];
      for (let from = 0; from < rows.length; from += CHUNK)
        await checkRows(pipeline, limit, rows.subarray(from, from + CHUNK), part);
    }
  }
}

async function checkRows(pipeline: Pipeline, limit: Limit, rows: Uint32Array, part: PartName): Promise<void> {
  const { data } = await pipeline.field(limit.field, rows, { part, epoch: 0 });
  const size = data.length / rows.length;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? 0;
    if (value >= 0 && value < limit.below) continue;
    const row = rows[Math.floor(i / size)] ?? 0;
    const cure =
      value < 0
        ? 'Numbers start at 0: map the data by `Index`.'
        : `Give the model ${grouped(value + 1)} or more, or correct the data.`;
    throw new Failure(
      'data/label-range',
      `The field \`${limit.field}\` has the number ${value} in ${pipeline.where(limit.field, row, part)}, but ${limit.because}. ${cure}`,
      limit.place,
    );
  }
}
