/** How many characters are wrong. */
import { editMetric } from '../rules/edits.ts';

export const characterErrorRate = editMetric('characterErrorRate', {
  doc: 'How many characters must be put in, taken out or exchanged to make the truth of what is said, over the length of the truth; over the whole epoch. Can be above 1.',
  source: 'Levenshtein (1966); torchaudio `edit_distance`, jiwer `cer`',
  examples: ['characterErrorRate(moments, text)', 'characterErrorRate(moments, text, blank: 0)'],
  units: (numbers) => numbers.map(String),
});
