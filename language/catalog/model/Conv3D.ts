/** Three-dimensional convolution over a volume `[depth, height, width, channels]`: a scan, or the frames of a film. */
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

export const Conv3D = model('Conv3D', {
  doc: 'Slides `filters` learned windows over depth, height and width; each gives one channel of the result.',
  source: 'Keras 3 `keras.layers.Conv3D`; numbers as `padding` as PyTorch `Conv3d`',
  examples: [
    'volume -> Conv3D(8, 3, relu)',
    'volume -> Conv3D(4, (1, 3, 3), stride: (1, 2, 2), padding: same, groups: 2, bias: false)',
  ],
  inputs: [{ name: 'x', doc: inputDoc(3), dtype: 'number' }],
  settings: {
    filters: integer('How many windows are learned: the channels of the result.', { min: 1 }),
    kernel: kernelSetting(3),
    activation: activation(),
    stride: strideSetting(3),
    padding: paddingSetting(3),
    dilation: dilationSetting(3),
    groups: integer('Cuts the channels in groups that do not see each other.', { min: 1, default: 1, named: true }),
    bias: flag('Adds a learned number to each filter.', true),
    init: initialiser('How the windows start.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused =
      needNumber('Conv3D', x) ??
      needForm('Conv3D', x, 'volume') ??
      refuseSpread('Conv3D', settings, 3) ??
      refuseGroups('Conv3D', settings, x.shape?.[3], 'channels of the volume') ??
      refuseGroups('Conv3D', settings, dimOf(settings, 'filters'), 'filters');
    if (refused) return refused;
    const marked = activatedBy(settings, dimOf(settings, 'filters'), context);
    if (!x.shape) return [made('float32', undefined, [x], marked)];
    const volume = slid(context, 'Conv3D', x.shape, settings, 3);
    if (isRefusal(volume)) return volume;
    return [made('float32', [...volume, sized(context, dimOf(settings, 'filters'), 'filters', 'Conv3D')], [x], marked)];
  },
  weights(inputs, settings) {
    const channels = typeOf(inputs, 'x').shape?.[3];
    const filters = dimOf(settings, 'filters');
    const part = channels && divideExactly(channels, dimOf(settings, 'groups'));
    const kernel = part && part !== 'inexact' ? [...dimsOf(settings, 'kernel', 3), part, filters] : undefined;
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
