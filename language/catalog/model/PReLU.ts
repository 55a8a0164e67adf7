/** `relu` with a learned slope below zero. */
import { unknown } from '../../shapes/dim.ts';
import { model } from '../define.ts';
import { input, weight } from '../planned.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { startOf, trained } from '../rules/weights.ts';
import { initialiser } from '../settings.ts';

export const PReLU = model('PReLU', {
  doc: 'Keeps numbers above 0 and multiplies those below by a learned slope, one for each channel (the last axis), which starts at 0 (in PyTorch at 0.25: `init: constant(0.25)`).',
  source: 'He et al. (2015); Keras 3 `keras.layers.PReLU` with `shared_axes` = all but the last',
  examples: ['features -> PReLU', 'image -> Conv2D(8, 3) -> PReLU(init: constant(0.25))'],
  inputs: [{ name: 'x', doc: 'Numbers with channels last.', dtype: 'float32' }],
  settings: { init: initialiser('How the slopes start.', 'zeros') },
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needFloat('PReLU', x) ?? needAxis('PReLU', x) ?? [made('float32', x.shape, [x])];
  },
  weights: (inputs, settings) => ({
    slope: trained([typeOf(inputs, 'x').shape?.at(-1) ?? unknown], startOf(settings, 'init', 'zeros')),
  }),
  lower(b, inputs, weights) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const below = b.binary('minimum', x, b.scalar(0));
    return b.binary('add', b.unary('relu', x), b.binary('multiply', below, weight(weights, 'slope')));
  },
});
