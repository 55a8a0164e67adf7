/** The largest numbers of the last axis, and where they stand. */
import { order, printDim, unknown } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { atSetting, refuse } from '../refuse.ts';
import { takeLast } from '../rules/order.ts';
import { sized } from '../rules/sizes.ts';
import { made, needAxis, needNumber, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const topK = model('topK', {
  doc: 'The `k` largest numbers of the last axis, largest first (of equal ones the first), and their places as whole numbers. Gives a tuple.',
  source: 'PyTorch `torch.topk`, Keras 3 `keras.ops.top_k`',
  examples: ['(best, places) = features -> topK(3)', '(best, places) = sequence -> topK(2)'],
  inputs: [{ name: 'x', doc: 'The numbers `[..., n]`.', dtype: 'number' }],
  settings: { k: integer('How many.', { min: 1 }) },
  results: ['values', 'places'],
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('topK', x) ?? needAxis('topK', x);
    if (refused) return refused;
    const k = dimOf(settings, 'k');
    const size = x.shape?.at(-1) ?? unknown;
    if (order(k, size) === 'greater') {
      const values = { callee: 'topK', k: printDim(k), size: printDim(size) };
      return refuse('shape/top', values, { at: atSetting('k'), blame: [size] });
    }
    const shape = x.shape && [...x.shape.slice(0, -1), sized(context, k, 'k', 'topK')];
    return [made(x.dtype, shape, [x]), made('int32', shape, [x])];
  },
  lower(b, inputs, _weights, settings) {
    const whole = input(inputs, 'x');
    const x = whole.dtype === 'uint8' ? b.cast(whole, 'int32') : whole;
    const places = b.largest(x, num(settings, 'k'));
    return [b.cast(takeLast(b, x, places), whole.dtype), places];
  },
});
