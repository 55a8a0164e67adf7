/** `relu` with a slope below zero that is drawn by chance while training. */
import { model } from '../define.ts';
import { input, isList } from '../planned.ts';
import { made, needFloat, typeOf } from '../rules/types.ts';
import { range } from '../settings.ts';

export const rrelu = model('rrelu', {
  doc: 'Keeps numbers above 0 and multiplies each one below by a slope from `slopes`: one drawn by chance while training, else the middle one.',
  source: 'Xu et al. (2015); PyTorch `torch.nn.RReLU`',
  examples: ['features -> rrelu', 'features -> rrelu(0.1..0.3)'],
  inputs: [{ name: 'x', doc: 'Any numbers.', dtype: 'float32' }],
  settings: { slopes: range('The slopes from least to greatest.', { default: [0.125, 1 / 3] }) },
  random: true,
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return needFloat('rrelu', x) ?? [made('float32', x.shape, [x])];
  },
  lower(b, inputs, _weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const [low, high] = isList(settings.slopes) ? settings.slopes.map(Number) : [];
    const [least, most] = [low ?? 0, high ?? 0];
    const drawn = b.training
      ? b.binary('add', b.binary('multiply', b.random('uniform', x.shape), b.scalar(most - least)), b.scalar(least))
      : b.scalar((least + most) / 2);
    return b.binary('add', b.unary('relu', x), b.binary('multiply', b.binary('minimum', x, b.scalar(0)), drawn));
  },
});
