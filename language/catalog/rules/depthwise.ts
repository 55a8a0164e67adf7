/** Convolutions that see each channel on its own, `multiplier` windows a channel; separable ones mix the channels afterwards. */
import { type Dim, multiply, unknown } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import { callOf, dimOf, dimsOf, flagOf } from '../checked.ts';
import { model } from '../define.ts';
import type { CheckedSettings, OperationEntry, RuleContext, RuleInputs, RuleResult, WeightDef } from '../entry.ts';
import { called, input, weight } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { activation, flag, initialiser, integer } from '../settings.ts';
import {
  type Axes,
  convolve,
  dilationSetting,
  formOf,
  inputDoc,
  kernelSetting,
  paddingSetting,
  refuseSpread,
  slid,
  strideSetting,
} from './convolution.ts';
import { sized } from './sizes.ts';
import { made, markedBy, needForm, needNumber, typeOf } from './types.ts';
import { timesLarger } from './upsample.ts';
import { layerWeights, startOf, trained } from './weights.ts';

interface Texts {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
}

/** `DepthwiseConv1D` and `DepthwiseConv2D`. */
export function depthwise(name: string, axes: Axes, texts: Texts): OperationEntry {
  return model(name, {
    ...texts,
    inputs: [{ name: 'x', doc: inputDoc(axes), dtype: 'number' }],
    settings: {
      kernel: kernelSetting(axes),
      activation: activation(),
      ...windowSettings(axes),
      bias: flag('Adds a learned number to each channel of the result.', true),
      init: initialiser('How the windows start.', 'glorotUniform'),
      biasInit: initialiser('How the added numbers start.', 'zeros'),
    },
    result: (inputs, settings, context) =>
      typeAfter(name, axes, inputs, settings, context, (channels) =>
        timesLarger(context, channels, dimOf(settings, 'multiplier'), name),
      ),
    weights(inputs, settings) {
      const [channels, multiplier] = [typeOf(inputs, 'x').shape?.at(-1), dimOf(settings, 'multiplier')];
      const kernel = channels && [...dimsOf(settings, 'kernel', axes), channels, multiplier];
      const units = [axes, axes + 1];
      return layerWeights(settings, { kernel, bias: [channels ? multiply(channels, multiplier) : unknown], units });
    },
    lower(b, inputs, weights, settings) {
      const x = b.cast(input(inputs, 'x'), 'float32');
      const groups = x.shape.at(-1) ?? 1;
      const kernel = oneChannelEach(b, weight(weights, 'kernel'));
      const y = convolve(b, x, kernel, settings, { groups, bias: weights.bias });
      return b.activate(y, called(settings, 'activation'));
    },
  });
}

/** `SeparableConv1D` and `SeparableConv2D`: a depthwise convolution, then one with windows of a single cell. */
export function separable(name: string, axes: Axes, texts: Texts): OperationEntry {
  return model(name, {
    ...texts,
    inputs: [{ name: 'x', doc: inputDoc(axes), dtype: 'number' }],
    settings: {
      filters: integer('The channels of the result.', { min: 1 }),
      kernel: kernelSetting(axes),
      activation: activation(),
      ...windowSettings(axes),
      bias: flag('Adds a learned number to each filter.', true),
      init: initialiser('How both kernels start.', 'glorotUniform'),
      biasInit: initialiser('How the added numbers start.', 'zeros'),
    },
    result: (inputs, settings, context) =>
      typeAfter(name, axes, inputs, settings, context, () =>
        sized(context, dimOf(settings, 'filters'), 'filters', name),
      ),
    weights: (inputs, settings) => separableWeights(axes, inputs, settings),
    lower(b, inputs, weights, settings) {
      const x = b.cast(input(inputs, 'x'), 'float32');
      const groups = x.shape.at(-1) ?? 1;
      const apart = convolve(b, x, oneChannelEach(b, weight(weights, 'depthwise')), settings, {
        groups,
        bias: undefined,
      });
      const pointwise = weight(weights, 'pointwise');
      const y = b.dense(apart, b.reshape(pointwise, pointwise.shape.slice(-2)), weights.bias);
      return b.activate(y, called(settings, 'activation'));
    },
  });
}

function windowSettings(axes: Axes) {
  return {
    stride: strideSetting(axes),
    padding: paddingSetting(axes),
    dilation: dilationSetting(axes),
    multiplier: integer('How many windows are learned for each channel.', { min: 1, default: 1, named: true }),
  };
}

function typeAfter(
  name: string,
  axes: Axes,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
  channelsOf: (channels: Dim) => Dim,
): RuleResult {
  const x = typeOf(inputs, 'x');
  const refused = needNumber(name, x) ?? needForm(name, x, formOf(axes)) ?? refuseSpread(name, settings, axes);
  if (refused) return refused;
  const marked = markedBy(callOf(settings, 'activation'));
  if (!x.shape) return [made('float32', undefined, [x], marked)];
  const places = slid(context, name, x.shape, settings, axes);
  if (isRefusal(places)) return places;
  return [made('float32', [...places, channelsOf(x.shape.at(-1) ?? unknown)], [x], marked)];
}

function separableWeights(
  axes: Axes,
  inputs: RuleInputs,
  settings: CheckedSettings,
): Readonly<Record<string, WeightDef>> {
  const channels = typeOf(inputs, 'x').shape?.at(-1);
  const [multiplier, filters] = [dimOf(settings, 'multiplier'), dimOf(settings, 'filters')];
  const window = dimsOf(settings, 'kernel', axes);
  const start = startOf(settings, 'init', 'glorotUniform');
  const cell = dimsOf({ one: 1 }, 'one', axes);
  const depthwise = trained(channels ? [...window, channels, multiplier] : [unknown], start, [axes, axes + 1]);
  const pointwise = trained(channels ? [...cell, multiply(channels, multiplier), filters] : [unknown], start);
  if (!flagOf(settings, 'bias')) return { depthwise, pointwise };
  return { depthwise, pointwise, bias: trained([filters], startOf(settings, 'biasInit', 'zeros')) };
}

/** `[...window, channels, multiplier]` as a kernel of as many groups as channels: `[...window, 1, channels · multiplier]`. */
function oneChannelEach(b: Builder, kernel: Value): Value {
  const [channels = 1, multiplier = 1] = kernel.shape.slice(-2);
  return b.reshape(kernel, [...kernel.shape.slice(0, -2), 1, channels * multiplier]);
}
