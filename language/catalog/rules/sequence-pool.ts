/** What pooling layers over the time of a sequence share. To the builder a sequence is an image of width 1. */
import type { Settings } from '../../plan/plan.ts';
import { known, unknown } from '../../shapes/dim.ts';
import type { Value, Window2D } from '../builder.ts';
import { dimsOf, flagOf, isNone, paddingOf } from '../checked.ts';
import type { CheckedSettings, RuleContext, RuleInputs, RuleResult } from '../entry.ts';
import { flagged, maybeNums, nums } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { flag, padding, span } from '../settings.ts';
import { sequencePadding, slideSequence } from './sequence.ts';
import { made, needForm, needNumber, typeOf } from './types.ts';

export const sequencePoolSettings = {
  window: span(1, 'How many steps the window spans.', { min: 1, default: 2 }),
  stride: span(1, 'How far the window moves each time; as far as it is long, unless said.', {
    min: 1,
    default: null,
    named: true,
  }),
  padding: padding(
    '`valid` (whole windows only), `same` (the time divided by the stride, rounded up), `causal` (no step sees a later one), or steps around the sequence.',
    1,
  ),
  ceil: flag('Keeps a last window that hangs over the end.', false),
};

/** The type after pooling; `dtype` says whether raw bytes stay what they are. */
export function sequencePoolType(
  callee: string,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
  dtype: 'same' | 'float32',
): RuleResult {
  const x = typeOf(inputs, 'x');
  const refused = needNumber(callee, x) ?? needForm(callee, x, 'sequence');
  if (refused) return refused;
  const type = dtype === 'same' ? x.dtype : 'float32';
  if (!x.shape) return [made(type, undefined, [x])];
  const [window = unknown] = dimsOf(settings, 'window', 1);
  const [stride = unknown] = dimsOf(settings, isNone(settings, 'stride') ? 'window' : 'stride', 1);
  const time = slideSequence(context, callee, x.shape[0] ?? unknown, {
    window,
    stride,
    dilation: known(1),
    padding: paddingOf(settings, 'padding', 1),
    ceil: flagOf(settings, 'ceil'),
  });
  return isRefusal(time) ? time : [made(type, [time, x.shape[1] ?? unknown], [x])];
}

/** Window, stride and padding in numbers, of the sequence as an image. */
export function sequencePoolWindow(x: Value, settings: Settings): Window2D {
  const [window = 1] = nums(settings, 'window');
  const [stride = window] = maybeNums(settings, 'stride') ?? [];
  const ceil = flagged(settings, 'ceil');
  const slide = { time: x.shape[0] ?? 0, window, stride, dilation: 1, ceil };
  return { window: [window, 1], stride: [stride, 1], padding: sequencePadding(settings.padding, slide) };
}
