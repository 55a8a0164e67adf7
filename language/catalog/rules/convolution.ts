/** What convolutions over sequences, images and volumes share: their settings, what these rule out, sizes, and the way to the builder. */
import type { Settings } from '../../plan/plan.ts';
import { compare, constant, type Dim, known, modulo, order, printDim, unknown } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import { dimOf, dimsOf, paddingOf } from '../checked.ts';
import type { CheckedSettings, FixIdea, Refusal, RuleContext, SettingDef } from '../entry.ts';
import { nums, two } from '../planned.ts';
import { atSetting, isRefusal, refuse, setTo } from '../refuse.ts';
import { padding, span } from '../settings.ts';
import { slideImage } from './image.ts';
import { asImage, asImageKernel, asSequence, sequencePadding, slideSequence } from './sequence.ts';
import type { Form } from './types.ts';
import { convolveVolume } from './volume.ts';
import { windowPadding } from './window.ts';

/** Over how many axes the windows slide. */
export type Axes = 1 | 2 | 3;

const forms = { 1: 'sequence', 2: 'image', 3: 'volume' } as const;
const inputDocs = {
  1: 'A sequence `[time, features]`.',
  2: 'An image `[height, width, channels]`.',
  3: 'A volume `[depth, height, width, channels]`.',
} as const;
const windowDocs = {
  1: 'How many steps the window spans.',
  2: 'Height and width of the window.',
  3: 'Depth, height and width of the window.',
} as const;

export const formOf = (axes: Axes): Form => forms[axes];
export const inputDoc = (axes: Axes): string => inputDocs[axes];

/** The length of the window, or its height and width (and depth). */
export function kernelSetting(axes: Axes): SettingDef {
  return span(axes, windowDocs[axes], { min: 1, default: 3 });
}

export function strideSetting(axes: Axes): SettingDef {
  return span(axes, 'How far the window moves each time.', { min: 1, default: 1, named: true });
}

export function dilationSetting(axes: Axes): SettingDef {
  return span(axes, 'Distance between the cells of the window.', { min: 1, default: 1, named: true });
}

export function paddingSetting(axes: Axes): SettingDef {
  return axes === 1
    ? padding(
        'Zeros around the sequence: `valid` (none), `same` (the result is as long as the sequence, divided by the stride), `causal` (as `same`, all in front: no step sees a later one), or how many.',
        1,
      )
    : padding(
        `Zeros around the ${formOf(axes)}: \`valid\` (none), \`same\` (the result has the size of the ${formOf(axes)}, divided by the stride), or how many.`,
        axes,
      );
}

/** A window with holes that also leaps is nowhere defined the same way. */
export function refuseSpread(callee: string, settings: CheckedSettings, axes: Axes): Refusal | undefined {
  const apart = (name: string) => dimsOf(settings, name, axes).some((dim) => order(dim, known(1)) === 'greater');
  if (!apart('stride') || !apart('dilation')) return undefined;
  const fixes = [setTo('argument/stride-and-dilation/dilation', 'dilation', '1')];
  return refuse('argument/stride-and-dilation', { callee }, { at: atSetting('dilation'), fixes });
}

/** `groups` must divide `size`, which is the number of `what`. */
export function refuseGroups(
  callee: string,
  settings: CheckedSettings,
  size: Dim | undefined,
  what: string,
): Refusal | undefined {
  const groups = dimOf(settings, 'groups');
  const rest = size && modulo(size, groups);
  if (!size || !rest || constant(rest) === undefined || compare(rest, known(0)) === 'equal') return undefined;
  const values = { callee, groups: printDim(groups), what, size: printDim(size), rest: printDim(rest) };
  return refuse('shape/groups', values, {
    at: atSetting('groups'),
    blame: [size],
    fixes: groupFixes(settings, size, groups),
  });
}

/** The nearest number of groups that divides channels and filters. */
function groupFixes(settings: CheckedSettings, size: Dim, groups: Dim): readonly FixIdea[] {
  const [whole, given] = [constant(size), constant(groups)];
  const filters = constant(dimOf(settings, 'filters')) ?? whole;
  if (whole === undefined || given === undefined || filters === undefined) return [];
  for (let away = 1; away < given; away++) {
    for (const other of [given - away, given + away]) {
      if (whole % other === 0 && filters % other === 0) return [setTo('shape/groups/nearest', 'groups', String(other))];
    }
  }
  return [];
}

/** The axes that the windows slide over, after they did. */
export function slid(
  context: RuleContext,
  callee: string,
  shape: readonly Dim[],
  settings: CheckedSettings,
  axes: Axes,
): readonly Dim[] | Refusal {
  const [window, stride, dilation] = ['kernel', 'stride', 'dilation'].map((name) => dimsOf(settings, name, axes));
  const around = paddingOf(settings, 'padding', axes);
  if (axes !== 1) {
    return slideImage(context, callee, shape, {
      window: window ?? [],
      stride: stride ?? [],
      dilation: dilation ?? [],
      padding: around,
    });
  }
  const time = slideSequence(context, callee, shape[0] ?? unknown, {
    window: window?.[0] ?? unknown,
    stride: stride?.[0] ?? unknown,
    dilation: dilation?.[0] ?? unknown,
    padding: around,
  });
  return isRefusal(time) ? time : [time];
}

/** The convolution itself: `kernel` is `[...window, in, out]`, and `x` a sequence, an image (or several), or a volume. */
export function convolve(
  b: Builder,
  x: Value,
  kernel: Value,
  settings: Settings,
  { groups, bias }: { readonly groups: number; readonly bias: Value | undefined },
): Value {
  const axes = kernel.shape.length - 2;
  if (axes === 3) return convolveVolume(b, x, kernel, settings, { groups, bias });
  if (axes === 2) {
    const [height = 0, width = 0] = x.shape.slice(-3);
    const [stride, dilation] = [two(settings, 'stride'), two(settings, 'dilation')];
    const window = [kernel.shape[0] ?? 1, kernel.shape[1] ?? 1] as const;
    const around = windowPadding(settings.padding, { size: [height, width], window, stride, dilation });
    return b.conv2d(x, kernel, { stride, padding: around, dilation, groups }, bias);
  }
  const [time = 0] = x.shape;
  const [stride = 1] = nums(settings, 'stride');
  const [dilation = 1] = nums(settings, 'dilation');
  const around = sequencePadding(settings.padding, { time, window: kernel.shape[0] ?? 1, stride, dilation });
  const y = b.conv2d(
    asImage(b, x),
    asImageKernel(b, kernel),
    { stride: [stride, 1], padding: around, dilation: [dilation, 1], groups },
    bias,
  );
  return asSequence(b, y);
}
