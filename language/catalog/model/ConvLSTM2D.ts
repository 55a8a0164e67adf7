/** An LSTM whose states are images: every product with a matrix is a convolution. */
import type { Settings } from '../../plan/plan.ts';
import { known, multiply, unknown } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import { dimOf, dimsOf, flagOf } from '../checked.ts';
import { model } from '../define.ts';
import type { LoweredInputs } from '../entry.ts';
import { called, flagged, input, num, optional, weight } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import {
  convolve,
  dilationSetting,
  kernelSetting,
  paddingSetting,
  refuseSpread,
  slid,
  strideSetting,
} from '../rules/convolution.ts';
import { warnPadding } from '../rules/padding.ts';
import { dropoutSettings, droppedInput, refuseMask, refuseStates, stateKept, step } from '../rules/recurrent.ts';
import { sized } from '../rules/sizes.ts';
import { made, needFloat, needForm, typeOf } from '../rules/types.ts';
import { startOf, trained } from '../rules/weights.ts';
import { activation, flag, initialiser, integer } from '../settings.ts';

export const ConvLSTM2D = model('ConvLSTM2D', {
  doc: 'Reads the frames of a film one by one and carries two states that are images; gates learn at each place what to keep, to forget and to show. Gives the last state, or with `sequences: true` one for each frame.',
  source:
    'Shi et al. (2015), without its peepholes; Keras 3 `keras.layers.ConvLSTM2D`: gates in the order input, forget, cell, output; forget bias 1',
  examples: [
    'frames -> ConvLSTM2D(4, 3, padding: same)',
    'frames -> ConvLSTM2D(4, (3, 2), stride: 2, sequences: true, backwards: true, dropout: 0.2)',
    '(y, h, c) = frames -> ConvLSTM2D(4, state: true)',
  ],
  inputs: [
    { name: 'x', doc: 'The frames of a film `[time, height, width, channels]`.', dtype: 'float32' },
    {
      name: 'mask',
      doc: 'Which frames are real: `bool[time]`. At the others the state stands still.',
      dtype: 'bool',
      optional: true,
    },
    {
      name: 'initial',
      doc: 'The states to start from: `(h, c)`, images of the size of the result. Zeros unless given.',
      dtype: 'float32',
      optional: true,
      parts: ['initial', 'cell'],
    },
  ],
  results: ['y', 'h', 'c'],
  settings: {
    filters: integer('The channels of the states.', { min: 1 }),
    kernel: kernelSetting(2),
    activation: { ...activation('What forms new content and shows it.', { default: 'tanh' }), named: true },
    gate: { ...activation('What opens and closes the gates.', { default: 'sigmoid' }), named: true },
    stride: strideSetting(2),
    padding: paddingSetting(2),
    dilation: dilationSetting(2),
    sequences: flag('Gives the output of each frame instead of the last one.', false),
    state: flag('Gives a tuple: the output, and the two last states.', false),
    backwards: flag('Reads from the end; with `sequences`, the result stays in the order of time.', false),
    ...dropoutSettings,
    bias: flag('Adds learned numbers to the gates.', true),
    init: initialiser('How the windows over the frames start.', 'glorotUniform'),
    recurrentInit: initialiser('How the windows over the state start.', {
      call: 'initialiser/orthogonal',
      settings: { gain: 1 },
    }),
    biasInit: initialiser('How the numbers added to the gates start.', 'forgetGate'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused =
      needFloat('ConvLSTM2D', x) ??
      needForm('ConvLSTM2D', x, 'frames') ??
      refuseSpread('ConvLSTM2D', settings, 2) ??
      refuseMask('ConvLSTM2D', inputs);
    if (refused) return refused;
    warnPadding('ConvLSTM2D', 'mask', x, inputs, context);
    const image = x.shape ? slid(context, 'ConvLSTM2D', x.shape.slice(1), settings, 2) : [unknown, unknown];
    if (isRefusal(image)) return image;
    const shape = [...image, sized(context, dimOf(settings, 'filters'), 'filters', 'ConvLSTM2D')];
    const misfit = refuseStates('ConvLSTM2D', inputs, { shown: shape, cell: shape });
    if (misfit) return misfit;
    const state = made('float32', shape, [x]);
    const padded = x.facts.padded ? { padded: true } : {};
    const time = x.shape?.[0] ?? unknown;
    const y = flagOf(settings, 'sequences') ? made('float32', [time, ...shape], [x], padded) : state;
    return flagOf(settings, 'state') ? [y, state, state] : [y];
  },
  weights(inputs, settings) {
    const filters = dimOf(settings, 'filters');
    const gates = multiply(known(4), filters);
    const window = dimsOf(settings, 'kernel', 2);
    const channels = typeOf(inputs, 'x').shape?.at(-1) ?? unknown;
    return {
      kernel: trained([...window, channels, gates], startOf(settings, 'init', 'glorotUniform')),
      recurrent: trained([...window, filters, gates], startOf(settings, 'recurrentInit', 'orthogonal')),
      ...(flagOf(settings, 'bias') ? { bias: trained([gates], startOf(settings, 'biasInit', 'forgetGate')) } : {}),
    };
  },
  lower(b, inputs, weights, settings) {
    const x = droppedInput(b, input(inputs, 'x'), settings);
    // The convolutions over all frames go through the engine as one.
    const fromFrames = convolve(b, x, weight(weights, 'kernel'), settings, { groups: 1, bias: weights.bias });
    return walkFrames(b, fromFrames, weight(weights, 'recurrent'), inputs, settings);
  },
});

/** Carries both states along the frames. `fromFrames` is what each frame adds to the gates, `[time, height, width, 4 · filters]`. */
function walkFrames(
  b: Builder,
  fromFrames: Value,
  recurrent: Value,
  inputs: LoweredInputs,
  settings: Settings,
): Value | readonly Value[] {
  const [time = 0, height = 0, width = 0] = fromFrames.shape;
  const image = [height, width, num(settings, 'filters')];
  const kept = stateKept(b, image, settings);
  const mask = optional(inputs, 'mask');
  let h = optional(inputs, 'initial');
  let c = optional(inputs, 'cell');
  const outputs = new Array<Value>(time);
  for (let i = 0; i < time; i++) {
    const t = flagged(settings, 'backwards') ? time - 1 - i : i;
    const frame = b.reshape(step(b, fromFrames, t), fromFrames.shape.slice(1));
    const seen = h && kept ? b.binary('multiply', h, kept) : h;
    const sums = seen ? b.binary('add', frame, overState(b, seen, recurrent)) : frame;
    const fresh = opened(b, sums, c, settings);
    const real = mask && b.reshape(step(b, mask, t), [1]);
    h = real ? b.where(real, fresh.h, h ?? b.fill(0, image)) : fresh.h;
    c = real ? b.where(real, fresh.c, c ?? b.fill(0, image)) : fresh.c;
    outputs[t] = b.reshape(h, [1, ...image]);
  }
  const [last, cell] = [h ?? b.fill(0, image), c ?? b.fill(0, image)];
  const y = flagged(settings, 'sequences') ? b.concat(outputs, 0) : last;
  return flagged(settings, 'state') ? [y, last, cell] : y;
}

/** The state keeps its size: stride 1, the odd cell of padding at the end, whatever the layer's own windows do. */
function overState(b: Builder, state: Value, recurrent: Value): Value {
  const plain: Settings = { stride: [1, 1], dilation: [1, 1], padding: 'same' };
  return convolve(b, state, recurrent, plain, { groups: 1, bias: undefined });
}

/** The new states from the sums of all four gates and the old cell. */
function opened(
  b: Builder,
  sums: Value,
  old: Value | undefined,
  settings: Settings,
): { readonly h: Value; readonly c: Value } {
  const [height = 0, width = 0] = sums.shape;
  const filters = num(settings, 'filters');
  const gate = (k: number, activated: 'gate' | 'activation'): Value =>
    b.activate(
      b.slice(sums, [
        [0, height, 1],
        [0, width, 1],
        [k * filters, (k + 1) * filters, 1],
      ]),
      called(settings, activated),
    );
  const fresh = b.binary('multiply', gate(0, 'gate'), gate(2, 'activation'));
  const c = old ? b.binary('add', b.binary('multiply', gate(1, 'gate'), old), fresh) : fresh;
  return { h: b.binary('multiply', gate(3, 'gate'), b.activate(c, called(settings, 'activation'))), c };
}
