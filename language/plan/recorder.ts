/** Writes down what the evaluator does: nodes in the order in which they are made, and weights by their paths. */
import type { WeightDef } from '../catalog/entry.ts';
import type { RawNode, Recorder } from '../check/frame.ts';
import type { Place } from '../problem.ts';
import type { Ref } from './plan.ts';

export interface RawWeight {
  readonly path: string;
  readonly def: WeightDef;
  readonly place: Place;
}

export interface GraphRecorder extends Recorder {
  readonly nodes: readonly RawNode[];
  readonly weights: readonly RawWeight[];
  /** Where blocks and layers in braces are used, by what they are called in pictures. */
  readonly boxes: ReadonlyMap<string, Place>;
}

export function createRecorder(): GraphRecorder {
  const nodes: RawNode[] = [];
  const weights: RawWeight[] = [];
  const boxes = new Map<string, Place>();
  const byPath = new Map<string, number>();
  return {
    nodes,
    weights,
    boxes,
    enter(box, place) {
      boxes.set(box, place);
    },
    // A shared layer asks again for the same path: it gets the same weight.
    weight(path, def, place) {
      const before = byPath.get(path);
      if (before !== undefined) return before;
      byPath.set(path, weights.length);
      weights.push({ path, def, place });
      return weights.length - 1;
    },
    node(node): readonly Ref[] {
      nodes.push(node);
      return node.outputs.map((_, output) => ({ node: nodes.length - 1, output }));
    },
  };
}
