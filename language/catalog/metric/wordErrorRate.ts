/** How many words are wrong. */
import { maybeNum } from '../planned.ts';
import { editMetric } from '../rules/edits.ts';
import { integer } from '../settings.ts';

export const wordErrorRate = editMetric('wordErrorRate', {
  doc: 'How many words must be put in, taken out or exchanged to make the truth of what is said, over the number of words of the truth; over the whole epoch. Each number is a word, or, with `space`, a character, and words stand between the spaces.',
  source: 'Levenshtein (1966); jiwer `wer`',
  examples: ['wordErrorRate(moments, text, space: 0)'],
  settings: {
    space: integer('The number of the character between words; left out: each number is a word.', {
      min: 0,
      default: null,
      named: true,
    }),
  },
  units(numbers, settings) {
    const space = maybeNum(settings, 'space');
    if (space === undefined) return numbers.map(String);
    const words: number[][] = [[]];
    for (const one of numbers) {
      if (one === space) words.push([]);
      else words[words.length - 1]?.push(one);
    }
    return words.filter((word) => word.length > 0).map((word) => word.join(' '));
  },
});
