/** Gated linear unit. */
import { constant, floorDivide, known, modulo, printDim, unknown } from '../../shapes/dim.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { atSetting, isRefusal, refuse } from '../refuse.ts';
import { axisAt, axisIn } from '../rules/axis.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { axis } from '../settings.ts';

export const glu = model('glu', {
  doc: 'Halves an axis; the sigmoid of the second half is the gate of the first.',
  source: 'Dauphin et al. (2016); Keras 3 `keras.activations.glu`',
  examples: ['features -> glu', 'sequence -> glu(0)'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'float32' }],
  settings: { axis: axis('Which axis is halved.', { default: -1 }) },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needFloat('glu', x) ?? needAxis('glu', x);
    if (refused) return refused;
    const along = axisIn('glu', x, settings);
    if (isRefusal(along)) return along;
    if (along === undefined || !x.shape) return [made('float32', undefined, [x])];
    const size = x.shape[along] ?? unknown;
    if (constant(modulo(size, known(2))) === 1) {
      const values = { callee: 'glu', size: printDim(size), axis: along };
      return refuse('shape/half', values, { at: atSetting('axis'), blame: [size] });
    }
    const half = floorDivide(size, known(2));
    const values = { result: printDim(half), size: printDim(size), callee: 'glu' };
    const halved = context.because(half, { key: 'why/half', values }, [size]);
    return [
      made(
        'float32',
        x.shape.map((dim, index) => (index === along ? halved : dim)),
        [x],
      ),
    ];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const along = axisAt(num(settings, 'axis'), x.shape.length);
    const half = (x.shape[along] ?? 2) / 2;
    const part = (start: number) =>
      b.slice(
        x,
        x.shape.map((size, index) => (index === along ? [start, start + half, 1] : [0, size, 1])),
      );
    return b.binary('multiply', part(0), b.unary('sigmoid', part(half)));
  },
});
