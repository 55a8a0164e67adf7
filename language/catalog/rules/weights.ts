/** The weights of a layer with a kernel and, unless `bias: false`, a bias; started as its settings say. */
import { type Dim, unknown } from '../../shapes/dim.ts';
import { callOf, flagOf } from '../checked.ts';
import type { CheckedCall, CheckedSettings, WeightDef } from '../entry.ts';

/** Kernel and bias. A kernel whose shape is not known yet is unknown in one axis, so that its size is not counted. */
export function layerWeights(
  settings: CheckedSettings,
  shapes: {
    readonly kernel: readonly Dim[] | undefined;
    readonly bias: readonly Dim[];
    /** The kernel's axes of units, where that is not the last one. */
    readonly units?: readonly number[];
  },
): Readonly<Record<string, WeightDef>> {
  const kernel = trained(shapes.kernel ?? [unknown], startOf(settings, 'init', 'glorotUniform'), shapes.units);
  if (!flagOf(settings, 'bias')) return { kernel };
  return { kernel, bias: trained(shapes.bias, startOf(settings, 'biasInit', 'zeros')) };
}

/** How a weight starts: the setting's initialiser, or the one by name where the setting is broken. */
export function startOf(settings: CheckedSettings, setting: string, otherwise: string): CheckedCall {
  return callOf(settings, setting) ?? init(otherwise);
}

/** An initialiser by its name. */
export function init(name: string, settings: CheckedSettings = {}): CheckedCall {
  return { call: `initialiser/${name}`, settings };
}

export function trained(shape: readonly Dim[], start: CheckedCall, units?: readonly number[]): WeightDef {
  return { shape, init: start, trainable: true, ...(units ? { units } : {}) };
}

/** A weight that no gradient moves. */
export function kept(shape: readonly Dim[], start: CheckedCall): WeightDef {
  return { shape, init: start, trainable: false };
}
