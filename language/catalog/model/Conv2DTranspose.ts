/** The way back through a convolution: an image made larger by learned windows. */

import { add, type Dim, known, modulo, multiply, order, printDim, subtract, unknown } from '../../shapes/dim.ts';
import { dimOf, dimsOf, isNone, paddingOf } from '../checked.ts';
import { model } from '../define.ts';
import type { CheckedSettings, Refusal, RuleContext } from '../entry.ts';
import { called, input, maybeTwo, two, weight } from '../planned.ts';
import { atSetting, refuse } from '../refuse.ts';
import { activatedBy } from '../rules/single.ts';
import { sized } from '../rules/sizes.ts';
import { dilated, transposedPadding, transposedSize } from '../rules/transposed.ts';
import { made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { layerWeights } from '../rules/weights.ts';
import { axisPadding, covers } from '../rules/window.ts';
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
      needNumber('Conv2DTranspose', x) ?? needForm('Conv2DTranspose', x, 'image') ?? refuseOutputPadding(settings);
    if (refused) return refused;
    const marked = activatedBy(settings, dimOf(settings, 'filters'), context);
    if (!x.shape) return [made('float32', undefined, [x], marked)];
    const [height = unknown, width = unknown] = x.shape;
    const filters = sized(context, dimOf(settings, 'filters'), 'filters', 'Conv2DTranspose');
    const shape = [painted(context, height, 0, settings), painted(context, width, 1, settings), filters];
    return [made('float32', shape, [x], marked)];
  },
  weights(inputs, settings) {
    const channels = typeOf(inputs, 'x').shape?.[2];
    const filters = dimOf(settings, 'filters');
    const kernel = channels && [...dimsOf(settings, 'kernel', 2), filters, channels];
    return layerWeights(settings, { kernel, bias: [filters] });
  },
  lower(b, inputs, weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const [height = 0, width = 0] = x.shape;
    const stride = two(settings, 'stride');
    const dilation = two(settings, 'dilation');
    const kernel = dilated(b, weight(weights, 'kernel'), dilation);
    const window = [kernel.shape[0] ?? 1, kernel.shape[1] ?? 1] as const;
    const extra = maybeTwo(settings, 'outputPadding');
    const place = { size: [height, width] as const, window, stride, extra };
    const output = transposedSize(settings.padding, place);
    const around = transposedPadding(settings.padding, place, output);
    const y = b.conv2dTranspose(x, kernel, { stride, padding: around, output }, weights.bias);
    return b.activate(y, called(settings, 'activation'));
  },
});

/** The size of one axis of the result, as the catalogue's table has it. */
function painted(context: RuleContext, size: Dim, axis: 0 | 1, settings: CheckedSettings): Dim {
  const [stride = unknown, window = unknown, dilation = unknown] = ['stride', 'kernel', 'dilation'].map(
    (name) => dimsOf(settings, name, 2)[axis],
  );
  const covered = covers({ window, dilation });
  const around = axisPadding(paddingOf(settings, 'padding', 2), axis);
  const extra = isNone(settings, 'outputPadding') ? undefined : dimsOf(settings, 'outputPadding', 2)[axis];
  const result = paintedSize(size, stride, covered, around, extra);
  const cut = typeof around === 'string' ? around : around.map(printDim).join(' and ');
  const values = {
    result: printDim(result),
    size: printDim(size),
    stride: printDim(stride),
    settings: `window ${printDim(covered)}, padding: ${cut}${extra ? `, outputPadding: ${printDim(extra)}` : ''}`,
  };
  return context.because(result, { key: 'why/window-transposed', values }, [size]);
}

function paintedSize(
  size: Dim,
  stride: Dim,
  covered: Dim,
  around: string | readonly [Dim, Dim],
  extra: Dim | undefined,
): Dim {
  const steps = multiply(subtract(size, known(1)), stride);
  if (around === 'same') {
    return extra ? add(add(steps, modulo(covered, known(2))), extra) : multiply(size, stride);
  }
  if (typeof around === 'string') {
    if (extra) return add(add(steps, covered), extra);
    return add(steps, order(stride, covered) === 'greater' ? stride : covered);
  }
  const [before, after] = around;
  return add(subtract(subtract(add(steps, covered), before), after), extra ?? known(0));
}

function refuseOutputPadding(settings: CheckedSettings): Refusal | undefined {
  if (isNone(settings, 'outputPadding')) return undefined;
  const strides = dimsOf(settings, 'stride', 2);
  for (const [axis, extra] of dimsOf(settings, 'outputPadding', 2).entries()) {
    const stride = strides[axis] ?? unknown;
    const found = order(extra, stride);
    if (found !== 'greater' && found !== 'equal') continue;
    const values = { callee: 'Conv2DTranspose', value: printDim(extra), stride: printDim(stride) };
    return refuse('argument/output-padding', values, { at: atSetting('outputPadding') });
  }
  return undefined;
}
