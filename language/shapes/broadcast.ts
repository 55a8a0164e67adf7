/**
 * Broadcasting of two shapes, right-aligned as in NumPy. Only a literal 1 stretches: a symbolic size that might be 1 in
 * one use must equal its partner.
 */
import { differ } from './assume.ts';
import { constant, type Dim, unknown } from './dim.ts';
import type { Shape } from './type.ts';

export type Broadcast =
  | { readonly ok: true; readonly shape: Shape }
  /** The first axis from the right that does not fit; `axis` counts in the longer shape. */
  | { readonly ok: false; readonly axis: number; readonly left: Dim; readonly right: Dim };

/** The shape that two shapes are stretched to, or the axis on which they differ. */
export function broadcast(left: Shape, right: Shape): Broadcast {
  if (!left || !right) return { ok: true, shape: undefined };
  const rank = Math.max(left.length, right.length);
  const shape: Dim[] = [];
  for (let axis = rank - 1; axis >= 0; axis--) {
    const a = left[axis - (rank - left.length)];
    const b = right[axis - (rank - right.length)];
    const joined = joinAxis(a, b);
    if (!joined) return { ok: false, axis, left: a ?? unknown, right: b ?? unknown };
    shape.unshift(joined);
  }
  return { ok: true, shape };
}

/** One axis of the result: a missing axis or a literal 1 gives way, an unknown size takes what the other is. */
export function joinAxis(a: Dim | undefined, b: Dim | undefined): Dim | undefined {
  if (!a || !b) return a ?? b;
  if (constant(a) === 1) return b;
  if (constant(b) === 1) return a;
  if (differ(a, b)) return undefined;
  return prefer(a, b);
}

/** Of two sizes that must agree, the one that says more. */
export function prefer(a: Dim, b: Dim): Dim {
  if (a.size === undefined) return b;
  if (b.size === undefined) return a;
  return constant(a) === undefined && constant(b) !== undefined ? b : a;
}

export type Agreement =
  | { readonly ok: true; readonly shape: Shape }
  | { readonly ok: false; readonly rank: true }
  | { readonly ok: false; readonly rank: false; readonly axis: number; readonly left: Dim; readonly right: Dim };

/** Whether two shapes are the same, without any stretching; unknown sizes take what the other side knows. */
export function agree(left: Shape, right: Shape): Agreement {
  if (!left || !right) return { ok: true, shape: left ?? right };
  if (left.length !== right.length) return { ok: false, rank: true };
  const shape: Dim[] = [];
  for (const [axis, a] of left.entries()) {
    const b = right[axis] ?? unknown;
    if (differ(a, b)) return { ok: false, rank: false, axis, left: a, right: b };
    shape.push(prefer(a, b));
  }
  return { ok: true, shape };
}
