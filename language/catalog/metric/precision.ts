/** How often a yes is right. */
import { countedMetric } from '../rules/counted-metric.ts';
import { share } from '../rules/counts.ts';

export const precision = countedMetric('precision', {
  doc: 'How often a yes is right: of the places where yes (a probability above 0.5, a bare score above 0) or a class is said, the share where it is so. Over the whole epoch; 0 where it is never said.',
  source: 'Keras 3 `Precision`; scikit-learn `precision_score` for classes',
  score: ({ hit, said }) => share(hit, said),
});
