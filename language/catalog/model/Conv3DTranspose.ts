/** The way back through a convolution: a volume made larger by learned windows. */
import { dimOf, dimsOf } from '../checked.ts';
import { model } from '../define.ts';
import { called, input, weight } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { inputDoc } from '../rules/convolution.ts';
import { painted, refuseOutputPadding } from '../rules/painted.ts';
import { activatedBy } from '../rules/single.ts';
import { sized } from '../rules/sizes.ts';
import { made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { paintVolume } from '../rules/volume.ts';
import { layerWeights } from '../rules/weights.ts';
import { activation, flag, initialiser, integer, padding, span } from '../settings.ts';

export const Conv3DTranspose = model('Conv3DTranspose', {
  doc: 'Each cell of the volume paints a learned window into a larger volume; where windows overlap, they add up. With stride 2 and `padding: same`, depth, height and width double.',
  source: 'Keras 3 `keras.layers.Conv3DTranspose`; numbers as `padding` as PyTorch `ConvTranspose3d`',
  examples: [
    'volume -> Conv3DTranspose(4, 3, relu, stride: 2, padding: same)',
    'volume -> Conv3DTranspose(2, (2, 4, 4), stride: (1, 2, 2), padding: (0, 1, 1))',
  ],
  inputs: [{ name: 'x', doc: inputDoc(3), dtype: 'number' }],
  settings: {
    filters: integer('The channels of the result.', { min: 1 }),
    kernel: span(3, 'Depth, height and width of the window.', { min: 1, default: 3 }),
    activation: activation(),
    stride: span(3, 'How far apart the windows are painted.', { min: 1, default: 1, named: true }),
    padding: padding(
      '`valid` (the whole painting), `same` (depth, height and width times the stride), or how many cells are cut off each side.',
      3,
    ),
    outputPadding: span(3, 'Cells more at the end, to reach a size that the stride alone does not give.', {
      min: 0,
      default: null,
      named: true,
    }),
    dilation: span(3, 'Distance between the cells of the window.', { min: 1, default: 1, named: true }),
    bias: flag('Adds a learned number to each filter.', true),
    init: initialiser('How the windows start.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused =
      needNumber('Conv3DTranspose', x) ??
      needForm('Conv3DTranspose', x, 'volume') ??
      refuseOutputPadding('Conv3DTranspose', settings, 3);
    if (refused) return refused;
    const marked = activatedBy(settings, dimOf(settings, 'filters'), context);
    if (!x.shape) return [made('float32', undefined, [x], marked)];
    const filters = sized(context, dimOf(settings, 'filters'), 'filters', 'Conv3DTranspose');
    const volume = painted(context, 'Conv3DTranspose', x.shape, settings, 3);
    return isRefusal(volume) ? volume : [made('float32', [...volume, filters], [x], marked)];
  },
  weights(inputs, settings) {
    const channels = typeOf(inputs, 'x').shape?.[3];
    const filters = dimOf(settings, 'filters');
    const kernel = channels && [...dimsOf(settings, 'kernel', 3), filters, channels];
    return layerWeights(settings, { kernel, bias: [filters], units: [3] });
  },
  lower(b, inputs, weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const y = paintVolume(b, x, weight(weights, 'kernel'), settings, weights.bias);
    return b.activate(y, called(settings, 'activation'));
  },
});
