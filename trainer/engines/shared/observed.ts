/** What a graph of the mode `observe` gave, by the names of its outputs, as layers and norms. */
import { type Compiled, normOutput, observedLayers, observedNumbers } from '../../../compiler/index.ts';
import type { LayerNumbers, Observed, WeightNorms } from '../../engine.ts';

type Numbers = ArrayLike<number> | undefined;

export function readObserved({ plan }: Compiled, outputs: ReadonlyMap<string, ArrayLike<number>>): Observed {
  const results = new Map<string, LayerNumbers>();
  for (const { path, output } of observedLayers(plan.graph.nodes)) {
    const numbers = outputs.get(output);
    if (numbers) results.set(path, layerNumbers(numbers));
  }
  const norms = new Map<string, WeightNorms>();
  for (const { path } of plan.graph.weights) {
    const numbers: Numbers = outputs.get(normOutput(path));
    const [gradient, weight] = [numbers?.[0], numbers?.[1]];
    if (gradient !== undefined && weight !== undefined) norms.set(path, { gradient, weight, update: undefined });
  }
  return { results, norms };
}

function layerNumbers(numbers: ArrayLike<number>): LayerNumbers {
  const number = (name: (typeof observedNumbers)[number]): number =>
    numbers[observedNumbers.indexOf(name)] ?? Number.NaN;
  const [saturated, silent] = [number('saturated'), number('silent')];
  return {
    mean: number('mean'),
    deviation: number('deviation'),
    zeros: number('zeros'),
    ...(saturated < 0 ? {} : { saturated }),
    ...(silent < 0 ? {} : { silent }),
  };
}
