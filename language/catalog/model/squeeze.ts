/** An axis of size 1 taken away. */
import { differ } from '../../shapes/assume.ts';
import { known, printDim, unknown } from '../../shapes/dim.ts';
import { printShape } from '../../shapes/type.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { atSetting, isRefusal, refuse } from '../refuse.ts';
import { axisAt, axisIn } from '../rules/axis.ts';
import { carried, made, needAxis, typeOf } from '../rules/types.ts';
import { axis } from '../settings.ts';

export const squeeze = model('squeeze', {
  doc: 'Takes an axis of size 1 away, the last one unless told otherwise.',
  source: 'NumPy `squeeze`',
  examples: ['features -> Dense(1) -> squeeze', 'features -> expand(0) -> squeeze(0)'],
  inputs: [{ name: 'x', doc: 'Any value with an axis of size 1.', dtype: 'any' }],
  settings: { axis: axis('Which axis.', { default: -1 }) },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needAxis('squeeze', x);
    if (refused) return refused;
    const along = axisIn('squeeze', x, settings);
    if (isRefusal(along)) return along;
    const facts = carried(x.facts);
    if (along === undefined || !x.shape) return [made(x.dtype, undefined, [x], facts)];
    const size = x.shape[along] ?? unknown;
    if (differ(size, known(1))) {
      const values = { axis: along, size: printDim(size), shape: printShape(x.shape) };
      return refuse('shape/squeeze', values, { at: axisPlace(settings.axis), blame: [size] });
    }
    return [
      made(
        x.dtype,
        x.shape.filter((_, index) => index !== along),
        [x],
        facts,
      ),
    ];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const along = axisAt(num(settings, 'axis'), x.shape.length);
    return b.reshape(
      x,
      x.shape.filter((_, index) => index !== along),
    );
  },
});

/** The axis where one was written, else the name itself. */
function axisPlace(axis: unknown) {
  return axis === -1 ? ({ part: 'callee' } as const) : atSetting('axis');
}
