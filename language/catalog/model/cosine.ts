/** How far two values point the same way. */
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { stretch } from '../rules/broadcasting.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { unitLength } from '../rules/unit-length.ts';

export const cosine = model('cosine', {
  doc: 'The cosine of the angle between two values along the last axis: 1 where they point the same way, −1 the opposite way, 0 where one is all zeros.',
  source: 'PyTorch `cosine_similarity`',
  examples: ['cosine(features, features * 2 + 1)', 'cosine(sequence, sequence[0])'],
  inputs: [
    { name: 'a', doc: '`[..., n]`.', dtype: 'float32' },
    { name: 'b', doc: '`[..., n]`.', dtype: 'float32' },
  ],
  settings: {},
  result(inputs) {
    const [a, c] = [typeOf(inputs, 'a'), typeOf(inputs, 'b')];
    const refused =
      needFloat('cosine', a, 'a') ?? needFloat('cosine', c, 'b') ?? needAxis('cosine', a) ?? needAxis('cosine', c);
    if (refused) return refused;
    const both = stretch('cosine', a.shape, c.shape);
    return isRefusal(both) ? both : [made('float32', both.shape?.slice(0, -1), [a, c])];
  },
  lower(b, inputs) {
    const both = ['a', 'b'].map((name) => b.cast(input(inputs, name), 'float32'));
    const length = Math.max(...both.map((x) => x.shape.at(-1) ?? 1));
    const [left, right] = both.map((x) => {
      const whole = b.broadcastTo(x, [...x.shape.slice(0, -1), length]);
      return unitLength(b, whole, whole.shape.length - 1);
    });
    if (!left || !right) throw new Error('`cosine` has two inputs.');
    const product = b.binary('multiply', left, right);
    return b.reduce('sum', product, [product.shape.length - 1], false);
  },
});
