/** Numbers of one range mapped to another. */
import { transform } from '../define.ts';
import { facts } from '../rules/columns.ts';
import { refuseEmptyRange } from '../rules/range.ts';
import { scaled } from '../rules/scaled.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';
import { range } from '../settings.ts';

export const scale = transform('scale', {
  doc: 'Maps the range `from` to the range `to`, evenly; numbers outside are mapped the same way.',
  source: 'Keras 3 `keras.layers.Rescaling`',
  examples: ['images -> scale(0..255, 0..1)'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
  settings: {
    from: range('The range that the numbers have.'),
    to: range('The range that they get.'),
  },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('scale', x) ?? refuseEmptyRange('scale', settings, 'from');
    if (refused) return refused;
    const kept = facts(x.facts, 'unsized', 'files');
    return [made('float32', x.shape, [x], { ...scaled('scale', x.facts, settings, context), ...kept })];
  },
});
