/** `e⁻ˣ / Σ e⁻ˣ`. */
import { alongAxis } from '../rules/alongAxis.ts';

export const softmin = alongAxis('softmin', {
  doc: '`softmax` of the numbers with the other sign: the smallest gets most.',
  source: 'PyTorch `torch.nn.Softmin`',
  examples: ['features -> softmin', 'features -> Dense(4, softmin)'],
  activation: true,
  apply: (b, x, axis) => b.softmax(b.unary('negate', x), axis),
});
