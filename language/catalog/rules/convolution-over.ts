/** What a convolution over images and one over volumes have in common: they differ in the number of axes alone. */
import { divideExactly } from '../../shapes/dim.ts';
import { dimOf, dimsOf } from '../checked.ts';
import type { OperationEntry } from '../entry.ts';
import { called, input, num, weight } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { activation, flag, initialiser, integer } from '../settings.ts';
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
} from './convolution.ts';
import { activatedBy } from './single.ts';
import { sized } from './sizes.ts';
import { made, needForm, needNumber, typeOf } from './types.ts';
import { layerWeights } from './weights.ts';

/** Inputs, settings, shape rule, weights and lowering of `Conv2D` and `Conv3D`. */
export function convolutionOver(
  name: string,
  form: 'image' | 'volume',
): Pick<OperationEntry, 'inputs' | 'settings' | 'result' | 'weights' | 'lower'> {
  const axes = form === 'image' ? 2 : 3;
  return {
    inputs: [{ name: 'x', doc: inputDoc(axes), dtype: 'number' }],
    settings: {
      filters: integer('How many windows are learned: the channels of the result.', { min: 1 }),
      kernel: kernelSetting(axes),
      activation: activation(),
      stride: strideSetting(axes),
      padding: paddingSetting(axes),
      dilation: dilationSetting(axes),
      groups: integer('Cuts the channels in groups that do not see each other.', { min: 1, default: 1, named: true }),
      bias: flag('Adds a learned number to each filter.', true),
      init: initialiser('How the windows start.', 'glorotUniform'),
      biasInit: initialiser('How the added numbers start.', 'zeros'),
    },
    result(inputs, settings, context) {
      const x = typeOf(inputs, 'x');
      const refused =
        needNumber(name, x) ??
        needForm(name, x, form) ??
        refuseSpread(name, settings, axes) ??
        refuseGroups(name, settings, x.shape?.[axes], `channels of the ${form}`) ??
        refuseGroups(name, settings, dimOf(settings, 'filters'), 'filters');
      if (refused) return refused;
      const marked = activatedBy(settings, dimOf(settings, 'filters'), context);
      if (!x.shape) return [made('float32', undefined, [x], marked)];
      const map = slid(context, name, x.shape, settings, axes);
      if (isRefusal(map)) return map;
      return [made('float32', [...map, sized(context, dimOf(settings, 'filters'), 'filters', name)], [x], marked)];
    },
    weights(inputs, settings) {
      const channels = typeOf(inputs, 'x').shape?.[axes];
      const filters = dimOf(settings, 'filters');
      const part = channels && divideExactly(channels, dimOf(settings, 'groups'));
      const kernel = part && part !== 'inexact' ? [...dimsOf(settings, 'kernel', axes), part, filters] : undefined;
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
  };
}
