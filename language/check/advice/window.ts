/** Windows that pass over some of the numbers: gaps between them, patches that do not fill an image. */
import { dimsOf, isNone } from '../../catalog/checked.ts';
import { constant } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import { report } from '../report.ts';
import type { Call } from './call.ts';

const SLIDING = /^(?:(?:Depthwise|Separable)?Conv|MaxPool|AvgPool)[123]D$/u;
const SIDES = ['height', 'width'] as const;

export function adviseWindow(call: Call): void {
  const { entry } = call;
  if (SLIDING.test(entry.name)) {
    const axes = axesOf(entry.name);
    const window = numbers(call, entry.name.includes('Pool') ? 'window' : 'kernel', axes);
    const stride = isNone(call.settings, 'stride') ? window : numbers(call, 'stride', axes);
    const dilation = numbers(call, 'dilation', axes);
    gaps(call, window, stride, dilation);
  } else if (entry.name === 'patches') {
    const size = numbers(call, 'size', 2);
    if (isNone(call.settings, 'stride')) uncovered(call, size);
  }
}

function axesOf(name: string): 1 | 2 | 3 {
  return name.includes('1D') ? 1 : name.includes('2D') ? 2 : 3;
}

function numbers(call: Call, setting: string, axes: number): readonly (number | undefined)[] {
  return dimsOf(call.settings, setting, axes).map(constant);
}

/** A step wider than the window: what lies between is never seen. A window of 1 is the shortcut of a residual net. */
function gaps(
  call: Call,
  window: readonly (number | undefined)[],
  stride: readonly (number | undefined)[],
  dilation: readonly (number | undefined)[],
): void {
  const axis = window.findIndex((size, index) => {
    const step = stride[index];
    return size !== undefined && size > 1 && (dilation[index] ?? 1) === 1 && step !== undefined && step > size;
  });
  if (axis < 0) return;
  const values = { layer: call.entry.name, window: window[axis] ?? 0, stride: stride[axis] ?? 0 };
  const at = call.spanOf({ part: 'setting', name: 'stride' });
  const text = String(values.window);
  const fix = {
    id: 'shape/gaps/stride',
    title: { key: 'fix/set', values: { setting: 'stride', value: text } },
    preferred: true,
    edits: [{ at, newText: text }],
  };
  report(call.site.frame, at, {
    severity: 'warning',
    message: { key: 'shape/gaps', values },
    fixes: at.start === call.site.callee.start ? [] : [fix],
  });
}

/** Patches are cut to cover the image; a rest is most likely a wrong size. */
function uncovered(call: Call, size: readonly (number | undefined)[]): void {
  const shape = (call.inputs.x as TensorType | undefined)?.shape;
  for (const [index, name] of SIDES.entries()) {
    const whole = shape?.[index] && constant(shape[index]);
    const patch = size[index];
    if (whole === undefined || patch === undefined || whole % patch === 0) continue;
    const at = call.spanOf({ part: 'setting', name: 'size' });
    const near = nearestDivisor(whole, patch);
    report(call.site.frame, at, {
      severity: 'warning',
      message: { key: 'shape/patches-rest', values: { axis: name, whole, patch, left: whole % patch } },
      blame: shape ?? [],
      fixes: [
        {
          id: 'shape/patches-rest/size',
          title: { key: 'fix/change', values: { text: String(near) } },
          preferred: true,
          edits: [{ at, newText: String(near) }],
        },
      ],
    });
    return;
  }
}

function nearestDivisor(whole: number, wanted: number): number {
  for (let by = 1; by < wanted; by++) {
    if (whole % (wanted + by) === 0) return wanted + by;
    if (whole % (wanted - by) === 0) return wanted - by;
  }
  return 1;
}
