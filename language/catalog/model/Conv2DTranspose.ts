/** The way back through a convolution: an image made larger by learned windows. */

import { dimOf, dimsOf } from '../checked.ts';
import { model } from '../define.ts';
import { called, input, maybeTwo, two, weight } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { painted, refuseOutputPadding } from '../rules/painted.ts';
import { activatedBy } from '../rules/single.ts';
import { sized } from '../rules/sizes.ts';
import { dilated, transposedPlace } from '../rules/transposed.ts';
import { made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { layerWeights } from '../rules/weights.ts';
import { activation, flag, initialiser, integer, padding, pair } from '../settings.ts';

export const Conv2DTranspose = model('Conv2DTranspose', {
  doc: 'Each pixel of the image paints a learned window into a larger image; where windows overlap, they add up. With stride 2 and `padding: same`, height and width double.',
  source: 'Keras 3 `keras.layers.Conv2DTranspose`; numbers as `padding` as PyTorch `ConvTranspose2d`',
  examples: [
    'image -> Conv2DTranspose(8, 3, relu, stride: 2, padding: same)',
    'image -> Conv2DTranspose(4, 4, stride: 2)',
  ],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'number' }],
  settings: {
    filters: integer('The channels of the result.', { min: 1 }),
    kernel: pair('Height and width of the window.', { min: 1, default: 3 }),
    activation: activation(),
    stride: pair('How far apart the windows are painted.', { min: 1, default: 1, named: true }),
    padding: padding(
      '`valid` (the whole painting), `same` (height and width times the stride), or how many cells are cut off each side.',
    ),
    outputPadding: pair('Cells more at the end, to reach a size that the stride alone does not give.', {
      min: 0,
      default: null,
      named: true,
    }),
    dilation: pair('Distance between the cells of the window.', { min: 1, default: 1, named: true }),
    bias: flag('Adds a learned number to each filter.', true),
    init: initialiser('How the windows start.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused =
      needNumber('Conv2DTranspose', x) ??
      needForm('Conv2DTranspose', x, 'image') ??
      refuseOutputPadding('Conv2DTranspose', settings, 2);
    if (refused) return refused;
    const marked = activatedBy(settings, dimOf(settings, 'filters'), context);
    if (!x.shape) return [made('float32', undefined, [x], marked)];
    const filters = sized(context, dimOf(settings, 'filters'), 'filters', 'Conv2DTranspose');
    const image = painted(context, 'Conv2DTranspose', x.shape, settings, 2);
    return isRefusal(image) ? image : [made('float32', [...image, filters], [x], marked)];
  },
  weights(inputs, settings) {
    const channels = typeOf(inputs, 'x').shape?.[2];
    const filters = dimOf(settings, 'filters');
    const kernel = channels && [...dimsOf(settings, 'kernel', 2), filters, channels];
    return layerWeights(settings, { kernel, bias: [filters], units: [2] });
  },
  lower(b, inputs, weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const stride = two(settings, 'stride');
    const kernel = dilated(b, weight(weights, 'kernel'), two(settings, 'dilation'));
    const extra = maybeTwo(settings, 'outputPadding');
    const along = (axis: 0 | 1) =>
      transposedPlace(settings.padding, axis, {
        size: x.shape[axis] ?? 0,
        window: kernel.shape[axis] ?? 1,
        stride: stride[axis],
        extra: extra?.[axis],
      });
    const [height, width] = [along(0), along(1)];
    const y = b.conv2dTranspose(
      x,
      kernel,
      { stride, padding: [height.around, width.around], output: [height.result, width.result] },
      weights.bias,
    );
    return b.activate(y, called(settings, 'activation'));
  },
});
