/** How often a place where yes is so scores higher than one where it is not. */
import { rankingMetric } from '../rules/ranking.ts';

export const auc = rankingMetric('auc', {
  doc: 'The area under the ROC curve: how often a place where yes is so gets a higher score than one where it is not (a tie counts half). 0.5 is guessing. Of several classes, each against the rest, and the mean over those that occur. Exact over the whole epoch.',
  source: 'scikit-learn `roc_auc_score` (`multi_class="ovr"`); Keras 3 `AUC`, which rounds to thresholds',
  value(ties) {
    const no = ties.reduce((sum, tie) => sum + tie.no, 0);
    const yes = ties.reduce((sum, tie) => sum + tie.yes, 0);
    let [above, area] = [0, 0];
    for (const tie of ties) {
      area += tie.no * (above + tie.yes / 2);
      above += tie.yes;
    }
    return area / (yes * no);
  },
});
