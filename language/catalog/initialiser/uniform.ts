/** Uniform numbers. */
import { initialiser } from '../define.ts';
import { nums } from '../planned.ts';
import { range } from '../settings.ts';

export const uniform = initialiser('uniform', {
  doc: 'Evenly spread over a range.',
  source: 'Keras 3 `RandomUniform`',
  examples: ['features -> Dense(8, init: uniform(-0.1..0.1))'],
  settings: { range: range('The range.', { default: [-0.05, 0.05] }) },
  draw: (_shape, settings) => {
    const [low = 0, high = 0] = nums(settings, 'range');
    return { kind: 'uniform', low, high };
  },
});
