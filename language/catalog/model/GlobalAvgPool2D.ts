/** The mean of each channel over the whole image. */
import { known, unknown } from '../../shapes/dim.ts';
import { flagOf } from '../checked.ts';
import { model } from '../define.ts';
import { flagged, input } from '../planned.ts';
import { made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { flag } from '../settings.ts';

export const GlobalAvgPool2D = model('GlobalAvgPool2D', {
  doc: 'The mean of each channel over the whole image: an image becomes one number a channel.',
  source: 'Keras 3 `keras.layers.GlobalAveragePooling2D`',
  examples: ['image -> GlobalAvgPool2D', 'image -> GlobalAvgPool2D(keep: true)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'number' }],
  settings: { keep: flag('Keeps height and width as axes of size 1.', false) },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('GlobalAvgPool2D', x) ?? needForm('GlobalAvgPool2D', x, 'image');
    if (refused) return refused;
    const channels = x.shape?.[2] ?? unknown;
    const shape = flagOf(settings, 'keep') ? [known(1), known(1), channels] : [channels];
    return [made('float32', shape, [x])];
  },
  lower: (b, inputs, _weights, settings) =>
    b.reduce('mean', b.cast(input(inputs, 'x'), 'float32'), [0, 1], flagged(settings, 'keep')),
});
