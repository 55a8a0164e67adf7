/** The last axis through a matrix: `[..., n] -> [..., units]`. */
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { called, input, weight } from '../planned.ts';
import { activatedBy } from '../rules/single.ts';
import { sized } from '../rules/sizes.ts';
import { made, needAxis, needFloat, splitLast, typeOf } from '../rules/types.ts';
import { layerWeights } from '../rules/weights.ts';
import { activation, flag, initialiser, integer } from '../settings.ts';

export const Dense = model('Dense', {
  doc: 'Multiplies the last axis by a learned matrix and adds a learned number to each of the `units` results. Axes before the last are kept: each position is treated on its own.',
  source: 'Keras 3 `keras.layers.Dense`, PyTorch `torch.nn.Linear`',
  examples: ['features -> Dense(64, relu)', 'features -> Dense(10, softmax)', 'sequence -> Dense(4, bias: false)'],
  inputs: [{ name: 'x', doc: 'Numbers along the last axis.', dtype: 'float32' }],
  settings: {
    units: integer('How many numbers each position gets.', { min: 1 }),
    activation: activation(),
    bias: flag('Adds a learned number to each unit.', true),
    init: initialiser('How the matrix starts.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needFloat('Dense', x) ?? needAxis('Dense', x);
    if (refused) return refused;
    const activated = activatedBy(settings, dimOf(settings, 'units'), context);
    if (!x.shape) return [made('float32', undefined, [x], activated)];
    const units = sized(context, dimOf(settings, 'units'), 'units', 'Dense');
    return [made('float32', [...splitLast(x.shape)[0], units], [x], activated)];
  },
  weights(inputs, settings) {
    const features = typeOf(inputs, 'x').shape?.at(-1);
    const units = dimOf(settings, 'units');
    return layerWeights(settings, { kernel: features && [features, units], bias: [units] });
  },
  lower(b, inputs, weights, settings) {
    const y = b.dense(input(inputs, 'x'), weight(weights, 'kernel'), weights.bias);
    return b.activate(y, called(settings, 'activation'));
  },
});
