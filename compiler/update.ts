/**
 * What surrounds an optimizer's own formula: gradients kept within bounds, layers that are left out of the decay, and the
 * update of every weight as operations of a program.
 */
import type { Builder, Catalog, OptimizerEntry, Plan, Settings } from '../language/index.ts';
import { createBuilder } from './builder.ts';
import { built, wrap } from './built.ts';
import { createScaling, guarded, isWhole, nextScaling, type Scaling } from './precision.ts';
import { createGraph, type Graph } from './program/graph.ts';
import { add, binary, divide, multiply } from './program/ops/binary.ts';
import { scalar } from './program/ops/constant.ts';
import { reduce } from './program/ops/reduce.ts';
import { unary } from './program/ops/unary.ts';
import { finish, type Program, type ProgramInput, type ProgramOutput } from './program/program.ts';
import type { Tensor } from './program/tensor.ts';
import { createLimits } from './regularise.ts';

/** Each number of a gradient brought into −limit..limit. */
export function clipped(g: Graph, gradient: Tensor, limit: number | undefined): Tensor {
  if (limit === undefined) return gradient;
  return binary(g, 'maximum', binary(g, 'minimum', gradient, scalar(g, limit)), scalar(g, -limit));
}

/** True where `exclude:` names layers. */
export function hasExceptions({ exclude }: Settings): boolean {
  return Array.isArray(exclude) && exclude.length > 0;
}

/**
 * The optimizer's settings for each weight, by its path: those that `exclude:` names have no decay. It names paths, which
 * stand for all under them, and classes, which are found by the layers of the graph and the segments of the path.
 */
export function settingsByWeight(plan: Plan): (path: string) => Settings {
  const settings = plan.train?.optimizer.settings ?? {};
  const { exclude } = settings;
  if (!Array.isArray(exclude) || exclude.length === 0) return () => settings;
  const names = exclude.filter((name) => typeof name === 'string');
  const without = { ...settings, decay: 0 };
  const ops = new Set(names.map((name) => `model/${name}`));
  const ofClass = new Set(plan.graph.nodes.flatMap((node) => (ops.has(node.op) ? Object.values(node.weights) : [])));
  const excluded = new Set(plan.graph.weights.flatMap(({ path }, i) => (ofClass.has(i) ? [path] : [])));
  return (path) => (excluded.has(path) || names.some((name) => isUnder(path, name)) ? without : settings);
}

/** Whether a weight's path lies under another path, or under a block of that name. */
function isUnder(path: string, name: string): boolean {
  if (name.includes('/')) return path === name || path.startsWith(`${name}/`);
  return path.split('/').some((segment) => segment.replace(/(?:\[\d+\])+$/u, '').replace(/\.\d+$/u, '') === name);
}

/** A weight of the plan by its index, and its gradient. */
interface Trained {
  readonly index: number;
  readonly weight: { readonly path: string };
  readonly tensor: Tensor;
  readonly gradient: Tensor;
}

export interface Updating {
  readonly g: Graph;
  readonly b: Builder;
  readonly plan: Plan;
  readonly optimizer: OptimizerEntry;
  readonly inputs: ProgramInput[];
  readonly outputs: ProgramOutput[];
  /** Set where gradients may overflow: then the update is left out. */
  readonly scaling: Scaling | undefined;
}

/** Adds the update of each weight to a program, with what it takes (rate, step, state), and the norm of all gradients. */
export function writeUpdates(parts: Updating, trained: readonly Trained[]): void {
  const { g, b, plan, optimizer, inputs, outputs, scaling } = parts;
  if (!plan.train) return;
  const norm = globalNorm(
    g,
    trained.map(({ gradient }) => gradient),
  );
  outputs.push({ kind: 'norm', name: 'norm', tensor: norm });
  const whole = scaling && isWhole(g, norm);
  const kept = (next: Tensor, before: Tensor): Tensor => (whole ? guarded(g, whole, next, before) : next);
  if (scaling && whole) outputs.push(...nextScaling(g, whole, scaling));
  const settingsOf = settingsByWeight(plan);
  const { clip, clipValue } = plan.train;
  const number = () => g.input({ dtype: 'float32', shape: [] });
  const [rate, step] = [number(), number()];
  inputs.push({ kind: 'rate', name: 'rate', tensor: rate }, { kind: 'step', name: 'step', tensor: step });
  const factor =
    clip === undefined ? undefined : divide(g, scalar(g, clip), binary(g, 'maximum', norm, scalar(g, clip)));
  const limited = createLimits(g, plan);
  for (const { weight, index, tensor, gradient } of trained) {
    const settings = settingsOf(weight.path);
    const state = optimizer.state(settings).map(({ name, initial }) => {
      const held = g.input({ dtype: 'float32', shape: tensor.shape });
      inputs.push({ kind: 'state', name: `${weight.path}/${name}`, initial, tensor: held });
      return { name, held };
    });
    const updated = optimizer.update(
      b,
      {
        weight: wrap(tensor, false),
        gradient: wrap(clipped(g, factor ? multiply(g, gradient, factor) : gradient, clipValue), false),
        state: Object.fromEntries(state.map(({ name, held }) => [name, wrap(held, false)])),
        rate: wrap(rate, false),
        step: wrap(step, false),
      },
      settings,
    );
    const limitedWeight = limited(index, built(updated.weight).tensor);
    outputs.push({ kind: 'weight', name: weight.path, tensor: kept(limitedWeight, tensor) });
    for (const { name, held } of state) {
      const next = updated.state[name];
      if (!next) throw new Error(`The optimizer gave no new '${name}'.`);
      outputs.push({ kind: 'state', name: `${weight.path}/${name}`, tensor: kept(built(next).tensor, held) });
    }
  }
}

function globalNorm(g: Graph, slopes: readonly Tensor[]): Tensor {
  const squares = slopes.map((slope) =>
    reduce(
      g,
      'sum',
      unary(g, 'square', slope),
      slope.shape.map((_, i) => i),
      false,
    ),
  );
  return unary(
    g,
    'sqrt',
    squares.reduce((sum, square) => add(g, sum, square), scalar(g, 0)),
  );
}

/** The update alone, from gradients that are given: of several batches together. */
export function updateOfAll(
  from: { readonly plan: Plan; readonly entries: Pick<Catalog, 'get'>; readonly optimizer: OptimizerEntry },
  paths: readonly string[],
  mixed = false,
): Program {
  const { plan, entries, optimizer } = from;
  const g = createGraph();
  const inputs: ProgramInput[] = [];
  const outputs: ProgramOutput[] = [];
  const wanted = new Set(paths);
  const trained = plan.graph.weights.flatMap((weight, index): Trained[] => {
    if (!wanted.has(weight.path)) return [];
    const tensor = g.input({ dtype: 'float32', shape: weight.shape });
    const gradient = g.input({ dtype: 'float32', shape: weight.shape });
    inputs.push(
      { kind: 'weight', name: weight.path, tensor },
      { kind: 'gradient', name: weight.path, tensor: gradient },
    );
    return [{ index, weight, tensor, gradient }];
  });
  const b = updateBuilder(g, entries);
  const scaling = mixed ? createScaling(g, inputs) : undefined;
  writeUpdates({ g, b, plan, optimizer, inputs, outputs, scaling }, trained);
  return finish(g, inputs, outputs);
}

/** What an optimizer's formula is written with: it sees weights and gradients, and neither chance nor statistics. */
export function updateBuilder(g: Graph, entries: Pick<Catalog, 'get'>) {
  const none = (): never => {
    throw new Error('An optimizer may not draw numbers nor move statistics.');
  };
  return createBuilder({
    g,
    batch: 1,
    training: true,
    entry: (key) => entries.get(key),
    draw: none,
    moving: none,
    move: none,
  });
}
