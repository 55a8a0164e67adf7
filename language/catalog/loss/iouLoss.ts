/** 1 less the intersection over union. */
import { overlap } from '../rules/overlap.ts';

export const iouLoss = overlap('iouLoss', {
  doc: '1 less the intersection over union of each example: what is said and so, over what is said or so, in probabilities. Takes `sigmoid` or `softmax` probabilities, or bare scores.',
  source: 'Rahman & Wang (2016)',
  examples: ['iouLoss(amounts, answers)', 'iouLoss(scores, label)'],
  of: (b, { both, said, is }) => [both, b.binary('subtract', b.binary('add', said, is), both)],
});
