/** One-dimensional convolution over a sequence `[time, features]`. */
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

export const Conv1D = model('Conv1D', {
  doc: 'Slides `filters` learned windows along the time of a sequence; each gives one feature of the result.',
  source: 'Keras 3 `keras.layers.Conv1D`; numbers as `padding` as PyTorch `Conv1d`',
  examples: [
    'sequence -> Conv1D(32, 3, relu)',
    'sequence -> Conv1D(16, 2, padding: causal, dilation: 4)',
    'sequence -> Conv1D(16, 3, stride: 2, padding: same, groups: 4)',
  ],
  inputs: [{ name: 'x', doc: inputDoc(1), dtype: 'number' }],
  settings: {
    filters: integer('How many windows are learned: the features of the result.', { min: 1 }),
    kernel: kernelSetting(1),
    activation: activation(),
    stride: strideSetting(1),
    padding: paddingSetting(1),
    dilation: dilationSetting(1),
    groups: integer('Cuts the features in groups that do not see each other.', { min: 1, default: 1, named: true }),
    bias: flag('Adds a learned number to each filter.', true),
    init: initialiser('How the windows start.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const filters = dimOf(settings, 'filters');
    const refused =
      needNumber('Conv1D', x) ??
      needForm('Conv1D', x, 'sequence') ??
      refuseSpread('Conv1D', settings, 1) ??
      refuseGroups('Conv1D', settings, x.shape?.[1], 'features of the sequence') ??
      refuseGroups('Conv1D', settings, filters, 'filters');
    if (refused) return refused;
    const marked = activatedBy(settings, filters, context);
    if (!x.shape) return [made('float32', undefined, [x], marked)];
    const time = slid(context, 'Conv1D', x.shape, settings, 1);
    if (isRefusal(time)) return time;
    return [made('float32', [...time, sized(context, filters, 'filters', 'Conv1D')], [x], marked)];
  },
  weights(inputs, settings) {
    const features = typeOf(inputs, 'x').shape?.[1];
    const filters = dimOf(settings, 'filters');
    const part = features && divideExactly(features, dimOf(settings, 'groups'));
    const kernel = part && part !== 'inexact' ? [...dimsOf(settings, 'kernel', 1), part, filters] : undefined;
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
