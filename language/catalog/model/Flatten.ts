/** All axes in one. */
import { printDim, product } from '../../shapes/dim.ts';
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { hintPadding } from '../rules/padding.ts';
import { carried, made, typeOf } from '../rules/types.ts';

export const Flatten = model('Flatten', {
  doc: 'Lays all numbers of an example in one row, the last axis running fastest.',
  source: 'Keras 3 `keras.layers.Flatten`',
  examples: ['image -> Flatten'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: {},
  result(inputs, _settings, context) {
    const x = typeOf(inputs, 'x');
    hintPadding('Flatten', x, context);
    if (!x.shape) return [made(x.dtype, undefined, [x], carried(x.facts))];
    if (x.shape.length === 1) return [made(x.dtype, x.shape, [x], carried(x.facts))];
    const size = product(x.shape);
    const values = { result: printDim(size), factors: x.shape.map(printDim).join(' × ') || '1' };
    const flat = context.because(size, { key: 'why/flattened', values }, x.shape);
    return [made(x.dtype, [flat], [x], carried(x.facts))];
  },
  lower(b, inputs) {
    const x = input(inputs, 'x');
    return x.shape.length === 1 ? x : b.reshape(x, [x.shape.reduce((a, c) => a * c, 1)]);
  },
});
