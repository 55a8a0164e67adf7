/** Two-dimensional convolution over an image `[height, width, channels]`. */
import { compare, constant, type Dim, divideExactly, known, modulo, order, printDim } from '../../shapes/dim.ts';
import { dimOf, dimsOf, paddingOf } from '../checked.ts';
import { model } from '../define.ts';
import type { CheckedSettings, Refusal } from '../entry.ts';
import { called, input, num, two, weight } from '../planned.ts';
import { atSetting, isRefusal, refuse } from '../refuse.ts';
import { slideImage } from '../rules/image.ts';
import { activatedBy } from '../rules/single.ts';
import { sized } from '../rules/sizes.ts';
import { made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { layerWeights } from '../rules/weights.ts';
import { windowPadding } from '../rules/window.ts';
import { activation, flag, initialiser, integer, padding, pair } from '../settings.ts';

export const Conv2D = model('Conv2D', {
  doc: 'Slides `filters` learned windows over the image; each gives one channel of the result.',
  source: 'Keras 3 `keras.layers.Conv2D`; Dumoulin & Visin (2016) for the sizes',
  examples: ['image -> Conv2D(32, 3, relu)', 'image -> Conv2D(64, (1, 7), padding: same, bias: false)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'number' }],
  settings: {
    filters: integer('How many windows are learned: the channels of the result.', { min: 1 }),
    kernel: pair('Height and width of the window.', { min: 1, default: 3 }),
    activation: activation(),
    stride: pair('How far the window moves each time.', { min: 1, default: 1, named: true }),
    padding: padding(
      'Zeros around the image: `valid` (none), `same` (the result has the size of the image, divided by the stride), or how many.',
    ),
    dilation: pair('Distance between the cells of the window.', { min: 1, default: 1, named: true }),
    groups: integer('Cuts the channels in groups that do not see each other.', { min: 1, default: 1, named: true }),
    bias: flag('Adds a learned number to each filter.', true),
    init: initialiser('How the windows start.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('Conv2D', x) ?? needForm('Conv2D', x, 'image') ?? refuseSettings(settings, x.shape?.[2]);
    if (refused) return refused;
    const marked = activatedBy(settings, dimOf(settings, 'filters'), context);
    if (!x.shape) return [made('float32', undefined, [x], marked)];
    const slid = slideImage(context, 'Conv2D', x.shape, {
      window: dimsOf(settings, 'kernel', 2),
      stride: dimsOf(settings, 'stride', 2),
      dilation: dimsOf(settings, 'dilation', 2),
      padding: paddingOf(settings, 'padding', 2),
    });
    if (isRefusal(slid)) return slid;
    return [made('float32', [...slid, sized(context, dimOf(settings, 'filters'), 'filters', 'Conv2D')], [x], marked)];
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
    const [height = 0, width = 0] = x.shape;
    const [stride, dilation, window] = [two(settings, 'stride'), two(settings, 'dilation'), two(settings, 'kernel')];
    const around = windowPadding(settings.padding, { size: [height, width], window, stride, dilation });
    const options = { stride, padding: around, dilation, groups: num(settings, 'groups') };
    const y = b.conv2d(x, weight(weights, 'kernel'), options, weights.bias);
    return b.activate(y, called(settings, 'activation'));
  },
});

/** What the settings rule out among themselves and with the channels. */
function refuseSettings(settings: CheckedSettings, channels: Dim | undefined): Refusal | undefined {
  const apart = (name: string) => dimsOf(settings, name, 2).some((dim) => order(dim, known(1)) === 'greater');
  if (apart('stride') && apart('dilation')) {
    return refuse('argument/stride-and-dilation', { callee: 'Conv2D' }, { at: atSetting('dilation') });
  }
  const groups = dimOf(settings, 'groups');
  const wrong = (size: Dim | undefined, what: string): Refusal | undefined => {
    const rest = size && modulo(size, groups);
    if (!size || !rest || constant(rest) === undefined || compare(rest, known(0)) === 'equal') return undefined;
    const values = { callee: 'Conv2D', groups: printDim(groups), what, size: printDim(size), rest: printDim(rest) };
    return refuse('shape/groups', values, { at: atSetting('groups'), blame: [size] });
  };
  return wrong(channels, 'channels of the image') ?? wrong(dimOf(settings, 'filters'), 'filters');
}
