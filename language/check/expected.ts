/** What settings take, in the words of messages. */
import type { SettingType } from '../catalog/entry.ts';

/** What a setting takes, in words. */
export function expected(type: SettingType): string {
  switch (type.kind) {
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'flag':
      return '`true` or `false`';
    case 'word':
      return listed(type.words);
    case 'text':
      return 'a text in quotes';
    case 'pair':
      return type.count === 1 ? 'a whole number' : `a whole number or ${type.count} of them, like \`(3, 3)\``;
    case 'padding':
      return '`valid`, `same`, or a number of cells';
    case 'axis':
      return type.many ? 'the number of an axis or a list of them' : 'the number of an axis';
    case 'shape':
      return 'a list of sizes, like `[7, 7, 64]`';
    case 'numbers':
      return 'a list of numbers';
    case 'names':
      return 'a list of names, like `[digit, speaker]`';
    case 'range':
      return 'a range, like `0..1`';
    case 'items':
      return 'an index';
    case 'activation':
      return 'the name of an activation, like `relu`';
    case 'initialiser':
      return 'how weights start, like `zeros` or `normal(0.02)`';
    case 'rate':
      return 'a number or a schedule, like `cosine(1e-3)`';
    case 'metric':
      return 'the name of a metric, like `validation.loss`';
    case 'layers':
      return 'a layer of the model, a class like `LayerNorm`, or a list of these';
    case 'literal':
      return 'a number, a text or a word';
  }
}

/** Names in a row, for a message: `a`, `b`, `c`. */
export function enumerated(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

export function listed(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length <= 1 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
