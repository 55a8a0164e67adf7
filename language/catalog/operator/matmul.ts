/** `a @ b`. */
import { operator } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { multiplyMatrices, productType } from '../rules/product.ts';
import { typeOf } from '../rules/types.ts';

export const matmul = operator('@', {
  doc: 'Matrix product over the last two axes; axes before them are matched.',
  source: 'NumPy `matmul`, Keras 3 `keras.ops.matmul`',
  examples: ['sequence @ transpose(sequence)'],
  inputs: [
    { name: 'a', doc: '`[..., n, k]`.', dtype: 'float32' },
    { name: 'b', doc: '`[..., k, m]`.', dtype: 'float32' },
  ],
  settings: {},
  result(inputs) {
    const type = productType('@', typeOf(inputs, 'a'), typeOf(inputs, 'b'));
    return isRefusal(type) ? type : [type];
  },
  lower: (b, inputs) => multiplyMatrices(b, input(inputs, 'a'), input(inputs, 'b')),
});
