/** Arithmetic of windows that slide over [height, width], shared by convolutions and pools. */
import type { Attributes } from '../tensor.ts';

/** Per axis [before, after]. */
export type Pads = readonly (readonly number[])[];

export interface WindowAttributes extends Attributes {
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly padding: Pads;
}

/** Numbers of an axis. */
export interface Slide {
  readonly input: number;
  readonly output: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

export function slides(
  spatial: readonly number[],
  attributes: { window: readonly number[]; stride: readonly number[]; padding: Pads; dilation?: readonly number[] },
): readonly Slide[] {
  return spatial.map((input, i) => {
    const window = attributes.window[i] ?? 1;
    const stride = attributes.stride[i] ?? 1;
    const dilation = attributes.dilation?.[i] ?? 1;
    const before = attributes.padding[i]?.[0] ?? 0;
    const after = attributes.padding[i]?.[1] ?? 0;
    const output = Math.floor((input + before + after - dilation * (window - 1) - 1) / stride) + 1;
    return { input, output, window, stride, dilation, before, after };
  });
}

/** Calls `visit` for each pair of an output place and an input place that a window joins. */
export function walkWindows(
  [rows, columns]: readonly Slide[],
  visit: (outY: number, outX: number, inY: number, inX: number, i: number, j: number) => void,
): void {
  if (!rows || !columns) return;
  for (let oy = 0; oy < rows.output; oy++) {
    for (let ox = 0; ox < columns.output; ox++) {
      for (let i = 0; i < rows.window; i++) {
        const y = oy * rows.stride - rows.before + i * rows.dilation;
        if (y < 0 || y >= rows.input) continue;
        for (let j = 0; j < columns.window; j++) {
          const x = ox * columns.stride - columns.before + j * columns.dilation;
          if (x >= 0 && x < columns.input) visit(oy, ox, y, x, i, j);
        }
      }
    }
  }
}

/** ONNX's order: all begins, then all ends. */
export function onnxPads(padding: Pads): readonly number[] {
  return [...padding.map((pair) => pair[0] ?? 0), ...padding.map((pair) => pair[1] ?? 0)];
}
