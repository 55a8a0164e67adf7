/** From recorded nodes to the graph of a plan: what nothing reads is left out, the rest is numbered anew. */

import { parentOf, type RawNode } from '../check/frame.ts';
import { isFrozen } from '../check/freeze.ts';
import { constant, type Dim } from '../shapes/dim.ts';
import type { Places } from './places.ts';
import type { DataNode, PlanGraph, PlanNode, Ref } from './plan.ts';
import type { GraphRecorder } from './recorder.ts';
import { type Planner, planCall, planSettings, planShape, planType } from './values.ts';

export interface BuiltGraph {
  readonly nodes: readonly PlanNode[];
  readonly weights: PlanGraph['weights'];
  readonly ref: (ref: Ref) => Ref;
  readonly inputs: PlanGraph['inputs'];
}

/** The graph of everything that `roots` depend on. Layers with weights stay, and so do the model's inputs. */
export function buildGraph(
  recorder: GraphRecorder,
  roots: readonly Ref[],
  places: Places,
  planner: Planner,
  freeze: readonly string[] = [],
): BuiltGraph {
  const { nodes } = recorder;
  const frozen = recorder.weights.map(({ path }) => isFrozen(path, freeze));
  const wanted = new Set<number>();
  const visit = (id: number): void => {
    const stack = [id];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (wanted.has(at)) continue;
      wanted.add(at);
      const node = nodes[at];
      if (node) stack.push(...refsOf(node).map((ref) => ref.node));
    }
  };
  for (const root of roots) visit(root.node);
  for (const [id, node] of nodes.entries()) {
    if (node.op === 'input' || Object.keys(node.weights).length > 0) visit(id);
  }
  const kept = [...wanted].sort((a, b) => a - b);
  const ids = new Map(kept.map((id, index) => [id, index]));
  const ref = (old: Ref): Ref => ({ node: ids.get(old.node) ?? 0, output: old.output });
  const built = kept.flatMap((old): PlanNode[] => {
    const node = nodes[old];
    if (!node) return [];
    return [
      {
        id: ids.get(old) ?? 0,
        op: node.op,
        inputs: Object.fromEntries(Object.entries(node.inputs).map(([name, value]) => [name, renumber(value, ref)])),
        settings: planSettings(node.settings, node.place, planner),
        weights: node.weights,
        outputs: node.outputs.map((type) => planType(type, node.place, planner)),
        path: node.path,
        ...(node.within === undefined || node.within === parentOf(node.path) ? {} : { within: node.within }),
        ...(node.frozen || allFrozen(node, frozen) ? { frozen: true as const } : {}),
        place: places.of(node.place),
      },
    ];
  });
  return {
    nodes: built,
    weights: recorder.weights.map(({ path, def, place }, index) => ({
      path,
      shape: planShape(def.shape, `the weight \`${path}\``, place, planner),
      init: planCall(def.init, place, planner),
      trainable: def.trainable && !frozen[index],
      ...(def.units ? { units: def.units } : {}),
    })),
    ref,
    inputs: built.flatMap((node) => (node.op === 'input' ? [{ name: String(node.settings.name), node: node.id }] : [])),
  };
}

function allFrozen(node: RawNode, frozen: readonly boolean[]): boolean {
  const weights = Object.values(node.weights);
  return weights.length > 0 && weights.every((index) => frozen[index]);
}

function renumber(value: Ref | readonly Ref[], ref: (old: Ref) => Ref): Ref | readonly Ref[] {
  return 'node' in value ? ref(value) : value.map(ref);
}

function refsOf(node: RawNode): readonly Ref[] {
  return Object.values(node.inputs).flatMap((value) => ('node' in value ? [value] : value));
}

/** The nodes of a data pipeline that `roots` depend on. Their shapes may be known to the file alone. */
export function buildPipeline(
  recorder: GraphRecorder,
  roots: readonly Ref[],
  places: Places,
  planner: Planner,
): { readonly nodes: readonly DataNode[]; readonly id: (ref: Ref) => number } {
  const { nodes } = recorder;
  // A node of several results becomes one for each result that is wanted.
  const wanted = new Map<string, Ref>();
  const visit = (ref: Ref): void => {
    const node = nodes[ref.node];
    if (wanted.has(keyOf(ref)) || !node) return;
    wanted.set(keyOf(ref), ref);
    for (const input of refsOf(node)) visit(input);
  };
  for (const root of roots) visit(root);
  const kept = [...wanted.values()].sort((a, b) => a.node - b.node || a.output - b.output);
  const ids = new Map(kept.map((ref, index) => [keyOf(ref), index]));
  const id = (ref: Ref) => ids.get(keyOf(ref)) ?? 0;
  const built = kept.flatMap((ref): DataNode[] => {
    const node = nodes[ref.node];
    if (!node) return [];
    const type = node.outputs[ref.output];
    return [
      {
        id: id(ref),
        op: node.op,
        inputs: refsOf(node).map(id),
        ...inputNames(node),
        ...(ref.output > 0 ? { output: ref.output } : {}),
        settings: planSettings(node.settings, node.place, planner),
        dtype: type?.dtype,
        shape: type?.shape && knownShape(type.shape),
        place: places.of(node.place),
      },
    ];
  });
  return { nodes: built, id };
}

/** Where some of several inputs may be left out, the names of those that are there. */
function inputNames({ op, inputs }: RawNode): Pick<DataNode, 'inputNames'> {
  const names = Object.keys(inputs);
  return op.startsWith('data/') && names.length > 1 ? { inputNames: names } : {};
}

function keyOf({ node, output }: Ref): string {
  return `${node} ${output}`;
}

/** Undefined where only the whole file tells a size (`OneHot`): the field's stated type is held against it then. */
function knownShape(shape: readonly Dim[]): readonly number[] | undefined {
  const sizes = shape.flatMap((dim) => constant(dim) ?? []);
  return sizes.length === shape.length ? sizes : undefined;
}
