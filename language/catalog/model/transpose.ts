/** Axes in another order. */
import { printShape } from '../../shapes/type.ts';
import { numbersOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, maybeNums } from '../planned.ts';
import { atSetting, refuse } from '../refuse.ts';
import { normalAxis } from '../rules/axis.ts';
import { carried, made, typeOf } from '../rules/types.ts';
import { axes } from '../settings.ts';

export const transpose = model('transpose', {
  doc: 'Puts the axes in another order; swaps the last two unless told otherwise.',
  source: 'NumPy `transpose`',
  examples: ['sequence -> transpose', 'image -> transpose([2, 0, 1])'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: { order: axes('The axes in their new order.', { default: null }) },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const given = numbersOf(settings, 'order');
    const { shape } = x;
    if (!shape || given === undefined) return [made(x.dtype, undefined, [x], carried(x.facts))];
    if (given === 'none' && shape.length < 2) {
      const values = { callee: 'transpose', shape: printShape(shape), axes: shape.length, least: 2 };
      return refuse('shape/rank', values, { variant: 'few', blame: shape });
    }
    const order = orderOf(given === 'none' ? undefined : given, shape.length);
    if (order)
      return [
        made(
          x.dtype,
          order.flatMap((axis) => shape[axis] ?? []),
          [x],
          carried(x.facts),
        ),
      ];
    const written = given === 'none' ? '' : given.join(', ');
    const values = { order: written, shape: printShape(shape), axes: shape.length };
    return refuse('shape/order', values, { at: atSetting('order'), blame: shape });
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    return b.transpose(x, orderOf(maybeNums(settings, 'order'), x.shape.length) ?? []);
  },
});

/** The order as axes from the front, each once; undefined where it is none. */
function orderOf(given: readonly number[] | undefined, rank: number): readonly number[] | undefined {
  if (!given) {
    const order = Array.from({ length: rank }, (_, axis) => axis);
    [order[rank - 2], order[rank - 1]] = [rank - 1, rank - 2];
    return order;
  }
  const order = given.flatMap((number) => normalAxis(number, rank) ?? []);
  return order.length === rank && new Set(order).size === rank && given.length === rank ? order : undefined;
}
