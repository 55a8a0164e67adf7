/** What pooling layers share: their settings, the type of the result, and the window as a plan has it. */

import type { Settings } from '../../plan/plan.ts';
import { known, unknown } from '../../shapes/dim.ts';
import type { Value, Window2D } from '../builder.ts';
import { dimsOf, flagOf, isNone, paddingOf } from '../checked.ts';
import type { CheckedSettings, RuleContext, RuleInputs, RuleResult } from '../entry.ts';
import { flagged, maybeTwo, two } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { flag, padding, pair } from '../settings.ts';
import { slideImage } from './image.ts';
import { made, needForm, needNumber, typeOf } from './types.ts';
import { windowPadding } from './window.ts';

export const poolSettings = {
  window: pair('Height and width of the window.', { min: 1, default: 2 }),
  stride: pair('How far the window moves each time; as far as it is large, unless said.', {
    min: 1,
    default: null,
    named: true,
  }),
  padding: padding(
    '`valid` (whole windows only), `same` (the size divided by the stride, rounded up), or cells around the image.',
  ),
  ceil: flag('Keeps a last window that hangs over the edge.', false),
};

/** The type after pooling; `dtype` says whether raw bytes stay what they are. */
export function poolType(
  callee: string,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
  dtype: 'same' | 'float32',
): RuleResult {
  const x = typeOf(inputs, 'x');
  const refused = needNumber(callee, x) ?? needForm(callee, x, 'image');
  if (refused) return refused;
  const type = dtype === 'same' ? x.dtype : 'float32';
  if (!x.shape) return [made(type, undefined, [x])];
  const slid = slideImage(context, callee, x.shape, {
    window: dimsOf(settings, 'window', 2),
    stride: dimsOf(settings, isNone(settings, 'stride') ? 'window' : 'stride', 2),
    dilation: [known(1), known(1)],
    padding: paddingOf(settings, 'padding', 2),
    ceil: flagOf(settings, 'ceil'),
  });
  return isRefusal(slid) ? slid : [made(type, [...slid, x.shape[2] ?? unknown], [x])];
}

/** Window, stride and padding in numbers. */
export function poolWindow(x: Value, settings: Settings): Window2D {
  const [height = 0, width = 0] = x.shape;
  const window = two(settings, 'window');
  const stride = maybeTwo(settings, 'stride') ?? window;
  const ceil = flagged(settings, 'ceil');
  const slide = { size: [height, width] as const, window, stride, dilation: [1, 1] as const, ceil };
  return { window, stride, padding: windowPadding(settings.padding, slide) };
}
