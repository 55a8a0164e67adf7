/** Sizes of a transposed convolution with their reasons, and what its settings rule out. */
import { add, type Dim, known, modulo, multiply, order, printDim, subtract, unknown } from '../../shapes/dim.ts';
import { dimsOf, isNone, paddingOf } from '../checked.ts';
import type { CheckedSettings, Refusal, RuleContext } from '../entry.ts';
import { atSetting, refuse, setTo } from '../refuse.ts';
import type { Axes } from './convolution.ts';
import { axisPadding, covers } from './window.ts';

/** The sizes of the result, as the catalogue's table has them; refused where the padding cuts all of an axis off. */
export function painted(
  context: RuleContext,
  callee: string,
  shape: readonly Dim[],
  settings: CheckedSettings,
  axes: Axes,
): readonly Dim[] | Refusal {
  const names = axes === 1 ? ['time'] : ['depth', 'height', 'width'].slice(-axes);
  const sizes: Dim[] = [];
  for (const [axis, name] of names.entries()) {
    const { result, values, from } = paintedAlong(shape[axis] ?? unknown, axis, settings, axes);
    if (order(result, known(1)) === 'less') {
      const fixes = [setTo('shape/painted/same', 'padding', 'same')];
      return refuse('shape/painted', { callee, axis: name, ...values }, { blame: [from], fixes });
    }
    sizes.push(context.because(result, { key: 'why/window-transposed', values }, [from]));
  }
  return sizes;
}

function paintedAlong(size: Dim, axis: number, settings: CheckedSettings, axes: Axes) {
  const [stride = unknown, window = unknown, dilation = unknown] = ['stride', 'kernel', 'dilation'].map(
    (name) => dimsOf(settings, name, axes)[axis],
  );
  const covered = covers({ window, dilation });
  const around = axisPadding(paddingOf(settings, 'padding', axes), axis);
  const extra = isNone(settings, 'outputPadding') ? undefined : dimsOf(settings, 'outputPadding', axes)[axis];
  const result = paintedSize(size, stride, covered, around, extra);
  const cut = typeof around === 'string' ? around : around.map(printDim).join(' and ');
  const values = {
    result: printDim(result),
    size: printDim(size),
    stride: printDim(stride),
    settings: `window ${printDim(covered)}, padding: ${cut}${extra ? `, outputPadding: ${printDim(extra)}` : ''}`,
  };
  return { result, values, from: size };
}

function paintedSize(
  size: Dim,
  stride: Dim,
  covered: Dim,
  around: string | readonly [Dim, Dim],
  extra: Dim | undefined,
): Dim {
  const steps = multiply(subtract(size, known(1)), stride);
  if (around === 'same') {
    return extra ? add(add(steps, modulo(covered, known(2))), extra) : multiply(size, stride);
  }
  if (typeof around === 'string') {
    if (extra) return add(add(steps, covered), extra);
    return add(steps, order(stride, covered) === 'greater' ? stride : covered);
  }
  const [before, after] = around;
  return add(subtract(subtract(add(steps, covered), before), after), extra ?? known(0));
}

/** More cells at the end than the stride leaves open would be reached by no window. */
export function refuseOutputPadding(callee: string, settings: CheckedSettings, axes: Axes): Refusal | undefined {
  if (isNone(settings, 'outputPadding')) return undefined;
  const strides = dimsOf(settings, 'stride', axes);
  for (const [axis, extra] of dimsOf(settings, 'outputPadding', axes).entries()) {
    const stride = strides[axis] ?? unknown;
    const found = order(extra, stride);
    if (found !== 'greater' && found !== 'equal') continue;
    const values = { callee, value: printDim(extra), stride: printDim(stride) };
    return refuse('argument/output-padding', values, { at: atSetting('outputPadding') });
  }
  return undefined;
}
