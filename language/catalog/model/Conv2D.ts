/** Two-dimensional convolution over an image `[height, width, channels]`. */
import { divideExactly } from '../../shapes/dim.ts';
import { dimOf, dimsOf } from '../checked.ts';
import { model } from '../define.ts';
import { called, input, num, weight } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import {
  convolve,
  dilationSetting,
  inputDoc,
  kernelSetting,
  paddingSetting,
  refuseGroups,
  refuseSpread,
  slid,
  strideSetting,
} from '../rules/convolution.ts';
import { activatedBy } from '../rules/single.ts';
import { sized } from '../rules/sizes.ts';
import { made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { layerWeights } from '../rules/weights.ts';
import { activation, flag, initialiser, integer } from '../settings.ts';

export const Conv2D = model('Conv2D', {
  doc: 'Slides `filters` learned windows over the image; each gives one channel of the result.',
  source: 'Keras 3 `keras.layers.Conv2D`; Dumoulin & Visin (2016) for the sizes',
  examples: ['image -> Conv2D(32, 3, relu)', 'image -> Conv2D(64, (1, 7), padding: same, bias: false)'],
  inputs: [{ name: 'x', doc: inputDoc(2), dtype: 'number' }],
  settings: {
    filters: integer('How many windows are learned: the channels of the result.', { min: 1 }),
    kernel: kernelSetting(2),
    activation: activation(),
    stride: strideSetting(2),
    padding: paddingSetting(2),
    dilation: dilationSetting(2),
    groups: integer('Cuts the channels in groups that do not see each other.', { min: 1, default: 1, named: true }),
    bias: flag('Adds a learned number to each filter.', true),
    init: initialiser('How the windows start.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused =
      needNumber('Conv2D', x) ??
      needForm('Conv2D', x, 'image') ??
      refuseSpread('Conv2D', settings, 2) ??
      refuseGroups('Conv2D', settings, x.shape?.[2], 'channels of the image') ??
      refuseGroups('Conv2D', settings, dimOf(settings, 'filters'), 'filters');
    if (refused) return refused;
    const marked = activatedBy(settings, dimOf(settings, 'filters'), context);
    if (!x.shape) return [made('float32', undefined, [x], marked)];
    const image = slid(context, 'Conv2D', x.shape, settings, 2);
    if (isRefusal(image)) return image;
    return [made('float32', [...image, sized(context, dimOf(settings, 'filters'), 'filters', 'Conv2D')], [x], marked)];
  },
  weights(inputs, settings) {
    const channels = typeOf(inputs, 'x').shape?.[2];
    const filters = dimOf(settings, 'filters');
    const part = channels && divideExactly(channels, dimOf(settings, 'groups'));
    const kernel = part && part !== 'inexact' ? [...dimsOf(settings, 'kernel', 2), part, filters] : undefined;
    return layerWeights(settings, { kernel, bias: [filters] });
  },
  lower(b, inputs, weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const y = convolve(b, x, weight(weights, 'kernel'), settings, {
      groups: num(settings, 'groups'),
      bias: weights.bias,
    });
    return b.activate(y, called(settings, 'activation'));
  },
});
