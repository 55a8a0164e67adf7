/** How pure the top of a ranking is, wherever it is cut. */
import { rankingMetric } from '../rules/ranking.ts';

export const averagePrecision = rankingMetric('averagePrecision', {
  doc: 'The area under the curve of precision over recall, in steps: the precision at each place where yes is so, averaged. Tells more than `auc` where yes is rare. Of several classes, each against the rest, and the mean over those that occur. Exact over the whole epoch.',
  source: 'scikit-learn `average_precision_score`',
  value(ties) {
    const all = ties.reduce((sum, tie) => sum + tie.yes, 0);
    let [yes, no, area] = [0, 0, 0];
    for (const tie of ties) {
      yes += tie.yes;
      no += tie.no;
      area += (tie.yes / all) * (yes / (yes + no));
    }
    return all === 0 ? Number.NaN : area;
  },
});
