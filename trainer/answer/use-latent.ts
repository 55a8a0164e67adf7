/**
 * What a model can make by itself. Text: it takes tokens and gives, at each place, scores for the token that comes next, which
 * is how it was trained. Examples: an output that follows from numbers drawn by chance alone, once the place where these
 * numbers come in is given from outside.
 */
import type { Plan, PlanField, PlanNode, Ref } from '../../language/index.ts';
import type { FormGenerate } from '../../protocol/index.ts';
import { nameOf } from '../data/context.ts';
import { askedAnswers } from './evaluation/asked.ts';
import type { Used } from './use-open.ts';
import { fieldOfTruth } from './use-outputs.ts';
import { type Tokens, tokensOf } from './use-tokens.ts';

/** A model that writes. */
export interface Writer {
  readonly input: string;
  readonly output: string;
  /** Tokens that it sees at a time. */
  readonly length: number;
  readonly vocabulary: number;
  readonly areChances: boolean;
  readonly tokens: Tokens;
  /** Rows are pieces of one text, not texts of their own: it may begin anywhere, and goes on for ever. */
  readonly endless: boolean;
}

/** What can be made by this model; undefined where nothing can. */
export function generateForm(used: Pick<Used, 'plan' | 'fitted'>): FormGenerate | undefined {
  const writer = writerOf(used);
  if (writer !== undefined) return { kind: 'text', length: writer.length, ends: !writer.endless };
  const outputs = sampledOutputs(used.plan);
  return outputs.length === 0 ? undefined : { kind: 'samples', outputs: outputs.map(({ output }) => output) };
}

/** How the model writes, where its input and its truth are the same tokens, one place apart. */
export function writerOf({ plan, fitted }: Pick<Used, 'plan' | 'fitted'>): Writer | undefined {
  const [input, ...others] = plan.graph.inputs;
  const field = plan.data.fields.find(({ name }) => name === input?.name);
  if (input === undefined || others.length > 0 || field?.shape.length !== 1) return undefined;
  for (const { prediction, truth, size, places, mark } of askedAnswers(plan)) {
    const output = plan.graph.outputs.find(
      ({ ref }) => ref.node === prediction.node && ref.output === prediction.output,
    );
    const next = fieldOfTruth(plan, truth);
    if (output === undefined || next === undefined || places !== field.shape[0] || size < 2) continue;
    const tokens = tokensOf(plan.data, fitted, field.node);
    if (tokens === undefined || !isOneLater(plan, field, next)) continue;
    return {
      input: input.name,
      output: output.name,
      length: places,
      vocabulary: size,
      areChances: mark === 'softmax',
      tokens,
      endless: hasWindows(plan, field.node),
    };
  }
  return undefined;
}

/** True where both fields are cut from the same tokens, the second one place later. */
function isOneLater({ data }: Plan, field: PlanField, next: PlanField): boolean {
  const [a, b] = [sliceOf(data.nodes[field.node]), sliceOf(data.nodes[next.node])];
  return a !== undefined && b !== undefined && a.from === b.from && b.start - a.start === 1;
}

function sliceOf(
  node: Plan['data']['nodes'][number] | undefined,
): { readonly from: number; readonly start: number } | undefined {
  const from = node?.inputs[0];
  if (node === undefined || from === undefined || nameOf(node.op) !== 'index') return undefined;
  const start = startOf(node.settings);
  return start === undefined ? undefined : { from, start };
}

/** Of `[1..]`: 1; of `[..-1]`: 0. */
function startOf({ items }: PlanNode['settings']): number | undefined {
  const [first, ...others] = Array.isArray(items) ? items : [];
  if (!Array.isArray(first) || others.length > 0) return undefined;
  const [start]: readonly unknown[] = first;
  return typeof start === 'number' ? start : 0;
}

function hasWindows({ data }: Plan, id: number): boolean {
  for (let node = data.nodes[id]; node !== undefined; node = data.nodes[node.inputs[0] ?? -1])
    if (nameOf(node.op) === 'windows') return true;
  return false;
}

// ---- examples

/** An output that is made of numbers by chance, and the node in whose place they are given. */
export interface SampledOutput {
  readonly output: string;
  readonly ref: Ref;
  readonly node: PlanNode;
}

const DRAWN: ReadonlySet<string> = new Set(['model/gaussian']);

/** Outputs that follow from numbers by chance alone once a node is given from outside. */
export function sampledOutputs({ graph }: Plan): readonly SampledOutput[] {
  const drawn = followers(graph.nodes, ({ op }) => DRAWN.has(op));
  const sizes = new Set(graph.nodes.filter(({ op }) => DRAWN.has(op)).map((node) => shapeOf(node)));
  const places = graph.nodes.filter(
    (node) => drawn.has(node.id) && sizes.has(shapeOf(node)) && node.outputs.length === 1,
  );
  const made = graph.outputs.flatMap(({ name, ref, trainingOnly }) => {
    if (trainingOnly || !drawn.has(ref.node)) return [];
    const node = places.find(({ id }) => id !== ref.node && needsOnly(graph.nodes, ref.node, id));
    return node === undefined ? [] : [{ output: name, ref, node }];
  });
  // Two ways to the same picture (from an example's own place, from any place) are one.
  return made.filter(
    (one) =>
      !made.some((other) => alike(graph.nodes, one, other) && DRAWN.has(other.node.op) && !DRAWN.has(one.node.op)),
  );
}

function shapeOf(node: PlanNode): string {
  return JSON.stringify(node.outputs[0]?.shape);
}

function alike(nodes: readonly PlanNode[], a: SampledOutput, b: SampledOutput): boolean {
  const type = ({ ref }: SampledOutput): string => JSON.stringify(nodes[ref.node]?.outputs[ref.output]?.shape);
  return type(a) === type(b) && shapeOf(a.node) === shapeOf(b.node);
}

/** The nodes that depend on one that `is` says yes to, these included. */
function followers(nodes: readonly PlanNode[], is: (node: PlanNode) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  for (const node of nodes) if (is(node) || inputsOf(node).some((id) => found.has(id))) found.add(node.id);
  return found;
}

/** True where `target` needs no input, field or other chance once `given` is given. */
function needsOnly(nodes: readonly PlanNode[], target: number, given: number): boolean {
  const seen = new Set<number>();
  const visit = (id: number): boolean => {
    if (id === given || seen.has(id)) return true;
    seen.add(id);
    const node = nodes[id];
    if (node === undefined || node.op === 'input' || node.op === 'field' || DRAWN.has(node.op)) return false;
    return inputsOf(node).every(visit);
  };
  return visit(target) && [...seen].some((id) => inputsOf(nodes[id]).includes(given));
}

function inputsOf(node: PlanNode | undefined): readonly number[] {
  if (node === undefined) return [];
  return Object.values(node.inputs)
    .flat()
    .map((ref: Ref) => ref.node);
}

/** The plan of that output alone, its numbers by chance as its one input `latent`. */
export function samplingPlan(plan: Plan, { output, ref, node }: SampledOutput): Plan {
  const nodes = plan.graph.nodes.map(
    (each): PlanNode =>
      each.id === node.id ? { ...each, op: 'input', inputs: {}, settings: { name: LATENT }, weights: {} } : each,
  );
  return {
    ...plan,
    loss: undefined,
    metrics: [],
    graph: {
      ...plan.graph,
      nodes,
      inputs: [{ name: LATENT, node: node.id }],
      outputs: [{ name: output, ref, trainingOnly: false }],
    },
  };
}

/** Name of the input that stands in the place of chance; no input of a program begins like this. */
export const LATENT = ' latent';
