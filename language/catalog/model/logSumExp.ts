/** `log Σ eˣ`. */
import { lowest, reduceChosen, reduction } from '../rules/reduction.ts';

export const logSumExp = reduction('logSumExp', {
  doc: 'The log of the sum of the exponentials, stable for large numbers.',
  source: 'Keras 3 `keras.ops.logsumexp`',
  examples: ['sequence -> logSumExp(axis: 0)', 'logSumExp(features)', 'sequence -> logSumExp(axis: 0, where: real)'],
  takes: 'float32',
  apply: (b, x, over) => {
    const highest = b.stopGradient(reduceChosen(b, 'max', x, { ...over, keep: true }, lowest));
    const sum = reduceChosen(b, 'sum', b.unary('exp', b.binary('subtract', x, highest)), over, 0);
    const flat = over.keep ? highest : b.reshape(highest, sum.shape);
    return b.binary('add', b.unary('log', sum), flat);
  },
});
