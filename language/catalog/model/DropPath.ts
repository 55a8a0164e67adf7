/** A branch left out by chance while training. */
import { num } from '../planned.ts';
import { dropped, noise } from '../rules/noise.ts';
import { number } from '../settings.ts';

export const DropPath = noise('DropPath', {
  doc: 'While training, makes a whole example 0 with the chance `rate` and enlarges the others to make up for it; else does nothing. As the last layer in `residual`, it leaves the branch out (stochastic depth).',
  source: 'Huang et al. (2016); timm `DropPath`',
  examples: ['features -> residual { Dense(16) -> DropPath(0.1) }'],
  settings: { rate: number('The chance of each example to become 0.', { min: 0, max: 1, open: 'max' }) },
  disturb: (b, x, settings) =>
    dropped(
      b,
      x,
      x.shape.map(() => 1),
      num(settings, 'rate'),
    ),
});
