/** Fixes for two paths that differ in their channels alone: a projection on one of them. */
import type { RuleInputs } from '../../catalog/entry.ts';
import type { Fix } from '../../problem.ts';
import { compare, constant, type Dim, writeDim } from '../../shapes/dim.ts';
import type { Shape, TensorType } from '../../shapes/type.ts';
import type { Body, Expr, Span } from '../../syntax/tree.ts';
import { type Frame, findLocal, place } from '../frame.ts';
import type { Site } from '../layer.ts';

/** `x + y` of unlike channels, one side of which is a name: a shortcut without its projection. */
export function projectionFixes(a: Dim, b: Dim, site: Site, inputs: RuleInputs): readonly Fix[] {
  const { node, frame } = site;
  const [left, right] = [inputs.a, inputs.b] as (TensorType | undefined)[];
  if (node.kind !== 'binary' || !onlyLastDiffers(left?.shape, right?.shape)) return [];
  const sides: readonly (readonly [Expr, Dim])[] = [
    [node.left, b],
    [node.right, a],
  ];
  for (const [operand, want] of sides) {
    const stage = operand.kind === 'name' ? projectionTo(want, left?.shape, frame) : undefined;
    if (operand.kind !== 'name' || !stage) continue;
    return [fixOf('shape/mismatch/projection', stage, operand, `(${operand.text} -> ${stage})`, frame)];
  }
  return [];
}

/** `residual { … }` that ends in other channels than it began with: the layers in braces end in a projection. */
export function residualProjection(before: Shape, after: Shape, body: Body, frame: Frame): readonly Fix[] {
  const want = before?.at(-1);
  const stage = want && onlyLastDiffers(before, after) ? projectionTo(want, before, frame) : undefined;
  const { end } = body.value;
  return stage ? [fixOf('shape/residual/projection', stage, { start: end, end }, ` -> ${stage}`, frame)] : [];
}

/** The layer that gives so many channels, where that can be written here. */
function projectionTo(channels: Dim, shape: Shape, frame: Frame): string | undefined {
  const text = writtenHere(channels, frame);
  if (text === undefined) return undefined;
  const convolution = ['Conv2D', 'Conv3D'][(shape?.length ?? 0) - 3];
  return convolution ? `${convolution}(${text}, 1)` : `Dense(${text})`;
}

/** A number, or a name that means this size where the code stands. */
function writtenHere(dim: Dim, frame: Frame): string | undefined {
  const text = writeDim(dim);
  if (constant(dim) !== undefined) return text;
  const local = findLocal(frame.scope, text)?.value;
  return local?.kind === 'size' && compare(local.dim, dim) === 'equal' ? text : undefined;
}

function onlyLastDiffers(left: Shape, right: Shape): boolean {
  if (!left || !right || left.length !== right.length || left.length === 0) return false;
  return left.slice(0, -1).every((dim, axis) => {
    const other = right[axis];
    return other !== undefined && compare(dim, other) === 'equal';
  });
}

function fixOf(id: string, stage: string, at: Span, newText: string, frame: Frame): Fix {
  const title = { key: 'fix/insert-after', values: { stage } };
  return { id, title, preferred: true, edits: [{ at: place(frame, at), newText }] };
}
