/** Penalties and constraints of a layer's weights in Keras' words, and the axes that belong to one unit there. */
import type { Settings } from '../plan/plan.ts';
import { pythonNumber } from './python.ts';

/** Keras' weights of a layer, with the axes that `MaxNorm` measures over: all but those of the units. Undefined: Keras' default, the first. */
export type Held = Readonly<Record<string, readonly number[] | undefined>>;

/** Penalties and constraints, as the layer's own settings. */
export function held(settings: Settings, weights: Held = { kernel: undefined }): readonly string[] {
  const [l1, l2] = [Number(settings.l1 ?? 0), Number(settings.l2 ?? 0)];
  const [a1, a2] = [Number(settings.activityL1 ?? 0), Number(settings.activityL2 ?? 0)];
  const penalty = (one: number, two: number) => `keras.regularizers.L1L2(${pythonNumber(one)}, ${pythonNumber(two)})`;
  return [
    ...(l1 > 0 || l2 > 0 ? Object.keys(weights).map((weight) => `${weight}_regularizer=${penalty(l1, l2)}`) : []),
    ...(a1 > 0 || a2 > 0 ? [`activity_regularizer=${penalty(a1, a2)}`] : []),
    ...Object.entries(weights).flatMap(([weight, axes]) => {
      const limit = limitOf(settings, axes);
      return limit === undefined ? [] : [`${weight}_constraint=${limit}`];
    }),
  ];
}

function limitOf({ maxNorm, nonNegative }: Settings, axes: readonly number[] | undefined): string | undefined {
  if (typeof maxNorm !== 'number') return nonNegative === true ? 'keras.constraints.NonNeg()' : undefined;
  const measured = axes === undefined ? '' : `, axis=${axes.length === 1 ? axes[0] : `[${axes.join(', ')}]`}`;
  return `keras.constraints.MaxNorm(${pythonNumber(maxNorm)}${measured})`;
}

/** The first axes of a kernel: those of its window, and some more. */
export const firstAxes = (count: number): readonly number[] => Array.from({ length: count }, (_, axis) => axis);

/** What a convolution learns, by Keras' names. */
export const learned = {
  plain: (axes: number): Held => ({ kernel: firstAxes(axes + 1) }),
  /** Keras keeps the units of a transposed convolution in front of its channels. */
  transposed: (axes: number): Held => ({ kernel: [...firstAxes(axes), axes + 1] }),
  depthwise: (axes: number): Held => ({ depthwise: firstAxes(axes) }),
  separable: (axes: number): Held => ({ depthwise: firstAxes(axes), pointwise: firstAxes(axes + 1) }),
} as const;
