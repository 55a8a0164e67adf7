/** How windows slide over one axis of an image: sizes with their reasons, and the cells of padding that give them. */

import type { Settings } from '../../plan/plan.ts';
import { add, constant, type Dim, floorDivide, known, multiply, order, printDim, subtract } from '../../shapes/dim.ts';
import type { Padding2D } from '../builder.ts';
import type { CheckedPadding } from '../checked.ts';
import type { Refusal, RuleContext } from '../entry.ts';
import { isList } from '../planned.ts';
import { refuse, setTo } from '../refuse.ts';

export interface Window {
  readonly window: Dim;
  readonly stride: Dim;
  readonly dilation: Dim;
  /** `valid`, `same`, or the cells before and after. */
  readonly padding: string | readonly [Dim, Dim];
  /** Rounds up where the last window hangs over the edge. */
  readonly ceil?: boolean;
}

export interface Axis {
  readonly size: Dim;
  readonly name: 'depth' | 'height' | 'width' | 'time';
}

const one = known(1);

/** The size after windows slid over `axis`, with its reason; refused where the window does not fit. */
export function slideWindow(context: RuleContext, callee: string, axis: Axis, slide: Window): Dim | Refusal {
  if (slide.padding === 'same') return same(context, axis, slide.stride);
  const [before, after] = typeof slide.padding === 'string' ? [known(0), known(0)] : slide.padding;
  const covered = covers(slide);
  const room = add(add(axis.size, before), after);
  const steps = subtract(room, covered);
  const size = add(floorDivide(slide.ceil ? add(steps, subtract(slide.stride, one)) : steps, slide.stride), one);
  const started = slide.ceil ? dropUnstarted(size, add(axis.size, before), slide.stride) : size;
  // Rounded up, a window may hang over the edge, as far as its stride.
  const fits = slide.ceil ? order(started, one) !== 'less' : order(room, covered) !== 'less';
  if (!fits) return doesNotFit(callee, axis, slide, room, covered);
  const variant = constant(slide.stride) === 1 ? 'window' : 'window-strided';
  const values = {
    result: printDim(started),
    room: sum(axis.size, before, after),
    window: printDim(covered),
    stride: printDim(slide.stride),
    settings: describe(slide),
    rounding: slide.ceil ? ', rounded up' : '',
  };
  return context.because(started, { key: `why/${variant}`, values }, [axis.size]);
}

/** The padding of both axes of an image as the rules read it. */
export function axisPadding(padding: CheckedPadding, index: number): string | readonly [Dim, Dim] {
  return typeof padding === 'string' ? padding : (padding[index] ?? [known(0), known(0)]);
}

interface Slide {
  readonly size: readonly [number, number];
  readonly window: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly ceil?: boolean;
}

/** The cells of padding on each side of an image when everything is a number. */
export function windowPadding(padding: Settings[string] | undefined, slide: Slide): Padding2D {
  const along = (axis: 0 | 1): readonly [number, number] =>
    cellsAlong(padding, axis, {
      size: slide.size[axis],
      window: slide.window[axis],
      stride: slide.stride[axis],
      dilation: slide.dilation[axis],
      ceil: slide.ceil === true,
    });
  return [along(0), along(1)];
}

interface SlideAlong {
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly ceil: boolean;
}

/** The cells of padding before and after one axis. `same` puts the odd cell at the end, as Keras does. */
export function cellsAlong(
  padding: Settings[string] | undefined,
  axis: number,
  { size, window, stride, dilation, ceil }: SlideAlong,
): readonly [number, number] {
  const covered = (window - 1) * dilation + 1;
  if (padding === 'same') return halves((Math.ceil(size / stride) - 1) * stride + covered - size);
  const [before, after] = fixedPadding(padding, axis);
  if (!ceil) return [before, after];
  let windows = Math.ceil((size + before + after - covered) / stride) + 1;
  if ((windows - 1) * stride >= size + before) windows--;
  return [before, Math.max(after, (windows - 1) * stride + covered - size - before)];
}

/** Cells before and after one axis for `valid` (none) and given numbers. */
export function fixedPadding(padding: Settings[string] | undefined, axis: number): readonly [number, number] {
  const value = isList(padding) ? padding[axis] : padding;
  if (isList(value)) return [Number(value[0]), Number(value[1])];
  return typeof value === 'number' ? [value, value] : [0, 0];
}

function halves(total: number): readonly [number, number] {
  const cells = Math.max(total, 0);
  return [Math.floor(cells / 2), cells - Math.floor(cells / 2)];
}

function same(context: RuleContext, axis: Axis, stride: Dim): Dim {
  const size = add(floorDivide(subtract(axis.size, one), stride), one);
  const values = { result: printDim(size), size: printDim(axis.size), stride: printDim(stride) };
  return context.because(size, { key: 'why/window-same', values }, [axis.size]);
}

/** How many cells a window with holes covers: dilation · (window − 1) + 1. */
export function covers(slide: { readonly window: Dim; readonly dilation: Dim }): Dim {
  return add(multiply(slide.dilation, subtract(slide.window, one)), one);
}

/** A window that would start in the padding behind the last cell is left out, as PyTorch does. */
function dropUnstarted(windows: Dim, reach: Dim, stride: Dim): Dim {
  const start = multiply(subtract(windows, one), stride);
  const last = order(start, reach);
  return last === 'greater' || last === 'equal' ? subtract(windows, one) : windows;
}

function doesNotFit(callee: string, axis: Axis, slide: Window, room: Dim, covered: Dim): Refusal {
  const padded = printDim(room) === printDim(axis.size) ? '' : ` (${printDim(room)} with the padding)`;
  const values = { callee, window: printDim(covered), axis: axis.name, size: printDim(axis.size), padded };
  const fixes = slide.padding === 'valid' ? [setTo('shape/window/same', 'padding', 'same')] : [];
  return refuse('shape/window', values, { blame: [axis.size], fixes });
}

function describe(slide: Window): string {
  const parts = [`window ${printDim(slide.window)}`];
  if (constant(slide.dilation) !== 1) parts.push(`dilation ${printDim(slide.dilation)}`);
  if (constant(slide.stride) !== 1) parts.push(`stride ${printDim(slide.stride)}`);
  if (typeof slide.padding === 'string') return `${parts.join(', ')}, padding: ${slide.padding}`;
  const [before, after] = slide.padding.map(printDim);
  return `${parts.join(', ')}, padding: ${before === after ? before : `${before} and ${after}`}`;
}

function sum(size: Dim, before: Dim, after: Dim): string {
  const parts = [before, after].filter((cells) => constant(cells) !== 0).map(printDim);
  return [printDim(size), ...parts].join(' + ');
}
