/** Mean 0 and deviation 1 for each channel, as measured before training. */
import { unknown } from '../../shapes/dim.ts';
import { model } from '../define.ts';
import { input, weight } from '../planned.ts';
import { made, needAxis, needNumber, typeOf } from '../rules/types.ts';
import { init, kept } from '../rules/weights.ts';

export const Normalize = model(
  'Normalize',
  {
    doc: 'Takes the mean away and divides by the standard deviation, for each place of the last axis. Both are measured in one pass over the training rows before the first step, and stay as they are; so nothing that is trained may stand in front.',
    source: 'Keras 3 `keras.layers.Normalization`',
    examples: ['features -> Normalize', 'image -> Normalize'],
    inputs: [{ name: 'x', doc: 'Numbers with channels last.', dtype: 'number' }],
    settings: {},
    result(inputs) {
      const x = typeOf(inputs, 'x');
      const refused = needNumber('Normalize', x) ?? needAxis('Normalize', x);
      return refused ?? [made('float32', x.shape, [x], { normalised: true })];
    },
    weights(inputs) {
      const shape = [typeOf(inputs, 'x').shape?.at(-1) ?? unknown];
      return { mean: kept(shape, init('zeros')), variance: kept(shape, init('ones')) };
    },
    lower(b, inputs, weights) {
      const x = b.cast(input(inputs, 'x'), 'float32');
      const deviation = b.binary('maximum', b.unary('sqrt', weight(weights, 'variance')), b.scalar(1e-7));
      return b.binary('divide', b.binary('subtract', x, weight(weights, 'mean')), deviation);
    },
  },
  { trains: false },
);
