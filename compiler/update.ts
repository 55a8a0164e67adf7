/** What surrounds an optimizer's own formula: gradients kept within bounds, and layers that are left out of the decay. */
import type { Plan, Settings } from '../language/index.ts';
import type { Graph } from './program/graph.ts';
import { binary } from './program/ops/binary.ts';
import { scalar } from './program/ops/constant.ts';
import type { Tensor } from './program/tensor.ts';

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
