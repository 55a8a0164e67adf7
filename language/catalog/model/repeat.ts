/** The same layers several times, each round with weights of its own. Written out by the checker. */
import { combinator } from '../define.ts';
import { integer } from '../settings.ts';

export const repeat = combinator('repeat', {
  doc: 'Applies what stands in the braces `times` times in a row; each round has its own weights. `{ i => … }` names the round, counted from 0.',
  source: 'Our own; the stacks of Vaswani et al. (2017) and He et al. (2015)',
  examples: ['features -> repeat(3) { Dense(16, relu) }', 'features -> repeat(2) { i => Dense(16 * 2 ** i) }'],
  settings: { times: integer('How many rounds.', { min: 0 }) },
});
