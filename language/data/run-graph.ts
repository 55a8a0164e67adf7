/** The graph of a run of our own, from the plan in its folder, as steps of the catalogue. */
import type { Settings } from '../plan/plan.ts';
import type { NetworkHeader } from './network.ts';
import type { NetworkGraph, NetworkStep, NetworkWeight } from './network-graph.ts';
import { isRecord, type Json, type LayerShape } from './network-shapes.ts';

type JsonRecord = { readonly [key: string]: Json };

/** Undefined: no plan, or one of a model with several inputs, which nothing can flow into. */
export function ofRun(plan: Json): NetworkHeader | undefined {
  const graph = isRecord(plan) && plan.version === 1 ? plan.graph : undefined;
  if (!isRecord(graph) || !Array.isArray(graph.nodes) || !Array.isArray(graph.weights)) return undefined;
  const nodes = graph.nodes.filter(isRecord);
  const paths = graph.weights.map((weight: Json) => (isRecord(weight) ? String(weight.path) : ''));
  const inputs = nodes.filter(({ op }) => op === 'input');
  if (inputs.length !== 1 || nodes.length < graph.nodes.length) return undefined;
  const ends: Record<string, number> = {};
  const layers: { name: string; shape: LayerShape | undefined }[] = [];
  const note = (name: string, step: number, node: JsonRecord): void => {
    ends[name] = step;
    layers.push({ name, shape: shapeOf(node) });
  };
  const steps = nodes.map((node, index): NetworkStep => {
    const layer = nameOf(node);
    if (layer !== '') note(layer, index, node);
    return stepOf(node, layer, paths);
  });
  let last: string | undefined;
  for (const output of listOf(graph.outputs).filter(isRecord)) {
    const ref = isRecord(output.ref) ? output.ref : {};
    const node = typeof ref.node === 'number' ? nodes[ref.node] : undefined;
    if (!node || ref.output !== 0 || typeof output.name !== 'string') continue;
    note(output.name, Number(ref.node), node);
    last ??= output.name;
  }
  const made: NetworkGraph = { steps, ends };
  return { kind: 'network', input: inputs[0] && shapeOf(inputs[0]), layers, last, graph: made };
}

function stepOf(node: JsonRecord, layer: string, paths: readonly string[]): NetworkStep {
  const { op, settings } = node;
  const inputs = refsOf(node);
  const base = {
    layer,
    inputs: inputs.map(({ step }) => step),
    names: inputs.map(({ name }) => name),
    results: inputs.map(({ result }) => result),
    settings: isRecord(settings) ? (settings as Settings) : {},
  };
  if (op === 'input') return { ...base, op: 'input', weights: {} };
  if (typeof op !== 'string' || op === 'field') return { ...base, op: '', unread: String(op), weights: {} };
  const own = Object.entries(isRecord(node.weights) ? node.weights : {});
  const weights = own.map(([name, index], place): [string, NetworkWeight] => [
    name,
    { layer, variable: paths[Number(index)] ?? '', group: '', index: place },
  ]);
  const type = op === 'constant' ? { type: typeOf(node) } : {};
  return { ...base, op, weights: Object.fromEntries(weights), ...type };
}

/** What a node reads, by the names of its entry's inputs; of a list, each has its name. */
function refsOf(
  node: JsonRecord,
): readonly { readonly name: string; readonly step: number; readonly result: number }[] {
  return Object.entries(isRecord(node.inputs) ? node.inputs : {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((ref: Json) =>
      isRecord(ref) ? [{ name, step: Number(ref.node), result: Number(ref.output ?? 0) }] : [],
    ),
  );
}

/** The path without the model's own name, which is another one here. */
function nameOf({ path }: JsonRecord): string {
  return typeof path === 'string' && path.includes('/') ? path.slice(path.indexOf('/') + 1) : '';
}

function typeOf(node: JsonRecord): { readonly dtype: string; readonly shape: readonly number[] } {
  const [first] = listOf(node.outputs);
  const { dtype, shape } = isRecord(first) ? first : {};
  return { dtype: String(dtype), shape: listOf(shape).map(Number) };
}

function shapeOf(node: JsonRecord): LayerShape {
  return typeOf(node).shape.map((size) => (size < 0 ? undefined : size));
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
