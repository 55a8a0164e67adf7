/** The way back through a convolution over time: a sequence made longer by learned windows. */
import { dimOf, dimsOf, wordOf } from '../checked.ts';
import { model } from '../define.ts';
import type { CheckedSettings, Refusal } from '../entry.ts';
import { called, input, maybeNums, nums, weight } from '../planned.ts';
import { atSetting, isRefusal, refuse, setTo } from '../refuse.ts';
import { dilationSetting, inputDoc, kernelSetting } from '../rules/convolution.ts';
import { painted, refuseOutputPadding } from '../rules/painted.ts';
import { asImage, asImageKernel, asSequence } from '../rules/sequence.ts';
import { activatedBy } from '../rules/single.ts';
import { sized } from '../rules/sizes.ts';
import { dilated, transposedPlace } from '../rules/transposed.ts';
import { made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { layerWeights } from '../rules/weights.ts';
import { activation, flag, initialiser, integer, padding, span } from '../settings.ts';

export const Conv1DTranspose = model('Conv1DTranspose', {
  doc: 'Each step of the sequence paints a learned window into a longer sequence; where windows overlap, they add up. With stride 2 and `padding: same`, the time doubles.',
  source: 'Keras 3 `keras.layers.Conv1DTranspose`; numbers as `padding` as PyTorch `ConvTranspose1d`',
  examples: [
    'sequence -> Conv1DTranspose(8, 3, relu, stride: 2, padding: same)',
    'sequence -> Conv1DTranspose(4, 4, stride: 2, padding: 1)',
  ],
  inputs: [{ name: 'x', doc: inputDoc(1), dtype: 'number' }],
  settings: {
    filters: integer('The features of the result.', { min: 1 }),
    kernel: kernelSetting(1),
    activation: activation(),
    stride: span(1, 'How far apart the windows are painted.', { min: 1, default: 1, named: true }),
    padding: padding(
      '`valid` (the whole painting), `same` (the time times the stride), or how many steps are cut off each side.',
      1,
    ),
    outputPadding: span(1, 'Steps more at the end, to reach a length that the stride alone does not give.', {
      min: 0,
      default: null,
      named: true,
    }),
    dilation: dilationSetting(1),
    bias: flag('Adds a learned number to each filter.', true),
    init: initialiser('How the windows start.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused =
      needNumber('Conv1DTranspose', x) ??
      needForm('Conv1DTranspose', x, 'sequence') ??
      refuseCausal(settings) ??
      refuseOutputPadding('Conv1DTranspose', settings, 1);
    if (refused) return refused;
    const marked = activatedBy(settings, dimOf(settings, 'filters'), context);
    if (!x.shape) return [made('float32', undefined, [x], marked)];
    const filters = sized(context, dimOf(settings, 'filters'), 'filters', 'Conv1DTranspose');
    const time = painted(context, 'Conv1DTranspose', x.shape, settings, 1);
    return isRefusal(time) ? time : [made('float32', [...time, filters], [x], marked)];
  },
  weights(inputs, settings) {
    const features = typeOf(inputs, 'x').shape?.[1];
    const filters = dimOf(settings, 'filters');
    const kernel = features && [...dimsOf(settings, 'kernel', 1), filters, features];
    return layerWeights(settings, { kernel, bias: [filters], units: [1] });
  },
  lower(b, inputs, weights, settings) {
    const x = asImage(b, b.cast(input(inputs, 'x'), 'float32'));
    const [stride = 1] = nums(settings, 'stride');
    const [dilation = 1] = nums(settings, 'dilation');
    const kernel = dilated(b, asImageKernel(b, weight(weights, 'kernel')), [dilation, 1]);
    const { result, around } = transposedPlace(settings.padding, 0, {
      size: x.shape[0] ?? 0,
      window: kernel.shape[0] ?? 1,
      stride,
      extra: maybeNums(settings, 'outputPadding')?.[0],
    });
    const y = b.conv2dTranspose(
      x,
      kernel,
      { stride: [stride, 1], padding: [around, [0, 0]], output: [result, 1] },
      weights.bias,
    );
    return b.activate(asSequence(b, y), called(settings, 'activation'));
  },
});

function refuseCausal(settings: CheckedSettings): Refusal | undefined {
  if (wordOf(settings, 'padding') !== 'causal') return undefined;
  const fixes = [setTo('argument/causal/same', 'padding', 'same')];
  return refuse('argument/causal', { callee: 'Conv1DTranspose' }, { at: atSetting('padding'), fixes });
}
