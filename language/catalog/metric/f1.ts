/** The harmonic mean of precision and recall. */
import { countedMetric } from '../rules/counted-metric.ts';
import { share } from '../rules/counts.ts';

export const f1 = countedMetric('f1', {
  doc: 'The harmonic mean of precision and recall: high only where both are. Over the whole epoch.',
  source: 'Keras 3 `F1Score`; scikit-learn `f1_score`',
  score: ({ hit, said, is }) => share(2 * hit, said + is),
});
