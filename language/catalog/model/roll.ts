/** Places moved along an axis, round the end. */
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { axisAt, axisIn } from '../rules/axis.ts';
import { carried, made, needAxis, typeOf } from '../rules/types.ts';
import { axis, integer } from '../settings.ts';

export const roll = model('roll', {
  doc: 'Moves every place along an axis by `by` places; what falls off the end comes in at the front. Negative numbers move to the front.',
  source: 'NumPy `roll`',
  examples: ['features -> roll(1)', 'image -> roll(-3, axis: 1)'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: {
    by: integer('How far the places move.'),
    axis: axis('Along which axis.', { default: 0, named: true }),
  },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needAxis('roll', x);
    if (refused) return refused;
    const along = axisIn('roll', x, settings);
    return isRefusal(along) ? along : [made(x.dtype, x.shape, [x], carried(x.facts))];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const along = axisAt(num(settings, 'axis'), x.shape.length);
    const size = x.shape[along] ?? 1;
    const cut = (((size - num(settings, 'by')) % size) + size) % size;
    if (cut === 0) return x;
    const part = (from: number, to: number) =>
      b.slice(
        x,
        x.shape.map((whole, index) => (index === along ? [from, to, 1] : [0, whole, 1])),
      );
    return b.concat([part(cut, size), part(0, cut)], along);
  },
});
