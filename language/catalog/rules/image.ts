/** Windows over both axes of an image `[height, width, channels]`. */
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

/** Height and width after the window slid over the image. */
export function slideImage(
  context: RuleContext,
  callee: string,
  shape: readonly Dim[],
  slide: ImageWindow,
): readonly [Dim, Dim] | Refusal {
  const along = (index: 0 | 1): Dim | Refusal =>
    slideWindow(
      context,
      callee,
      { size: shape[index] ?? unknown, name: index === 0 ? 'height' : 'width' },
      {
        window: slide.window[index] ?? unknown,
        stride: slide.stride[index] ?? unknown,
        dilation: slide.dilation[index] ?? unknown,
        padding: axisPadding(slide.padding, index),
        ...(slide.ceil ? { ceil: true } : {}),
      },
    );
  const height = along(0);
  if (isRefusal(height)) return height;
  const width = along(1);
  return isRefusal(width) ? width : [height, width];
}
