/** Adam that looks one step ahead along its running mean. */
import { optimizer } from '../define.ts';
import { num } from '../planned.ts';
import { adamSettings, adamState, blend, correction } from '../rules/adam.ts';

/** Dozat's: the momentum rises from half of `beta1` to all of it, by this power of 0.96 at each step. */
const DECAY = 0.004;

export const NAdam = optimizer('NAdam', {
  doc: '`Adam` that looks one step ahead along the running mean of the gradients, as Nesterov does, with a momentum that rises slowly from half of `beta1` to all of it.',
  source: 'Dozat (2016); PyTorch `NAdam`, with epsilon 1e-7',
  examples: ['NAdam(0.001)', 'NAdam(cosine(1e-3, warmup: 100))'],
  settings: adamSettings,
  // The momentum's product so far is one number, but a state has its weight's shape.
  state: (settings) => [...adamState(settings), { name: 'product', initial: 1 }],
  update(b, { weight, gradient, state, rate, step }, settings) {
    const [beta1, beta2] = [num(settings, 'beta1'), num(settings, 'beta2')];
    const one = b.scalar(1);
    const momentum = (later: number) => {
      const power = b.binary('multiply', b.binary('add', step, b.scalar(later)), b.scalar(DECAY * Math.log(0.96)));
      return b.binary('subtract', b.scalar(beta1), b.binary('multiply', b.unary('exp', power), b.scalar(beta1 / 2)));
    };
    const [now, next] = [momentum(0), momentum(1)];
    const mean = blend(b, state.mean ?? gradient, gradient, beta1);
    const square = blend(b, state.square ?? gradient, b.unary('square', gradient), beta2);
    const largest = state.largest && b.binary('maximum', state.largest, square);
    const product = b.binary('multiply', state.product ?? one, now);
    const fresh = b.binary(
      'divide',
      b.binary('multiply', gradient, b.binary('subtract', one, now)),
      b.binary('subtract', one, product),
    );
    const ahead = b.binary(
      'divide',
      b.binary('multiply', mean, next),
      b.binary('subtract', one, b.binary('multiply', product, next)),
    );
    const root = b.unary('sqrt', b.binary('divide', largest ?? square, correction(b, beta2, step)));
    const divisor = b.binary('add', root, b.scalar(num(settings, 'epsilon')));
    const change = b.binary('multiply', rate, b.binary('divide', b.binary('add', fresh, ahead), divisor));
    return {
      weight: b.binary('subtract', weight, change),
      state: { mean, square, product, ...(largest ? { largest } : {}) },
    };
  },
});
