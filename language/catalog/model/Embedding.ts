/** A learned row of numbers for each whole number. */
import { constant } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import type { CheckedSettings, Refusal } from '../entry.ts';
import { input, weight } from '../planned.ts';
import { refuse } from '../refuse.ts';
import { sized } from '../rules/sizes.ts';
import { made, needWhole, typeOf } from '../rules/types.ts';
import { startOf, trained } from '../rules/weights.ts';
import { initialiser, integer } from '../settings.ts';

export const Embedding = model('Embedding', {
  doc: 'Looks each whole number up in a learned table of `size` rows, `width` numbers a row.',
  source: 'Keras 3 `keras.layers.Embedding`',
  examples: ['tokens -> Embedding(50, 16)'],
  inputs: [{ name: 'x', doc: 'Whole numbers from 0 to `size` − 1.', dtype: 'int32' }],
  settings: {
    size: integer('How many different numbers there are.', { min: 1 }),
    width: integer('How many learned numbers each gets.', { min: 1 }),
    init: initialiser('How the rows start.', { call: 'initialiser/uniform', settings: { range: [-0.05, 0.05] } }),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needWhole('Embedding', x) ?? refuseOutside(x, settings);
    if (refused) return refused;
    const facts = x.facts.padded ? { padded: true } : {};
    const width = sized(context, dimOf(settings, 'width'), 'width', 'Embedding');
    return [made('float32', x.shape && [...x.shape, width], [x], facts)];
  },
  weights: (_inputs, settings) => ({
    weight: trained([dimOf(settings, 'size'), dimOf(settings, 'width')], startOf(settings, 'init', 'uniform'), [0]),
  }),
  lower: (b, inputs, weights) => b.gather(weight(weights, 'weight'), b.cast(input(inputs, 'x'), 'int32')),
});

/** Numbers that are known to lie outside the table. */
function refuseOutside(x: TensorType, settings: CheckedSettings): Refusal | undefined {
  const size = constant(dimOf(settings, 'size'));
  const [low, high] = x.facts.range ?? [];
  if (size === undefined || low === undefined || high === undefined || (low >= 0 && high < size)) return undefined;
  return refuse('shape/table', { callee: 'Embedding', size, low, high }, { blame: [dimOf(settings, 'size')] });
}
