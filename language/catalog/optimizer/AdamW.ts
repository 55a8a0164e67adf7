/** Adam with decoupled weight decay. */
import { optimizer } from '../define.ts';
import { num } from '../planned.ts';
import { adamSettings, adamState, adamStep, excludeSetting } from '../rules/adam.ts';
import { number } from '../settings.ts';

export const AdamW = optimizer('AdamW', {
  doc: '`Adam` that also takes a part of each weight away at each step, apart from the gradient and its moments.',
  source: 'Loshchilov & Hutter (2017); Keras 3 `keras.optimizers.AdamW`, PyTorch `AdamW`',
  examples: ['AdamW(0.001)', 'AdamW(cosine(3e-4, warmup: 100), decay: 0.1, exclude: [LayerNorm, Embedding])'],
  settings: {
    ...adamSettings,
    decay: number('What part of each weight is taken away at each step, times the rate.', {
      min: 0,
      default: 0.004,
      named: true,
    }),
    exclude: excludeSetting,
  },
  state: adamState,
  update(b, values, settings) {
    const { change, state } = adamStep(b, values, settings);
    const kept = b.binary('subtract', b.scalar(1), b.binary('multiply', values.rate, b.scalar(num(settings, 'decay'))));
    return { weight: b.binary('subtract', b.binary('multiply', values.weight, kept), change), state };
  },
});
