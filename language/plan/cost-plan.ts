/**
 * Plans made only to be counted: of a unit by itself, without data. Where no train block says how the unit is trained, the
 * mean of the squares of all that comes out stands for its loss and Adam for its optimizer.
 */
import { catalog } from '../catalog/index.ts';
import type { Call, Plan, PlanGraph, PlanNode, Ref, TrainSettings } from './plan.ts';
import type { Summary } from './summarise.ts';

const place = { source: 0, start: 0, end: 0, line: 1, column: 1 };

/** A plan of nothing but a graph: what the compiler needs to count the way forward. */
export function planOfGraph(graph: PlanGraph, file: string): Plan {
  return {
    version: 1,
    action: 'evaluate',
    file,
    declaration: '',
    title: '',
    model: { name: '', args: {} },
    sources: [],
    graph,
    data: {
      name: '',
      title: '',
      args: {},
      source: { call: '', settings: {}, place },
      nodes: [],
      fields: [],
      validation: 0,
      test: 0,
      shuffle: false,
      seed: 0,
      place,
    },
    loss: undefined,
    metrics: [],
    train: undefined,
    expect: [],
    run: undefined,
    place,
  };
}

/** What one training step of a unit is, at a batch size; undefined where a size is only a name, or nothing can be trained. */
export function costPlan(summary: Summary, file: string, batch?: number): Plan | undefined {
  const { graph, training } = summary;
  if (!graph) return undefined;
  const base = planOfGraph(graph, file);
  const train = trainSettings(training?.optimizer ?? standardOptimizer(), batch ?? training?.batch ?? STANDARD_BATCH);
  if (training?.loss) return { ...base, action: 'train', loss: training.loss, train };
  const stand = meanOfOutputs(graph);
  return stand && { ...base, action: 'train', graph: { ...graph, nodes: stand.nodes }, loss: stand.loss, train };
}

/** What `batch` is where a train block does not say it. */
export const STANDARD_BATCH = 32;

function standardOptimizer(): Call {
  const settings = catalog.get('optimizer/Adam')?.settings ?? {};
  const values = Object.entries(settings).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { call: 'optimizer/Adam', settings: Object.fromEntries(values) };
}

function trainSettings(optimizer: Call, batch: number): TrainSettings {
  return {
    optimizer,
    epochs: 1,
    steps: undefined,
    batch,
    clip: undefined,
    stop: undefined,
    save: [],
    validateEvery: undefined,
    seed: 0,
    places: {},
  };
}

/** The graph with the sum of the mean squares of all decimal outputs; undefined where there are none. */
function meanOfOutputs(graph: PlanGraph): { readonly nodes: readonly PlanNode[]; readonly loss: Ref } | undefined {
  const nodes = [...graph.nodes];
  const add = (
    op: string,
    inputs: PlanNode['inputs'],
    settings: PlanNode['settings'],
    shape: readonly number[],
  ): Ref => {
    const type = { dtype: 'float32', shape, perExample: true } as const;
    nodes.push({ id: nodes.length, op, inputs, settings, weights: {}, outputs: [type], path: '', place });
    return { node: nodes.length - 1, output: 0 };
  };
  let loss: Ref | undefined;
  for (const { ref } of graph.outputs) {
    const type = graph.nodes[ref.node]?.outputs[ref.output];
    if (type?.dtype !== 'float32') continue;
    const square = add('model/square', { x: ref }, {}, type.shape);
    const mean = add('model/mean', { x: square }, { axis: null, keep: false }, []);
    loss = loss ? add('operator/+', { a: loss, b: mean }, {}, []) : mean;
  }
  return loss && { nodes, loss };
}
