/** Natural logarithm. */
import { atInput, remark } from '../refuse.ts';
import { elementwise } from '../rules/elementwise.ts';

export const log = elementwise('log', {
  doc: 'The natural logarithm of each number; not a number below 0, minus infinity at 0.',
  source: 'NumPy `log`, Keras 3 `keras.ops.log`',
  examples: ['features -> exp -> log', 'log(exp(features))'],
  remark(x, context) {
    if (x.facts.spectrum) context.remark(remark('warning', 'type/log-of-spectrum', {}, { at: atInput('x') }));
  },
  apply: (b, x) => b.unary('log', x),
});
