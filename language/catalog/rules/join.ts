/** Several values made one along an axis: what must agree, and what the result's type is. */

import { differ } from '../../shapes/assume.ts';
import { prefer } from '../../shapes/broadcast.ts';
import { add, type Dim, printDim, unknown } from '../../shapes/dim.ts';
import { printShape, printType, type TensorType } from '../../shapes/type.ts';
import type { DTypeName } from '../../syntax/tree.ts';
import type { Refusal, RuleContext } from '../entry.ts';
import { atCall, insertBefore, refuse } from '../refuse.ts';

/** The common element type; refused where they differ. In data, mixed numbers become float32. */
export function commonType(
  callee: string,
  types: readonly TensorType[],
  context: RuleContext,
): DTypeName | Refusal | undefined {
  const written = types.filter((type) => type.dtype !== undefined && !type.facts.literal);
  const [first] = written;
  const other = written.find((type) => type.dtype !== first?.dtype);
  if (!first || !other) return first?.dtype ?? types[0]?.dtype;
  const numbers = written.every((type) => type.dtype !== 'string' && type.dtype !== 'bool');
  if (context.inData && numbers) return 'float32';
  return refuse('type/mixed', { callee, left: printType(first), right: printType(other) }, { at: atCall });
}

/** The shape of values put end to end along `axis`, which counts from the front. */
export function joinAlong(
  context: RuleContext,
  callee: string,
  shapes: readonly (readonly Dim[])[],
  axis: number,
): readonly Dim[] | Refusal {
  const [first = [], ...others] = shapes;
  const result = [...first];
  for (const shape of others) {
    if (shape.length !== first.length) return unlikeRanks(callee, first, shape);
    for (const [index, dim] of shape.entries()) {
      const own = result[index] ?? unknown;
      if (index === axis) result[index] = add(own, dim);
      else if (differ(own, dim)) return unlike(callee, axis, index, own, dim);
      else result[index] = prefer(own, dim);
    }
  }
  const parts = shapes.map((shape) => shape[axis] ?? unknown);
  const sum = result[axis] ?? unknown;
  const values = { result: printDim(sum), parts: parts.map(printDim).join(' + '), callee, axis };
  result[axis] = parts.length > 1 ? context.because(sum, { key: 'why/join', values }, parts) : sum;
  return result;
}

function unlikeRanks(callee: string, a: readonly Dim[], b: readonly Dim[]): Refusal {
  const values = { callee, left: printShape(a), right: printShape(b) };
  const fixes = Math.abs(a.length - b.length) > 1 ? [insertBefore('shape/join/flatten', 'Flatten')] : [];
  return refuse('shape/join', values, { variant: 'rank', at: atCall, blame: [...a, ...b], fixes });
}

function unlike(callee: string, axis: number, index: number, a: Dim, b: Dim): Refusal {
  const values = { callee, axis, index, left: printDim(a), right: printDim(b) };
  return refuse('shape/join', values, { at: atCall, blame: [a, b] });
}
