/** Channels held down by their neighbours. */
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { integer, number } from '../settings.ts';

export const LocalResponseNorm = model('LocalResponseNorm', {
  doc: 'Divides each number by `(bias + alpha · s) ** beta`, where `s` is the sum of the squares of the channels (the last axis) up to `radius` away. Found in networks of about 2012; `BatchNorm` has taken its place.',
  source: 'Krizhevsky et al. (2012); TensorFlow `tf.nn.local_response_normalization`',
  examples: [
    'image -> Conv2D(8, 3) -> LocalResponseNorm',
    'features -> LocalResponseNorm(2, bias: 2, alpha: 1e-4, beta: 0.75)',
  ],
  inputs: [{ name: 'x', doc: 'Numbers with channels last.', dtype: 'float32' }],
  settings: {
    radius: integer('How far the neighbours reach on each side.', { min: 0, default: 5 }),
    bias: number('What is added, so that nothing is divided by zero.', {
      min: 0,
      open: 'min',
      default: 1,
      named: true,
    }),
    alpha: number('How much the squares count.', { min: 0, default: 1, named: true }),
    beta: number('The power that the sum is raised to.', { min: 0, default: 0.5, named: true }),
  },
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needFloat('LocalResponseNorm', x) ?? needAxis('LocalResponseNorm', x) ?? [made('float32', x.shape, [x])];
  },
  lower(b, inputs, _weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const channels = x.shape.at(-1) ?? 1;
    const radius = num(settings, 'radius');
    const band = Array.from({ length: channels * channels }, (_, i) =>
      Math.abs(Math.floor(i / channels) - (i % channels)) <= radius ? num(settings, 'alpha') : 0,
    );
    const sum = b.dense(b.unary('square', x), b.constant(band, [channels, channels]));
    const base = b.binary('add', sum, b.scalar(num(settings, 'bias')));
    return b.binary('multiply', x, b.binary('power', base, b.scalar(-num(settings, 'beta'))));
  },
});
