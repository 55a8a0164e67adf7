/** Matrix products: `[..., n, k] × [..., k, m] -> [..., n, m]`; a single axis counts as one row or one column. */

import { differ } from '../../shapes/assume.ts';
import { broadcast } from '../../shapes/broadcast.ts';
import { type Dim, printDim, unknown } from '../../shapes/dim.ts';
import { printShape, type Shape, type TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import type { Refusal } from '../entry.ts';
import { atCall, refuse } from '../refuse.ts';
import { made, needFloat } from './types.ts';

/** The type of `a @ b`. */
export function productType(callee: string, a: TensorType, b: TensorType): TensorType | Refusal {
  const refused = needFloat(callee, a, 'a') ?? needFloat(callee, b, 'b');
  if (refused) return refused;
  const shape = productShape(callee, a.shape, b.shape);
  return 'refused' in shape ? shape : made('float32', shape.shape, [a, b]);
}

function productShape(callee: string, a: Shape, b: Shape): { readonly shape: Shape } | Refusal {
  if (!a || !b) return { shape: undefined };
  const [k, others] = [a.at(-1), b.length === 1 ? b[0] : b.at(-2)];
  const values = { callee, left: printShape(a), right: printShape(b) };
  if (!k || !others) return refuse('shape/product', values, { variant: 'single', at: atCall });
  if (differ(k, others)) {
    const inner = { ...values, columns: printDim(k), rows: printDim(others) };
    return refuse('shape/product', inner, { at: atCall, blame: [k, others] });
  }
  const leading = broadcast(a.slice(0, -2), b.slice(0, -2));
  if (!leading.ok) return refuse('shape/product', values, { variant: 'leading', at: atCall, blame: [...a, ...b] });
  const rows: readonly Dim[] = a.length === 1 ? [] : [a.at(-2) ?? unknown];
  const columns: readonly Dim[] = b.length === 1 ? [] : [b.at(-1) ?? unknown];
  return { shape: leading.shape && [...leading.shape, ...rows, ...columns] };
}

/** `a @ b`, with single axes made rows or columns for the product's time. */
export function multiplyMatrices(b: Builder, left: Value, right: Value): Value {
  const a = left.shape.length === 1 ? b.reshape(left, [1, ...left.shape]) : left;
  const c = right.shape.length === 1 ? b.reshape(right, [...right.shape, 1]) : right;
  const y = b.matmul(a, c);
  let shape = y.shape;
  if (right.shape.length === 1) shape = shape.slice(0, -1);
  if (left.shape.length === 1)
    shape = right.shape.length === 1 ? shape.slice(0, -1) : [...shape.slice(0, -2), ...shape.slice(-1)];
  return shape.length === y.shape.length ? y : b.reshape(y, shape);
}
