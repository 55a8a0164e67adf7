/** Values of unlike shapes in one elementwise operation: what they are stretched to, and when that deserves a word. */
import { broadcast, joinAxis } from '../../shapes/broadcast.ts';
import { printDim } from '../../shapes/dim.ts';
import { printShape, type Shape, type TensorType } from '../../shapes/type.ts';
import type { Refusal, RuleContext } from '../entry.ts';
import { atCall, refuse, remark } from '../refuse.ts';

/** The shape of an elementwise result, or which axes do not fit. */
export function stretch(callee: string, left: Shape, right: Shape): { readonly shape: Shape } | Refusal {
  const result = broadcast(left, right);
  return result.ok ? { shape: result.shape } : unlikeShapes(callee, left ?? [], right ?? []);
}

/**
 * A hint where two values of the example are stretched onto each other by a missing axis: in a sum that is more often a
 * forgotten `Flatten` or a wrong axis than meant. Weights, constants and single numbers are silent.
 */
export function hintStretched(context: RuleContext, callee: string, a: TensorType, b: TensorType): void {
  if (!a.perExample || !b.perExample || !a.shape || !b.shape) return;
  if (a.shape.length === b.shape.length || a.shape.length === 0 || b.shape.length === 0) return;
  const [small, large] = a.shape.length < b.shape.length ? [a.shape, b.shape] : [b.shape, a.shape];
  const values = { callee, small: printShape(small), large: printShape(large) };
  context.remark(remark('hint', 'shape/stretched', values, { at: atCall, blame: [...small, ...large] }));
}

function unlikeShapes(callee: string, left: NonNullable<Shape>, right: NonNullable<Shape>): Refusal {
  const rank = Math.max(left.length, right.length);
  for (let axis = 0; axis < rank; axis++) {
    const a = left[axis - (rank - left.length)];
    const b = right[axis - (rank - right.length)];
    if (!a || !b || joinAxis(a, b)) continue;
    const values = {
      callee,
      axes: ordinal(axis, rank),
      left: printDim(a),
      right: printDim(b),
      leftShape: printShape(left),
      rightShape: printShape(right),
    };
    return refuse('shape/mismatch', values, { at: atCall, blame: [a, b] });
  }
  const values = { callee, leftShape: printShape(left), rightShape: printShape(right) };
  return refuse('shape/mismatch', values, { variant: 'rank', at: atCall, blame: [...left, ...right] });
}

/** "first", "second", "last": how an axis is spoken of. */
export function ordinal(axis: number, rank: number): string {
  const names = ['first', 'second', 'third', 'fourth', 'fifth'];
  return axis > 0 && axis === rank - 1 ? 'last' : (names[axis] ?? `${axis + 1}th`);
}
