/** The plain recurrent layer: a state that is carried along a sequence. */
import { unknown } from '../../shapes/dim.ts';
import { dimOf, flagOf } from '../checked.ts';
import { model } from '../define.ts';
import { called, input, weight } from '../planned.ts';
import {
  contentSetting,
  droppedInput,
  startSettings,
  stateInputs,
  stateResult,
  unitsSetting,
  walk,
  walkSettings,
} from '../rules/recurrent.ts';
import { typeOf } from '../rules/types.ts';
import { startOf, trained } from '../rules/weights.ts';

export const SimpleRNN = model('SimpleRNN', {
  doc: 'Reads a sequence step by step: the new state is an activation of the step and the old state, each through a matrix. Forgets within some ten steps; `GRU` and `LSTM` remember longer.',
  source: 'Elman (1990); Keras 3 `keras.layers.SimpleRNN`, PyTorch `RNN`',
  examples: [
    'sequence -> SimpleRNN(16)',
    'sequence -> SimpleRNN(16, activation: relu, sequences: true, mask: real, backwards: true)',
    'sequence -> SimpleRNN(16, dropout: 0.2, recurrentDropout: 0.2)',
    '(y, h) = sequence -> SimpleRNN(16, state: true)',
    'sequence -> Bidirectional { SimpleRNN(8) }',
  ],
  inputs: stateInputs,
  results: ['y', 'h'],
  settings: { units: unitsSetting, activation: contentSetting, ...walkSettings, ...startSettings },
  result: (inputs, settings, context) => stateResult('SimpleRNN', inputs, settings, context),
  weights(inputs, settings) {
    const units = dimOf(settings, 'units');
    const features = typeOf(inputs, 'x').shape?.at(-1) ?? unknown;
    return {
      kernel: trained([features, units], startOf(settings, 'init', 'glorotUniform')),
      recurrent: trained([units, units], startOf(settings, 'recurrentInit', 'orthogonal')),
      ...(flagOf(settings, 'bias') ? { bias: trained([units], startOf(settings, 'biasInit', 'zeros')) } : {}),
    };
  },
  lower(b, inputs, weights, settings) {
    // All steps' inputs go through the kernel in one product.
    const projected = b.dense(droppedInput(b, input(inputs, 'x'), settings), weight(weights, 'kernel'), weights.bias);
    const recurrent = weight(weights, 'recurrent');
    return walk(b, projected, inputs, settings, (fromInput, _old, seen) => {
      const sum = seen ? b.binary('add', fromInput, b.dense(seen, recurrent)) : fromInput;
      return b.activate(sum, called(settings, 'activation'));
    });
  },
});
