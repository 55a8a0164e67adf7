/** A path past the layers. Written out by the checker. */
import { combinator } from '../define.ts';

export const residual = combinator('residual', {
  doc: 'Adds its input to the result of what stands in the braces, so both must have the same shape.',
  source: 'He et al. (2015)',
  examples: ['features -> residual { Dense(16, relu) }'],
  settings: {},
});
