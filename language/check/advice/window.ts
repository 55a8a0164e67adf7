/** Windows that pass over some of the numbers: gaps between them, a rest at the end, a checkerboard of overlaps. */
import { dimsOf, isNone, wordOf } from '../../catalog/checked.ts';
import { constant } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import { report } from '../report.ts';
import type { Call } from './call.ts';

const SLIDING = /^(?:(?:Depthwise|Separable)?Conv|MaxPool|AvgPool)[123]D$/u;
const NAMES = { 1: ['time'], 2: ['height', 'width'], 3: ['depth', 'height', 'width'] } as const;

export function adviseWindow(call: Call): void {
  const { entry } = call;
  if (SLIDING.test(entry.name)) {
    const axes = axesOf(entry.name);
    const window = numbers(call, entry.name.includes('Pool') ? 'window' : 'kernel', axes);
    const stride = isNone(call.settings, 'stride') ? window : numbers(call, 'stride', axes);
    const dilation = numbers(call, 'dilation', axes);
    if (!gaps(call, window, stride, dilation)) rest(call, window, stride, axes);
  } else if (entry.name === 'patches') {
    const size = numbers(call, 'size', 2);
    if (isNone(call.settings, 'stride')) uncovered(call, size);
  } else if (/^Conv[123]DTranspose$/u.test(entry.name)) checkerboard(call);
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
): boolean {
  const axis = window.findIndex((size, index) => {
    const step = stride[index];
    return size !== undefined && size > 1 && (dilation[index] ?? 1) === 1 && step !== undefined && step > size;
  });
  if (axis < 0) return false;
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
  return true;
}

/** Rows at the end that fill no window: harmless by itself, and the cause of sizes that do not meet later. */
function rest(
  call: Call,
  window: readonly (number | undefined)[],
  stride: readonly (number | undefined)[],
  axes: 1 | 2 | 3,
): void {
  const shape = (call.inputs.x as TensorType | undefined)?.shape;
  if (wordOf(call.settings, 'padding') !== 'valid' || call.settings.ceil === true || !shape) return;
  for (const [index, name] of NAMES[axes].entries()) {
    const size = shape[index] && constant(shape[index]);
    const [w, s] = [window[index], stride[index]];
    if (size === undefined || w === undefined || s === undefined || s < 2) continue;
    const left = (size - w) % s;
    if (left <= 0) continue;
    report(call.site.frame, call.site.callee, {
      severity: 'hint',
      message: { key: 'shape/rest-dropped', values: { layer: call.entry.name, axis: name, size, left } },
    });
    return;
  }
}

/** Patches are cut to cover the image; a rest is most likely a wrong size. */
function uncovered(call: Call, size: readonly (number | undefined)[]): void {
  const shape = (call.inputs.x as TensorType | undefined)?.shape;
  for (const [index, name] of NAMES[2].entries()) {
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

/** Overlaps of unequal depth paint a checkerboard (Odena et al., 2016). Many good models live with it. */
function checkerboard(call: Call): void {
  const axes = axesOf(call.entry.name);
  const [kernel] = numbers(call, 'kernel', axes);
  const [stride] = numbers(call, 'stride', axes);
  if (kernel === undefined || stride === undefined || stride < 2 || kernel % stride === 0) return;
  const values = { layer: call.entry.name, kernel, stride, even: Math.ceil(kernel / stride) * stride };
  report(call.site.frame, call.site.callee, { severity: 'hint', message: { key: 'shape/checkerboard', values } });
}
