/** The identity matrix. */
import { initialiser } from '../define.ts';
import { num } from '../planned.ts';
import { number } from '../settings.ts';

export const identity = initialiser('identity', {
  doc: 'A matrix that gives back what goes in, times `gain`: `gain` on the diagonal, 0 elsewhere.',
  source: 'Keras 3 `Identity`',
  examples: ['features -> Dense(16, init: identity)'],
  settings: { gain: number('What stands on the diagonal.', { default: 1 }) },
  draw: (_shape, settings) => ({ kind: 'identity', gain: num(settings, 'gain') }),
});
