/** An axis read from its end. */
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { axisAt, axisIn } from '../rules/axis.ts';
import { picked } from '../rules/resample.ts';
import { carried, made, needAxis, typeOf } from '../rules/types.ts';
import { axis } from '../settings.ts';

export const flip = model('flip', {
  doc: 'Turns an axis round, so that its last place comes first.',
  source: 'NumPy `flip`',
  examples: ['features -> flip(0)', 'image -> flip(1)'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: { axis: axis('Which axis is turned round.') },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needAxis('flip', x);
    if (refused) return refused;
    const along = axisIn('flip', x, settings);
    return isRefusal(along) ? along : [made(x.dtype, x.shape, [x], carried(x.facts))];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const along = axisAt(num(settings, 'axis'), x.shape.length);
    const size = x.shape[along] ?? 0;
    return picked(
      b,
      x,
      along,
      Array.from({ length: size }, (_, place) => size - 1 - place),
    );
  },
});
