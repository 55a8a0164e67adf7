/** Long short-term memory: a state that is carried along a sequence. */
import { known, multiply, unknown } from '../../shapes/dim.ts';
import { dimOf, flagOf, isNone } from '../checked.ts';
import { model } from '../define.ts';
import { called, flagged, input, maybeNum, num, optional, weight } from '../planned.ts';
import { warnWalkPadding } from '../rules/padding.ts';
import {
  dropoutSettings,
  droppedInput,
  needSequence,
  refuseMask,
  refuseStates,
  stateKept,
} from '../rules/recurrent.ts';
import { sized } from '../rules/sizes.ts';
import { made, needFloat, typeOf } from '../rules/types.ts';
import { startOf, trained } from '../rules/weights.ts';
import { activation, flag, initialiser, integer } from '../settings.ts';

export const LSTM = model('LSTM', {
  doc: 'Reads a sequence step by step and carries two states; gates learn what to keep, to forget and to show. Gives the last state, or with `sequences: true` one for each step.',
  source:
    'Hochreiter & Schmidhuber (1997); Keras 3 `keras.layers.LSTM`, PyTorch `LSTM` (`proj_size` is `projection`): gates in the order input, forget, cell, output; forget bias 1',
  examples: [
    'sequence -> LSTM(16)',
    'sequence -> LSTM(16, sequences: true, mask: real, backwards: true)',
    'sequence -> LSTM(16, dropout: 0.2, recurrentDropout: 0.2, projection: 4)',
    '(y, h, c) = sequence -> LSTM(16, state: true)',
  ],
  inputs: [
    { name: 'x', doc: 'A sequence `[time, features]`.', dtype: 'float32' },
    {
      name: 'mask',
      doc: 'Which steps are real: `bool[time]`. At the others the state stands still.',
      dtype: 'bool',
      optional: true,
    },
    {
      name: 'initial',
      doc: 'The states to start from: `(h, c)`, `[units]` each (`h` of the size of the `projection`, where there is one). Zeros unless given.',
      dtype: 'float32',
      optional: true,
      parts: ['initial', 'cell'],
    },
  ],
  results: ['y', 'h', 'c'],
  settings: {
    units: integer('The size of the state.', { min: 1 }),
    activation: { ...activation('What forms new content and shows it.', { default: 'tanh' }), named: true },
    gate: { ...activation('What opens and closes the gates.', { default: 'sigmoid' }), named: true },
    sequences: flag('Gives the output of each step instead of the last one.', false),
    state: flag('Gives a tuple: the output, and the two last states.', false),
    backwards: flag('Reads from the end; with `sequences`, the result stays in the order of time.', false),
    ...dropoutSettings,
    bias: flag('Adds learned numbers to the gates.', true),
    projection: integer(
      'The size that the shown state is brought to by a matrix of its own; `none` leaves it as it is.',
      {
        min: 1,
        default: null,
        named: true,
      },
    ),
    init: initialiser('How the weights of the input start.', 'glorotUniform'),
    recurrentInit: initialiser('How the weights of the state start.', {
      call: 'initialiser/orthogonal',
      settings: { gain: 1 },
    }),
    biasInit: initialiser('How the numbers added to the gates start.', 'forgetGate'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const units = sized(context, dimOf(settings, 'units'), 'units', 'LSTM');
    const shown = isNone(settings, 'projection')
      ? units
      : sized(context, dimOf(settings, 'projection'), 'projection', 'LSTM');
    const refused =
      needFloat('LSTM', x) ??
      needSequence('LSTM', inputs) ??
      refuseMask('LSTM', inputs) ??
      refuseStates('LSTM', inputs, { shown: [shown], cell: [units] });
    if (refused) return refused;
    warnWalkPadding('LSTM', x, inputs, settings, context);
    const state = made('float32', [shown], [x]);
    const cell = made('float32', [units], [x]);
    const time = x.shape?.[0] ?? unknown;
    const padded = x.facts.padded ? { padded: true } : {};
    const y = flagOf(settings, 'sequences') ? made('float32', [time, shown], [x], padded) : state;
    return flagOf(settings, 'state') ? [y, state, cell] : [y];
  },
  weights(inputs, settings) {
    const units = dimOf(settings, 'units');
    const gates = multiply(known(4), units);
    const projected = isNone(settings, 'projection') ? undefined : dimOf(settings, 'projection');
    const features = typeOf(inputs, 'x').shape?.at(-1) ?? unknown;
    return {
      kernel: trained([features, gates], startOf(settings, 'init', 'glorotUniform')),
      recurrent: trained([projected ?? units, gates], startOf(settings, 'recurrentInit', 'orthogonal')),
      ...(flagOf(settings, 'bias') ? { bias: trained([gates], startOf(settings, 'biasInit', 'forgetGate')) } : {}),
      ...(projected ? { projection: trained([units, projected], startOf(settings, 'init', 'glorotUniform')) } : {}),
    };
  },
  lower(b, inputs, weights, settings) {
    const [mask, h, c] = [optional(inputs, 'mask'), optional(inputs, 'initial'), optional(inputs, 'cell')];
    const shown = maybeNum(settings, 'projection') ?? num(settings, 'units');
    const kept = stateKept(b, [shown], settings);
    const result = b.lstm(
      droppedInput(b, input(inputs, 'x'), settings),
      {
        kernel: weight(weights, 'kernel'),
        recurrent: weight(weights, 'recurrent'),
        ...(weights.bias ? { bias: weights.bias } : {}),
        ...(weights.projection ? { projection: weights.projection } : {}),
      },
      {
        units: num(settings, 'units'),
        activation: called(settings, 'activation'),
        gate: called(settings, 'gate'),
        backwards: flagged(settings, 'backwards'),
        ...(mask ? { mask } : {}),
        ...(kept ? { kept } : {}),
        ...(h && c ? { initial: { h, c } } : {}),
      },
    );
    const y = flagged(settings, 'sequences') ? result.sequence : result.h;
    return flagged(settings, 'state') ? [y, result.h, result.c] : y;
  },
});
