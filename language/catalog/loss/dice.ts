/** 1 less the Dice coefficient. */
import { overlap } from '../rules/overlap.ts';

export const dice = overlap('dice', {
  doc: '1 less the Dice coefficient of each example: twice what is said and so, over the sum of what is said and what is so, in probabilities. Small objects count as much as large ones. Takes `sigmoid` or `softmax` probabilities, or bare scores.',
  source: 'Milletari et al. (2016, V-Net) without squares; Keras 3 `Dice`, for each example',
  examples: ['dice(amounts, answers)', 'dice(scores, label)'],
  of: (b, { both, said, is }) => [b.binary('multiply', both, b.scalar(2)), b.binary('add', said, is)],
});
