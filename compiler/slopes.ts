/**
 * The sum of all slopes that reach a tensor. Those of its slices are zeros but for their own part: parts that do not overlap
 * are put one behind the other instead of being added, or a walk over n steps would add n tensors as large as the whole.
 */
import type { Graph } from './program/graph.ts';
import { add } from './program/ops/binary.ts';
import { broadcastTo } from './program/ops/broadcast.ts';
import { concat } from './program/ops/concat.ts';
import { scalar } from './program/ops/constant.ts';
import type { UnsliceAttributes } from './program/ops/slice.ts';
import { at, type Tensor } from './program/tensor.ts';

/** A slope that is zero outside start … end on one axis. */
interface Part {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly slope: Tensor;
}

export function sumOf(g: Graph, slopes: readonly Tensor[]): Tensor {
  const byAxis = new Map<number, Part[]>();
  const rest: Tensor[] = [];
  for (const slope of slopes) {
    const part = partOf(g, slope);
    const known = part && byAxis.get(part.axis);
    if (!part) rest.push(slope);
    else if (known) known.push(part);
    else byAxis.set(part.axis, [part]);
  }
  const whole = at(slopes, 0);
  for (const parts of byAxis.values()) rest.push(...joined(g, whole.shape, parts));
  return rest.reduce((sum, slope) => add(g, sum, slope));
}

function partOf(g: Graph, slope: Tensor): Part | undefined {
  const node = g.producer(slope);
  if (node?.primitive.name !== 'unslice') return undefined;
  const { ranges, shape } = node.attributes as UnsliceAttributes;
  const cut = ranges.flatMap((range, axis) => (range[0] !== 0 || range[1] !== shape[axis] ? [axis] : []));
  const axis = at(cut, 0);
  if (cut.length !== 1 || ranges.some((range) => range[2] !== 1)) return undefined;
  const [start = 0, end = 0] = at(ranges, axis);
  return { axis, start, end, slope };
}

/** Parts in a row as one tensor; those that overlap one before them stay as they are. */
function joined(g: Graph, shape: readonly number[], parts: readonly Part[]): readonly Tensor[] {
  const first = parts[0];
  if (!first || parts.length === 1) return parts.map(({ slope }) => slope);
  const { axis } = first;
  const zeros = (size: number): Tensor =>
    broadcastTo(
      g,
      scalar(g, 0),
      shape.map((n, i) => (i === axis ? size : n)),
    );
  const pieces: Tensor[] = [];
  const overlapping: Tensor[] = [];
  let reached = 0;
  for (const { start, end, slope } of [...parts].sort((a, b) => a.start - b.start)) {
    const source = g.producer(slope)?.inputs[0];
    if (start < reached || !source) {
      overlapping.push(slope);
      continue;
    }
    if (start > reached) pieces.push(zeros(start - reached));
    pieces.push(source);
    reached = end;
  }
  const size = at(shape, axis);
  if (reached < size) pieces.push(zeros(size - reached));
  return [concat(g, pieces, axis), ...overlapping];
}
