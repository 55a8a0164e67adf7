/** Variance scaling: how large the first weights are, from how many numbers go into and out of each unit. */
import type { Draw } from '../entry.ts';

export type Fan = 'in' | 'out' | 'mean';

/** How many numbers go into a unit and how many units one goes to, as Keras counts them: the last two axes, times the window. */
export function fans(shape: readonly number[]): { readonly in: number; readonly out: number } {
  const [first = 1] = shape;
  if (shape.length < 2) return { in: first, out: first };
  const cells = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return { in: (shape.at(-2) ?? 1) * cells, out: (shape.at(-1) ?? 1) * cells };
}

/** Uniform with the variance `scale / fan`. */
export function scaledUniform(scale: number, fan: Fan, shape: readonly number[]): Draw {
  const limit = Math.sqrt(3 * variance(scale, fan, shape));
  return { kind: 'uniform', low: -limit, high: limit };
}

/** Normal with the variance `scale / fan`, cut off at two deviations; the deviation is widened to make up for the cut. */
export function scaledNormal(scale: number, fan: Fan, shape: readonly number[]): Draw {
  const kept = 0.87962566103423978;
  return { kind: 'normal', mean: 0, deviation: Math.sqrt(variance(scale, fan, shape)) / kept, truncated: true };
}

function variance(scale: number, fan: Fan, shape: readonly number[]): number {
  const { in: into, out } = fans(shape);
  const count = fan === 'in' ? into : fan === 'out' ? out : (into + out) / 2;
  return scale / Math.max(count, 1);
}
