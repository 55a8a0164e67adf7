/** Adam (Kingma & Ba, 2014) in the form of tfjs and PyTorch: epsilon stands beside the corrected root. */
import { optimizer } from '../define.ts';
import { adamSettings, adamState, adamStep } from '../rules/adam.ts';

export const Adam = optimizer('Adam', {
  doc: 'Keeps a running mean of each gradient and of its square, and steps by their ratio: every weight gets a step size of its own.',
  source: 'Kingma & Ba (2014); formula of tfjs and PyTorch, with epsilon 1e-7',
  examples: ['Adam(0.001)', 'Adam(cosine(1e-3, warmup: 100))', 'Adam(1e-3, amsgrad: true)'],
  settings: adamSettings,
  state: adamState,
  update(b, values, settings) {
    const { change, state } = adamStep(b, values, settings);
    return { weight: b.binary('subtract', values.weight, change), state };
  },
});
