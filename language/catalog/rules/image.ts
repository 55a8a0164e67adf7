/** Windows over all axes of an image `[height, width, channels]` or a volume `[depth, height, width, channels]`. */
import { type Dim, unknown } from '../../shapes/dim.ts';
import type { CheckedPadding } from '../checked.ts';
import type { Refusal, RuleContext } from '../entry.ts';
import { isRefusal } from '../refuse.ts';
import { axisPadding, slideWindow } from './window.ts';

export interface ImageWindow {
  readonly window: readonly Dim[];
  readonly stride: readonly Dim[];
  readonly dilation: readonly Dim[];
  readonly padding: CheckedPadding;
  readonly ceil?: boolean;
}

/** The sizes after the window slid over the image or the volume: as many axes as the window has. */
export function slideImage(
  context: RuleContext,
  callee: string,
  shape: readonly Dim[],
  slide: ImageWindow,
): readonly Dim[] | Refusal {
  const names = (['depth', 'height', 'width'] as const).slice(-slide.window.length);
  const sizes: Dim[] = [];
  for (const [index, name] of names.entries()) {
    const size = slideWindow(
      context,
      callee,
      { size: shape[index] ?? unknown, name },
      {
        window: slide.window[index] ?? unknown,
        stride: slide.stride[index] ?? unknown,
        dilation: slide.dilation[index] ?? unknown,
        padding: axisPadding(slide.padding, index),
        ...(slide.ceil ? { ceil: true } : {}),
      },
    );
    if (isRefusal(size)) return size;
    sizes.push(size);
  }
  return sizes;
}
