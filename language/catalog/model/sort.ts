/** Numbers in rising order. */
import { model } from '../define.ts';
import { flagged, input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { axisAt, axisIn } from '../rules/axis.ts';
import { atEnd, fromEnd, takeLast } from '../rules/order.ts';
import { made, needAxis, needNumber, typeOf } from '../rules/types.ts';
import { axis, flag } from '../settings.ts';

export const sort = model('sort', {
  doc: 'The numbers along an axis in rising order, or in falling order with `falling: true`. Gradients go to where each number came from.',
  source: 'NumPy `sort`, Keras 3 `keras.ops.sort`',
  examples: ['features -> sort', 'sequence -> sort(0, falling: true)'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
  settings: { axis: axis('Along which axis.', { default: -1 }), falling: flag('Puts the largest first.', false) },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('sort', x) ?? needAxis('sort', x);
    if (refused) return refused;
    const along = axisIn('sort', x, settings);
    if (isRefusal(along)) return along;
    const { range, values } = x.facts;
    return [made(x.dtype, x.shape, [x], { ...(range ? { range } : {}), ...(values ? { values } : {}) })];
  },
  lower(b, inputs, _weights, settings) {
    const whole = input(inputs, 'x');
    const x = whole.dtype === 'uint8' ? b.cast(whole, 'int32') : whole;
    const along = axisAt(num(settings, 'axis'), x.shape.length);
    const turned = atEnd(b, x, along);
    const keys = flagged(settings, 'falling') ? turned : b.unary('negate', turned);
    const sorted = takeLast(b, turned, b.largest(keys, turned.shape.at(-1) ?? 1));
    return b.cast(fromEnd(b, sorted, along), whole.dtype);
  },
});
