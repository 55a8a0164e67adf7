/**
 * What is measured in a pass over the training rows before the first step (`Normalize` in a model) must not depend on weights
 * that training then moves: it would be wrong from the first update on.
 */

import type { RawNode } from '../check/frame.ts';
import { isFrozen } from '../check/freeze.ts';
import type { Place } from '../problem.ts';
import type { GraphRecorder } from './recorder.ts';

/** Layers that are measured in that pass. */
const measured: ReadonlySet<string> = new Set(['model/Normalize']);

/** Each measured layer that has a trained weight before it, with that weight's path. */
export function measuredTooLate(
  { nodes, weights }: GraphRecorder,
  freeze: readonly string[],
): readonly { readonly place: Place; readonly weight: string }[] {
  const found: (string | undefined)[] = [];
  const moved = (node: RawNode): string | undefined =>
    Object.values(node.weights)
      .map((index) => weights[index])
      .find((weight) => weight?.def.trainable && !isFrozen(weight.path, freeze))?.path;
  // Nodes come after what they read, so one walk is enough.
  return nodes.flatMap((node, id) => {
    const before = refsOf(node)
      .map((ref) => found[ref])
      .find((path) => path !== undefined);
    found[id] = moved(node) ?? before;
    return before !== undefined && measured.has(node.op) ? [{ place: node.place, weight: before }] : [];
  });
}

function refsOf(node: RawNode): readonly number[] {
  return Object.values(node.inputs).flatMap((value) => ('node' in value ? [value.node] : value.map((ref) => ref.node)));
}
