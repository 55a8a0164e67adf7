/** Rows that stand at right angles. */
import { initialiser } from '../define.ts';
import { num } from '../planned.ts';
import { number } from '../settings.ts';

export const orthogonal = initialiser('orthogonal', {
  doc: 'A matrix whose rows or columns stand at right angles and have length `gain`: repeated products neither grow nor fade.',
  source: 'Saxe et al. (2013); Keras 3 `Orthogonal`',
  examples: ['features -> Dense(8, init: orthogonal)'],
  settings: { gain: number('The length of the rows.', { default: 1 }) },
  draw: (_shape, settings) => ({ kind: 'orthogonal', gain: num(settings, 'gain') }),
});
