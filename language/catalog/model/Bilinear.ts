/** Every product of two values through a matrix. */
import { multiply, unknown } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { called, input, weight } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { stretch } from '../rules/broadcasting.ts';
import { activatedBy } from '../rules/single.ts';
import { sized } from '../rules/sizes.ts';
import { made, needAxis, needFloat, typeOf } from '../rules/types.ts';
import { layerWeights } from '../rules/weights.ts';
import { activation, flag, initialiser, integer } from '../settings.ts';

export const Bilinear = model('Bilinear', {
  doc: 'Multiplies each number of one value with each of the other, and the products by a learned matrix: `units` results, each a weighted sum of all products.',
  source: 'PyTorch `torch.nn.Bilinear`',
  examples: ['(features, features) -> Bilinear(8)', '(sequence, sequence) -> Bilinear(4, tanh, bias: false)'],
  inputs: [
    { name: 'a', doc: '`[..., n]`.', dtype: 'float32' },
    { name: 'b', doc: '`[..., m]`.', dtype: 'float32' },
  ],
  settings: {
    units: integer('How many numbers each position gets.', { min: 1 }),
    activation: activation(),
    bias: flag('Adds a learned number to each unit.', true),
    init: initialiser(
      'How the matrix starts; its rows are the products, the last axis of `b` running fastest.',
      'glorotUniform',
    ),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  result(inputs, settings, context) {
    const [a, c] = [typeOf(inputs, 'a'), typeOf(inputs, 'b')];
    const refused =
      needFloat('Bilinear', a, 'a') ??
      needFloat('Bilinear', c, 'b') ??
      needAxis('Bilinear', a) ??
      needAxis('Bilinear', c);
    if (refused) return refused;
    const leading = stretch('Bilinear', a.shape?.slice(0, -1), c.shape?.slice(0, -1));
    if (isRefusal(leading)) return leading;
    const units = sized(context, dimOf(settings, 'units'), 'units', 'Bilinear');
    const marked = activatedBy(settings, dimOf(settings, 'units'), context);
    return [made('float32', leading.shape && [...leading.shape, units], [a, c], marked)];
  },
  weights(inputs, settings) {
    const [n, m] = [typeOf(inputs, 'a').shape?.at(-1), typeOf(inputs, 'b').shape?.at(-1)];
    const units = dimOf(settings, 'units');
    return layerWeights(settings, { kernel: [n && m ? multiply(n, m) : unknown, units], bias: [units] });
  },
  lower(b, inputs, weights, settings) {
    const [a, c] = [b.cast(input(inputs, 'a'), 'float32'), b.cast(input(inputs, 'b'), 'float32')];
    const rows = b.reshape(a, [...a.shape, 1]);
    const columns = b.reshape(c, [...c.shape.slice(0, -1), 1, c.shape.at(-1) ?? 1]);
    const products = b.binary('multiply', rows, columns);
    const [n = 1, m = 1] = products.shape.slice(-2);
    const flat = b.reshape(products, [...products.shape.slice(0, -2), n * m]);
    const y = b.dense(flat, weight(weights, 'kernel'), weights.bias);
    return b.activate(y, called(settings, 'activation'));
  },
});
