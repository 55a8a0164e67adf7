/** Numbers of one range mapped to another. */
import { model } from '../define.ts';
import { input, nums } from '../planned.ts';
import { refuseEmptyRange } from '../rules/range.ts';
import { scaled } from '../rules/scaled.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';
import { range } from '../settings.ts';

export const scale = model('scale', {
  doc: 'Maps the range `from` to the range `to`, evenly; numbers outside are mapped the same way. Takes raw bytes.',
  source: 'Keras 3 `keras.layers.Rescaling`',
  examples: ['features -> scale(0..255, 0..1)'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
  settings: { from: range('The range that the numbers have.'), to: range('The range that they get.') },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('scale', x) ?? refuseEmptyRange('scale', settings, 'from');
    return refused ?? [made('float32', x.shape, [x], scaled('scale', x.facts, settings, context))];
  },
  lower(b, inputs, _weights, settings) {
    const [low = 0, high = 1] = nums(settings, 'from');
    const [bottom = 0, top = 1] = nums(settings, 'to');
    const factor = (top - bottom) / (high - low);
    const scaled = b.binary('multiply', b.cast(input(inputs, 'x'), 'float32'), b.scalar(factor));
    return b.binary('add', scaled, b.scalar(bottom - low * factor));
  },
});
