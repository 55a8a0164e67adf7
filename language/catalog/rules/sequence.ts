/** Windows over the time of a sequence `[time, features]`. To the builder a sequence is an image of width 1. */

import type { Settings } from '../../plan/plan.ts';
import { type Dim, known, subtract } from '../../shapes/dim.ts';
import type { Builder, Padding2D, Value } from '../builder.ts';
import type { CheckedPadding } from '../checked.ts';
import type { Refusal, RuleContext } from '../entry.ts';
import { axisPadding, covers, slideWindow, windowPadding } from './window.ts';

export interface SequenceWindow {
  readonly window: Dim;
  readonly stride: Dim;
  readonly dilation: Dim;
  readonly padding: CheckedPadding;
  readonly ceil?: boolean;
}

/** The time after the window slid over it. `causal` puts all cells in front, so that no place sees a later one. */
export function slideSequence(context: RuleContext, callee: string, time: Dim, slide: SequenceWindow): Dim | Refusal {
  const given = axisPadding(slide.padding, 0);
  const padding = given === 'causal' ? ([subtract(covers(slide), known(1)), known(0)] as const) : given;
  return slideWindow(context, callee, { size: time, name: 'time' }, { ...slide, padding });
}

/** The cells of padding in numbers, for the sequence as an image. */
export function sequencePadding(
  padding: Settings[string] | undefined,
  slide: {
    readonly time: number;
    readonly window: number;
    readonly stride: number;
    readonly dilation: number;
    readonly ceil?: boolean;
  },
): Padding2D {
  const { time, window, stride, dilation, ceil = false } = slide;
  const causal = [[(window - 1) * dilation, 0]];
  const [along] = windowPadding(padding === 'causal' ? causal : padding, {
    size: [time, 1],
    window: [window, 1],
    stride: [stride, 1],
    dilation: [dilation, 1],
    ceil,
  });
  return [along, [0, 0]];
}

/** `[time, features]` as `[time, 1, features]`. */
export function asImage(b: Builder, x: Value): Value {
  const [time = 0, features = 0] = x.shape;
  return b.reshape(x, [time, 1, features]);
}

/** `[time, 1, features]` as `[time, features]`. */
export function asSequence(b: Builder, x: Value): Value {
  return b.reshape(x, [x.shape[0] ?? 0, x.shape[2] ?? 0]);
}

/** A kernel over time as one over an image of width 1: `[window, in, out]` as `[window, 1, in, out]`. */
export function asImageKernel(b: Builder, kernel: Value): Value {
  const [window = 1, ...channels] = kernel.shape;
  return b.reshape(kernel, [window, 1, ...channels]);
}
