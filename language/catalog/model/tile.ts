/** A value beside itself, many times. */
import { unknown } from '../../shapes/dim.ts';
import { printShape } from '../../shapes/type.ts';
import { shapeOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, nums } from '../planned.ts';
import { atSetting, refuse } from '../refuse.ts';
import { copied } from '../rules/resample.ts';
import { refuseSizes } from '../rules/sizes.ts';
import { carried, made, needAxis, typeOf } from '../rules/types.ts';
import { timesLarger } from '../rules/upsample.ts';
import { shape } from '../settings.ts';

export const tile = model('tile', {
  doc: 'Puts a value beside itself as often as `times` says: a number for each axis, or for the last ones; a number alone is for the last axis.',
  source: 'NumPy `tile`',
  examples: ['features -> tile(3)', 'sequence -> tile([2, 1])'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: { times: shape('How many times along each axis.', { single: true }) },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needAxis('tile', x) ?? refuseSizes('tile', settings, 'times');
    if (refused) return refused;
    const times = shapeOf(settings, 'times');
    const { shape: size } = x;
    if (!size || !times) return [made(x.dtype, undefined, [x], carried(x.facts))];
    const first = size.length - times.length;
    if (first < 0) {
      const axes = size.length === 1 ? '1 axis' : `${size.length} axes`;
      const values = { callee: 'tile', given: times.length, shape: printShape(size), axes };
      return refuse('shape/tile', values, { at: atSetting('times'), blame: size });
    }
    const larger = size.map((dim, axis) =>
      axis < first ? dim : timesLarger(context, dim, times[axis - first] ?? unknown, 'tile'),
    );
    return [made(x.dtype, larger, [x], carried(x.facts))];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const given = nums(settings, 'times');
    let y = x;
    for (const [i, times] of given.entries()) {
      const axis = x.shape.length - given.length + i;
      const [before, size, after] = [y.shape.slice(0, axis), y.shape[axis] ?? 1, y.shape.slice(axis + 1)];
      const apart = b.reshape(y, [...before, 1, size, ...after]);
      y = b.reshape(copied(b, apart, axis, times), [...before, times * size, ...after]);
    }
    return y;
  },
});
