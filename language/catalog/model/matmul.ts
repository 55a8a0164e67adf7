/** Matrix product; the same as `a @ b`. */
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { multiplyMatrices, productType } from '../rules/product.ts';
import { typeOf } from '../rules/types.ts';

export const matmul = model('matmul', {
  doc: 'Matrix product over the last two axes, the same as `a @ b`; axes before them are matched.',
  source: 'NumPy `matmul`, Keras 3 `keras.ops.matmul`',
  examples: ['matmul(sequence, transpose(sequence))'],
  inputs: [
    { name: 'a', doc: '`[..., n, k]`.', dtype: 'float32' },
    { name: 'b', doc: '`[..., k, m]`.', dtype: 'float32' },
  ],
  settings: {},
  result(inputs) {
    const type = productType('matmul', typeOf(inputs, 'a'), typeOf(inputs, 'b'));
    return isRefusal(type) ? type : [type];
  },
  lower: (b, inputs) => multiplyMatrices(b, input(inputs, 'a'), input(inputs, 'b')),
});
