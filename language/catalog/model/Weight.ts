/** A learned value on its own. */

import { tensor } from '../../shapes/type.ts';
import { flagOf, shapeOf } from '../checked.ts';
import { model } from '../define.ts';
import { weight } from '../planned.ts';
import { refuseSizes } from '../rules/sizes.ts';
import { startOf } from '../rules/weights.ts';
import { flag, initialiser, shape } from '../settings.ts';

export const Weight = model('Weight', {
  doc: 'A learned value without an input, the same for every example.',
  source: 'Keras 3 `add_weight`, PyTorch `torch.nn.Parameter`',
  examples: ['features * Weight([16])', 'sequence + Weight([10, 8], zeros)'],
  inputs: [],
  settings: {
    shape: shape('Its shape.', { single: true }),
    init: { ...initialiser('How it starts.', 'glorotUniform'), named: false },
    trainable: flag('Whether training changes it.', true),
  },
  result: (_inputs, settings) =>
    refuseSizes('Weight', settings, 'shape') ?? [tensor('float32', shapeOf(settings, 'shape'), { perExample: false })],
  weights: (_inputs, settings) => ({
    weight: {
      shape: shapeOf(settings, 'shape') ?? [],
      init: startOf(settings, 'init', 'glorotUniform'),
      trainable: flagOf(settings, 'trainable'),
    },
  }),
  lower: (_b, _inputs, weights) => weight(weights, 'weight'),
});
