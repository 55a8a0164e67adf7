/** Cells around an image or a sequence. */
import { add, compare, type Dim, known, printDim, unknown } from '../../shapes/dim.ts';
import { printShape } from '../../shapes/type.ts';
import { paddingOf } from '../checked.ts';
import { model } from '../define.ts';
import type { RuleContext } from '../entry.ts';
import { input, num } from '../planned.ts';
import { refuse } from '../refuse.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';
import { axisPadding, fixedPadding } from '../rules/window.ts';
import { number } from '../settings.ts';

export const pad = model('pad', {
  doc: 'Puts cells around the height and width of an image, or before and behind a sequence.',
  source: 'Keras 3 `keras.layers.ZeroPadding2D`, NumPy `pad`',
  examples: ['image -> pad(2)', 'image -> pad(((1, 0), (2, 3)), value: -1)', 'sequence -> pad((4, 0))'],
  inputs: [{ name: 'x', doc: '`[height, width, channels]` or `[time, features]`.', dtype: 'number' }],
  settings: {
    amount: {
      type: { kind: 'padding', count: 2 },
      doc: 'How many cells: on each side, or (before, behind) of a sequence, or that for height and width of an image.',
    },
    value: number('What stands in the new cells.', { default: 0, named: true }),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('pad', x);
    if (refused || !x.shape) return refused ?? [made(x.dtype, undefined, [x])];
    if (x.shape.length !== 2 && x.shape.length !== 3) {
      const values = { callee: 'pad', shape: printShape(x.shape), axes: x.shape.length, plural: 'axes' };
      return refuse('shape/rank', values, { variant: 'image', blame: x.shape });
    }
    const given = settings.amount ?? null;
    const amount = paddingOf({ amount: x.shape.length === 3 ? given : alongSequence(given) }, 'amount', 2);
    const sides = (axis: 0 | 1) => {
      const around = axisPadding(amount, axis);
      return typeof around === 'string' ? ([known(0), known(0)] as const) : around;
    };
    const [first = unknown, second = unknown] = x.shape;
    const rest = x.shape.length === 3 ? [grown(context, second, sides(1))] : [second];
    return [made(x.dtype, [grown(context, first, sides(0)), ...rest, ...x.shape.slice(2)], [x])];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const amount = settings.amount ?? 0;
    const none = [0, 0] as const;
    const sides =
      x.shape.length === 3
        ? [fixedPadding(amount, 0), fixedPadding(amount, 1), none]
        : [fixedPadding(alongSequence(amount), 0), none];
    return b.pad(x, sides, num(settings, 'value'));
  },
});

/** Two numbers for a sequence stand before and behind it: it has no second axis. */
function alongSequence<T>(amount: T): T | readonly T[] {
  const flat = Array.isArray(amount) && !amount.some((item) => Array.isArray(item));
  return flat ? [amount] : amount;
}

function grown(context: RuleContext, size: Dim, [before, after]: readonly [Dim, Dim]): Dim {
  const result = add(add(size, before), after);
  if (compare(result, size) === 'equal') return size;
  const values = { result: printDim(result), size: printDim(size), before: printDim(before), after: printDim(after) };
  return context.because(result, { key: 'why/padded', values }, [size]);
}
