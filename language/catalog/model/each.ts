/** A layer for each place of the first axis. Written out by the checker. */
import { combinator } from '../define.ts';

export const each = combinator('each', {
  doc: 'Applies what stands in the braces to each place of the first axis, each with its own weights, and puts the results beside each other again. `{ i => … }` names the place, counted from 0.',
  source: 'Our own; a list of layers in PyTorch (`ModuleList`), applied place by place',
  examples: ['stack(features, features) -> each { Dense(4, relu) }', 'sequence -> each { Dense(4, relu) -> Dense(1) }'],
  settings: {},
});
