/** `BytePairs`: texts as numbers of pieces that are learned on the training part. */
import type { DataNode } from '../../../language/index.ts';
import type { TransformContext } from '../context.ts';
import { codesOf, special, textsOf } from '../texts.ts';
import type { Values } from '../values.ts';
import { WordCounts } from '../word-counts.ts';
import { signs, wordsOf } from './alphabet.ts';
import { BytePairCode } from './encode.ts';
import { learnMerges, type Merge } from './learn.ts';

/** What `fitted.json` holds of `BytePairs`. */
export interface FittedPairs {
  readonly kind: 'BytePairs';
  /** In the order in which they were learned, written as in a `tokenizer.json`: `Ġ t`. */
  readonly merges: readonly Merge[];
}

/** The merges of the training part's texts, as many as there is room for. */
export async function learnPairs(
  node: DataNode,
  chunks: AsyncIterable<Values>,
  context: TransformContext,
): Promise<FittedPairs> {
  const words = new WordCounts();
  for await (const chunk of chunks) {
    for (const text of textsOf(chunk, context)) for (const word of wordsOf(text)) words.add(word);
  }
  const room = Number(node.settings.size) - special(node.settings) - signs.length;
  return { kind: 'BytePairs', merges: learnMerges(words.counts, Math.max(0, room)) };
}

const codes = new WeakMap<FittedPairs, BytePairCode>();

/** The code of what was learned, made once. */
export function codeOf(fitted: FittedPairs): BytePairCode {
  const known = codes.get(fitted);
  if (known !== undefined) return known;
  const made = new BytePairCode(fitted.merges);
  codes.set(fitted, made);
  return made;
}

/** Texts as numbers, cut off or padded to the length of the setting. */
export function bytePairs(x: Values, fitted: FittedPairs, context: TransformContext): Values {
  const code = codeOf(fitted);
  const first = special(context.node.settings);
  return codesOf(x, context, (text, most) => code.encode(text, most).map((number) => number + first));
}
