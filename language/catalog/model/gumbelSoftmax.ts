/** A random choice that gradients can pass. */
import type { Builder, Value } from '../builder.ts';
import { flagged, num } from '../planned.ts';
import { alongAxis } from '../rules/alongAxis.ts';
import { flag, number } from '../settings.ts';

export const gumbelSoftmax = alongAxis('gumbelSoftmax', {
  doc: 'Draws a class by its score, softly: the lower the temperature, the nearer to a true choice. With `hard: true` the result is a true choice, and the gradient that of the soft one.',
  source: 'Jang et al. (2016); PyTorch `torch.nn.functional.gumbel_softmax`',
  examples: ['features -> gumbelSoftmax', 'features -> gumbelSoftmax(0.5, hard: true)'],
  random: true,
  before: { temperature: number('How soft the choice is.', { min: 0, open: 'min', default: 1 }) },
  behind: { hard: flag('Makes a true choice of it.', false) },
  apply(b, x, axis, settings) {
    const noisy = b.binary('add', x, gumbel(b, x.shape));
    const soft = b.softmax(b.binary('divide', noisy, b.scalar(num(settings, 'temperature'))), axis);
    if (!flagged(settings, 'hard')) return soft;
    const highest = b.reduce('max', soft, [axis], true);
    const chosen = b.cast(b.binary('greaterEqual', soft, highest), 'float32');
    return b.binary('add', soft, b.stopGradient(b.binary('subtract', chosen, soft)));
  },
});

/** `−log(−log u)` of uniform numbers, kept away from 0 and 1. */
function gumbel(b: Builder, shape: readonly number[]): Value {
  const inside = b.binary('add', b.binary('multiply', b.random('uniform', shape), b.scalar(1 - 2e-7)), b.scalar(1e-7));
  return b.unary('negate', b.unary('log', b.unary('negate', b.unary('log', inside))));
}
