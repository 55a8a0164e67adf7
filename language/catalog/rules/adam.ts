/** What Adam, AdamW and NAdam share: settings, moments, and the step from the corrected moments. */
import type { Settings } from '../../plan/plan.ts';
import type { Builder, Value } from '../builder.ts';
import { flagged, num } from '../planned.ts';
import { flag, layers, number, rate } from '../settings.ts';

export const adamSettings = {
  lr: rate('Learning rate: a number or a schedule.', 0.001),
  beta1: number('How much of the running mean is kept each time.', {
    min: 0,
    max: 1,
    open: 'max',
    default: 0.9,
    named: true,
  }),
  beta2: number('How much of the running mean square is kept each time.', {
    min: 0,
    max: 1,
    open: 'max',
    default: 0.999,
    named: true,
  }),
  epsilon: number('Keeps the division from zero.', { min: 0, default: 1e-7, named: true }),
  amsgrad: flag('Divides by the largest mean square so far instead of the latest.', false),
};

/** Layers without decay, of every optimizer that has a decay. */
export const excludeSetting = layers(
  'Layers whose weights are left out of the decay: names, classes like `LayerNorm`, or a list of these.',
);

/** Names of the moments that are saved with a run. */
export function adamState(settings: Settings): readonly { readonly name: string; readonly initial: number }[] {
  const moments = [
    { name: 'mean', initial: 0 },
    { name: 'square', initial: 0 },
  ];
  return flagged(settings, 'amsgrad') ? [...moments, { name: 'largest', initial: 0 }] : moments;
}

interface Values {
  readonly gradient: Value;
  readonly state: Readonly<Record<string, Value>>;
  readonly rate: Value;
  readonly step: Value;
}

/** What is taken from the weight, and the new moments. */
export function adamStep(
  b: Builder,
  { gradient, state, rate: learning, step }: Values,
  settings: Settings,
): { readonly change: Value; readonly state: Readonly<Record<string, Value>> } {
  const [beta1, beta2] = [num(settings, 'beta1'), num(settings, 'beta2')];
  const mean = blend(b, state.mean ?? gradient, gradient, beta1);
  const square = blend(b, state.square ?? gradient, b.unary('square', gradient), beta2);
  const largest = state.largest && b.binary('maximum', state.largest, square);
  const root = b.unary('sqrt', b.binary('divide', largest ?? square, correction(b, beta2, step)));
  const size = b.binary('divide', learning, correction(b, beta1, step));
  const divisor = b.binary('add', root, b.scalar(num(settings, 'epsilon')));
  const change = b.binary('multiply', size, b.binary('divide', mean, divisor));
  return { change, state: { mean, square, ...(largest ? { largest } : {}) } };
}

/** `beta · old + (1 − beta) · new`. */
export function blend(b: Builder, old: Value, fresh: Value, beta: number): Value {
  return b.binary('add', b.binary('multiply', old, b.scalar(beta)), b.binary('multiply', fresh, b.scalar(1 - beta)));
}

/**
 * `1 − beta^step`: the means start at 0, and this takes that start out again. In float32 the difference would keep four
 * digits of a beta near 1, so it is written as 1 − e⁻²ᵘ = 2t / (1 + t) with t = tanh u and u = −step · log(beta) / 2.
 */
export function correction(b: Builder, beta: number, step: Value): Value {
  if (beta === 0) return b.scalar(1);
  const t = b.unary('tanh', b.binary('multiply', step, b.scalar(-Math.log(beta) / 2)));
  return b.binary('divide', b.binary('multiply', t, b.scalar(2)), b.binary('add', t, b.scalar(1)));
}
