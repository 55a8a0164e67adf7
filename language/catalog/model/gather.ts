/** Places of a value chosen by numbers that are computed. */
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { axisAt, axisIn } from '../rules/axis.ts';
import { made, needAxis, needWhole, typeOf } from '../rules/types.ts';
import { axis } from '../settings.ts';

export const gather = model('gather', {
  doc: 'Takes places along an axis by whole numbers: the axis is replaced by those of `index`.',
  source: 'NumPy `take`',
  examples: ['gather(Weight([50, 8]), tokens)', 'gather(Weight([8, 50]), tokens, axis: 1)'],
  inputs: [
    { name: 'x', doc: 'What is taken from.', dtype: 'any' },
    { name: 'index', doc: 'Which places: `int32[...]`.', dtype: 'int32' },
  ],
  settings: { axis: axis('Along which axis.', { default: 0, named: true }) },
  result(inputs, settings) {
    const [x, index] = [typeOf(inputs, 'x'), typeOf(inputs, 'index')];
    const refused = needAxis('gather', x) ?? needWhole('gather', index, 'index');
    if (refused) return refused;
    const along = axisIn('gather', x, settings);
    if (isRefusal(along)) return along;
    if (along === undefined || !x.shape || !index.shape) return [made(x.dtype, undefined, [x, index])];
    return [made(x.dtype, [...x.shape.slice(0, along), ...index.shape, ...x.shape.slice(along + 1)], [x, index])];
  },
  lower(b, inputs, _weights, settings) {
    const [x, index] = [input(inputs, 'x'), b.cast(input(inputs, 'index'), 'int32')];
    const along = axisAt(num(settings, 'axis'), x.shape.length);
    if (along === 0) return b.gather(x, index);
    const axes = x.shape.map((_, axis) => axis);
    const front = b.transpose(x, [along, ...axes.filter((axis) => axis !== along)]);
    const taken = b.gather(front, index);
    const placed = index.shape.map((_, axis) => axis);
    const others = Array.from({ length: x.shape.length - 1 }, (_, axis) => axis + index.shape.length);
    return b.transpose(taken, [...others.slice(0, along), ...placed, ...others.slice(along)]);
  },
});
