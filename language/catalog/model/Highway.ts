/** A layer that learns how much of its input to let through. */
import { unknown } from '../../shapes/dim.ts';
import { model } from '../define.ts';
import { called, input, weight } from '../planned.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { init, startOf, trained } from '../rules/weights.ts';
import { activation, initialiser } from '../settings.ts';

export const Highway = model('Highway', {
  doc: 'Mixes its input with a `Dense` layer of it: a learned gate from 0 to 1 says for each number how much of the layer is taken and how much of the input is let through. The gate starts at −2, so that most of the input comes through at first.',
  source: 'Srivastava et al. (2015)',
  examples: ['features -> Highway', 'sequence -> Highway(tanh)'],
  inputs: [{ name: 'x', doc: 'Numbers along the last axis.', dtype: 'float32' }],
  settings: {
    activation: activation('What is applied to each number of the layer.', { default: 'relu' }),
    init: initialiser('How both matrices start.', 'glorotUniform'),
    biasInit: initialiser('How the numbers that the layer adds start.', 'zeros'),
  },
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needFloat('Highway', x) ?? needAxis('Highway', x) ?? [made('float32', x.shape, [x])];
  },
  weights(inputs, settings) {
    const width = typeOf(inputs, 'x').shape?.at(-1) ?? unknown;
    const start = startOf(settings, 'init', 'glorotUniform');
    return {
      kernel: trained([width, width], start),
      bias: trained([width], startOf(settings, 'biasInit', 'zeros')),
      'gate/kernel': trained([width, width], start),
      'gate/bias': trained([width], init('constant', { value: -2 })),
    };
  },
  lower(b, inputs, weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const y = b.activate(
      b.dense(x, weight(weights, 'kernel'), weight(weights, 'bias')),
      called(settings, 'activation'),
    );
    const gate = b.unary('sigmoid', b.dense(x, weight(weights, 'gate/kernel'), weight(weights, 'gate/bias')));
    return b.binary('add', x, b.binary('multiply', gate, b.binary('subtract', y, x)));
  },
});
