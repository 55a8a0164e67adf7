/** Augmentations carried out on small tensors. */
import type { PlanAugmentation, Settings } from '../../language/index.ts';
import { createAugment, type Drawn } from '../../trainer/data/augment/index.ts';
import type { HostTensor } from '../../trainer/engine.ts';
import { placeAt } from './data-plan.ts';

export type StepSketch = readonly [name: string, settings?: Settings];

export function flow(fields: readonly string[], steps: readonly StepSketch[], ranges?: PlanAugmentation['ranges']) {
  return {
    fields,
    ...(ranges ? { ranges } : {}),
    steps: steps.map(([name, settings = {}]) => ({ call: `augment/${name}`, settings, place: placeAt(1) })),
  };
}

export function float(shape: readonly number[], fill: (i: number) => number): HostTensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return { dtype: 'float32', shape, data: Float32Array.from({ length: size }, (_, i) => fill(i)) };
}

export const rowsTo = (count: number, epoch = 1): Drawn => ({
  rows: Uint32Array.from({ length: count }, (_, i) => i),
  epoch,
});

/** Carries out one flow on a field `x`. */
export function run(
  x: HostTensor,
  steps: readonly StepSketch[],
  drawn = rowsTo(x.shape[0] ?? 0),
  range?: [number, number],
) {
  const augment = createAugment([flow(['x'], steps, range ? { x: range } : undefined)], 7);
  return augment!({ x }, drawn).x!;
}

export const rowOf = (x: HostTensor, row: number) => {
  const size = x.data.length / (x.shape[0] ?? 1);
  return Array.from(x.data.subarray(row * size, (row + 1) * size));
};
