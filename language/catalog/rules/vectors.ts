/** Losses that compare vectors as wholes: the last axis is the vector, those before it are places. */
import { agree } from '../../shapes/broadcast.ts';
import { printType, type Shape } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import type { Refusal, RuleInputs } from '../entry.ts';
import { atCall, atInput, refuse } from '../refuse.ts';
import { needAxis, needFloat, typeOf } from './types.ts';

/** The places of vectors that all have one shape. */
export function placesOf(
  callee: string,
  inputs: RuleInputs,
  names: readonly string[],
): { readonly places: Shape } | Refusal {
  const types = names.map((name) => typeOf(inputs, name));
  for (const [i, type] of types.entries()) {
    const refused = needFloat(callee, type, names[i]) ?? needAxis(callee, type);
    if (refused) return refused;
  }
  const [first] = types;
  const other = types.find((type) => !agree(first?.shape, type.shape).ok);
  if (first && other) {
    const values = { callee, first: printType(first), second: printType(other) };
    const blame = [...(first.shape ?? []), ...(other.shape ?? [])];
    return refuse('loss/shapes', values, { variant: 'vectors', at: atCall, blame });
  }
  return { places: first?.shape?.slice(0, -1) };
}

/** Refuses what is not one answer (a truth value, or 0 and 1) for each place. */
export function needAnswer(callee: string, inputs: RuleInputs, name: string, places: Shape): Refusal | undefined {
  const type = typeOf(inputs, name);
  if (type.dtype !== 'bool') {
    const refused = needFloat(callee, type, name);
    if (refused) return refused;
  }
  if (agree(type.shape, places).ok) return undefined;
  const values = { callee, name, type: printType(type), places: printType({ ...type, shape: places }) };
  return refuse('loss/shapes', values, { variant: 'answer', at: atInput(name), blame: type.shape ?? [] });
}

/** The square of the distance of two vectors, at each place. */
export function squaredDistance(b: Builder, first: Value, second: Value): Value {
  const squares = b.unary('square', b.binary('subtract', first, second));
  return b.reduce('sum', squares, [squares.shape.length - 1], false);
}

/** A root whose slope stays finite where the vectors are one. */
export function distanceOf(b: Builder, squared: Value): Value {
  return b.unary('sqrt', b.binary('maximum', squared, b.scalar(1e-12)));
}

/** Sums of products over the vector, at each place. */
export function dotOf(b: Builder, first: Value, second: Value): Value {
  const products = b.binary('multiply', first, second);
  return b.reduce('sum', products, [products.shape.length - 1], false);
}
