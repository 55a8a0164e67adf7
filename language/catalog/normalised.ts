/**
 * Layers whose weights are computed of others: `WeightNorm` learns length and direction apart, `SpectralNorm` divides by the
 * largest stretch. A layer's own entry with the companions of its weights; the compiler knows a normalised weight by them.
 */
import type { CheckedCall, OperationEntry, WeightDef } from './entry.ts';
import { isRegularised } from './regularisation.ts';

export type Normalisation = 'WeightNorm' | 'SpectralNorm';

/** What stands behind a weight's name for its companion. */
export const companions = { WeightNorm: '/length', SpectralNorm: '/vector' } as const;

/** Starts as the lengths of the weight that it belongs to, so that the layer starts as it would without. */
export const lengthsOfWeight: CheckedCall = { call: 'initialiser/lengths', settings: {} };

/** Whether there is something to normalise in a layer: weights of at least two axes. */
export function isNormalisable(entry: OperationEntry): boolean {
  return entry.weights !== undefined && !entry.name.endsWith('Norm') && entry.name !== 'PReLU';
}

export function normalised(entry: OperationEntry, by: Normalisation): OperationEntry {
  return {
    ...entry,
    weights(inputs, settings) {
      const own = entry.weights?.(inputs, settings) ?? {};
      const more = Object.entries(own).flatMap(([name, def]): [string, WeightDef][] =>
        def.trainable && def.shape.length > 1 && isRegularised(name)
          ? [[`${name}${companions[by]}`, companion(def, by)]]
          : [],
      );
      return { ...own, ...Object.fromEntries(more) };
    },
  };
}

function companion({ shape, units = [shape.length - 1] }: WeightDef, by: Normalisation): WeightDef {
  if (by === 'WeightNorm') {
    const lengths = shape.filter((_, axis) => units.includes(axis));
    return { shape: lengths, init: lengthsOfWeight, trainable: true };
  }
  const start = { call: 'initialiser/truncatedNormal', settings: { stddev: 0.02 } };
  return { shape: shape.slice(-1), init: start, trainable: false };
}
