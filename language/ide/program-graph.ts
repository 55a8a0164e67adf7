/**
 * The graph of a unit as people look at it: operations with what they are called, boxes of the blocks they stand in, and the
 * values that flow between them. Made from what the evaluator recorded, so that sizes may be names, or from a run's plan.
 */
import { isOfBatch } from '../catalog/batch.ts';
import { isDim, isList } from '../catalog/checked.ts';
import type { CheckedValue } from '../catalog/entry.ts';
import type { Analyser } from '../check/analyse.ts';
import { parentOf } from '../check/frame.ts';
import type { Plan, PlanPlace, Ref, Settings, SettingValue } from '../plan/plan.ts';
import { type Count, type RecordedUnit, recordUnit, type SummaryRequest } from '../plan/summarise.ts';
import { constant, type Dim, printDim, product } from '../shapes/dim.ts';
import type { TensorType } from '../shapes/type.ts';
import type { DTypeName } from '../syntax/tree.ts';
import { type DrawnUnit, draw } from './program-graph-draw.ts';

/** What colours tell apart. */
export type GraphKind = 'input' | 'output' | 'weights' | 'norm' | 'activation' | 'combine' | 'other';

export interface GraphNode {
  readonly kind: GraphKind;
  /** `Conv2D`; an input's or output's own name. */
  readonly name: string;
  /** What is to be known beside it: `32, 3×3`. */
  readonly detail: string;
  /** Path of its weights and of what a run tells of it; '' for functions. */
  readonly layer: string;
  /** Index of the box that it stands in; −1 outside of all. */
  readonly group: number;
  readonly output: GraphValue | undefined;
  /** Of weights that no node before it has. */
  readonly parameters: Count;
  /** Multiply-adds of one example, where they are known. */
  readonly macs?: number;
  readonly place: PlanPlace;
}

export interface GraphValue {
  readonly dtype: DTypeName;
  /** Of one example; undefined: not known. */
  readonly shape: readonly Count[] | undefined;
  /** False for what no example has of its own. */
  readonly perExample: boolean;
}

export interface GraphEdge extends GraphValue {
  readonly from: number;
  readonly to: number;
  /** Which result of `from`. */
  readonly result: number;
  /** Name of the input that it goes to. */
  readonly input: string;
}

/** A block that is used, or layers in braces. */
export interface GraphGroup {
  /** As no other box is called: `GPT/repeat.0[3]/Decoder.0`. */
  readonly path: string;
  /** `Decoder`. */
  readonly title: string;
  /** Which of several rounds, from 0. */
  readonly round: number | undefined;
  /** −1: stands in none. */
  readonly parent: number;
  readonly place: PlanPlace;
}

export interface ProgramGraph {
  readonly unit: string;
  /** In the order in which they are computed: an edge leads from a lower index to a higher one. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** A box stands behind those around it. */
  readonly groups: readonly GraphGroup[];
  readonly parameters: Count;
  readonly macs: number | undefined;
  /** Of the train block. */
  readonly batch: number | undefined;
  /** Files that places count. */
  readonly sources: readonly string[];
}

/** The graph of a unit of a program; undefined where there is none. */
export function programGraph(analyser: Analyser, request: SummaryRequest): ProgramGraph | undefined {
  const recorded = recordUnit(analyser, request);
  if (recorded === undefined) return undefined;
  const graph = draw(ofRecorded(recorded));
  return { ...graph, sources: recorded.places.sources().map(({ path }) => path) };
}

/** The graph of a run, as its plan has it. */
export function graphOfPlan({ graph, model, train, sources }: Plan): ProgramGraph {
  const unit: DrawnUnit = {
    unit: model.name,
    nodes: placedNodes(graph.nodes),
    weights: graph.weights.map(({ path, shape }) => ({
      path,
      size: shape.reduce((all, size) => all * size, 1),
    })),
    outputs: graph.outputs,
    boxes: new Map(),
    batch: train?.batch,
  };
  return { ...draw(unit), sources: sources.map(({ path }) => path) };
}

/** Of a plan that does not tell where functions stand: between two layers, in the box around both. */
function placedNodes(nodes: Plan['graph']['nodes']): DrawnUnit['nodes'] {
  if (nodes.some(({ within }) => within !== undefined)) {
    return nodes.map((node) => ({ ...node, within: node.within ?? parentOf(node.path) }));
  }
  const next: string[] = [];
  let behind = '';
  for (let index = nodes.length - 1; index >= 0; index--) {
    const path = nodes[index]?.path ?? '';
    if (path !== '') behind = parentOf(path);
    next[index] = behind;
  }
  let before = '';
  return nodes.map((node, index) => {
    if (node.path !== '') before = parentOf(node.path);
    return { ...node, within: node.path === '' ? around(before, next[index] ?? '') : before };
  });
}

/** The innermost box around two boxes. */
function around(a: string, b: string): string {
  const [left, right] = [a.split('/'), b.split('/')];
  let common = 0;
  while (common < left.length && left[common] === right[common]) common += 1;
  return left.slice(0, common).join('/');
}

/**
 * The same with multiply-adds: `layers` has them by path, as the compiler counts them. A product of two values belongs to
 * no layer; its own follow from its sizes.
 */
export function withCosts(
  graph: ProgramGraph,
  { macs, layers }: { readonly macs: number; readonly layers: ReadonlyMap<string, number> },
): ProgramGraph {
  const uses = new Map<string, number>();
  for (const { layer } of graph.nodes) uses.set(layer, (uses.get(layer) ?? 0) + 1);
  const nodes = graph.nodes.map((node, id): GraphNode => {
    const own =
      node.layer === '' ? productCost(graph, id) : (layers.get(node.layer) ?? 0) / (uses.get(node.layer) ?? 1);
    return own === undefined ? node : { ...node, macs: own };
  });
  return { ...graph, nodes, macs };
}

function productCost({ nodes, edges }: ProgramGraph, id: number): number | undefined {
  const node = nodes[id];
  if (node?.name !== '@') return 0;
  const inner = edges.find(({ to }) => to === id)?.shape?.at(-1);
  const sizes = [...(node.output?.shape ?? []), inner];
  return sizes.every((size) => typeof size === 'number') ? sizes.reduce((all, size) => all * size, 1) : undefined;
}

function ofRecorded({ unit, recorder, outputs, run, places }: RecordedUnit): DrawnUnit {
  return {
    unit,
    nodes: recorder.nodes.map((node) => ({
      op: node.op,
      inputs: node.inputs,
      settings: settingsOf(node.settings),
      weights: node.weights,
      outputs: node.outputs.map(typeOf),
      path: node.path,
      within: node.within ?? parentOf(node.path),
      place: places.of(node.place),
    })),
    weights: recorder.weights.map(({ path, def }) => ({ path, size: countOf(product(def.shape)) })),
    outputs: outputs.flatMap(({ name, value }): { readonly name: string; readonly ref: Ref }[] =>
      value.kind === 'tensor' && value.ref ? [{ name, ref: value.ref }] : [],
    ),
    boxes: new Map([...recorder.boxes].map(([path, place]) => [path, places.of(place)])),
    batch: run?.training?.batch,
  };
}

function typeOf({ dtype, shape, perExample }: TensorType): GraphValue {
  return { dtype: dtype ?? 'float32', shape: shape?.map(countOf), perExample };
}

function countOf(dim: Dim): Count {
  return isOfBatch(dim) ? -1 : (constant(dim) ?? printDim(dim));
}

/** Sizes that are names stay names. */
function settingsOf(settings: Readonly<Record<string, CheckedValue>>): Settings {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, settingOf(value)]));
}

function settingOf(value: CheckedValue): SettingValue {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(settingOf);
  if (isDim(value)) return countOf(value);
  return { call: value.call, settings: settingsOf(value.settings) };
}
