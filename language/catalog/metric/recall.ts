/** How many of what is so are found. */
import { countedMetric } from '../rules/counted-metric.ts';
import { share } from '../rules/counts.ts';

export const recall = countedMetric('recall', {
  doc: 'How much is found: of the places where yes or a class is so, the share where it is said (yes: a probability above 0.5, a bare score above 0). Over the whole epoch; 0 where it is never so.',
  source: 'Keras 3 `Recall`; scikit-learn `recall_score` for classes',
  score: ({ hit, is }) => share(hit, is),
});
