/** Transforms of texts: `lower`, `trim`, `characters`, `split`, `Words`. */
import type { DataNode, Settings } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { nameOf, type TransformContext } from './context.ts';
import { isTexts, type Values } from './values.ts';
import { WordCounts } from './word-counts.ts';

export function textsOf(x: Values, context: TransformContext): readonly string[] {
  if (isTexts(x.data)) return x.data;
  throw new Failure(
    'data/needs-text',
    `\`${nameOf(context.node.op)}\` works on texts, but ${context.where(0)} holds the number ${String(x.data[0])}.`,
    context.node.place,
  );
}

export function mapTexts(x: Values, change: (text: string) => string, context: TransformContext): Values {
  return { ...x, data: textsOf(x, context).map(change) };
}

/** Private signs of Unicode, which no text has by itself. */
export const [START, END] = ['\u{E000}', '\u{E001}'] as const;

/** Texts as their characters, cut to a length or filled up with the empty text. */
export function characters(x: Values, context: TransformContext): Values {
  const { settings } = context.node;
  return listed(x, context, (text) => within(Array.from(text), settings, START, END));
}

/** Texts cut at a separator. */
export function split(x: Values, context: TransformContext): Values {
  const separator = String(context.node.settings.separator ?? ' ');
  return listed(x, context, (text) => text.split(separator));
}

function listed(x: Values, context: TransformContext, parts: (text: string) => readonly string[]): Values {
  const length = lengthOf(context.node);
  const data = textsOf(x, context).flatMap((text) => {
    const own = parts(text).slice(0, length);
    return own.length < length ? [...own, ...Array.from({ length: length - own.length }, () => '')] : own;
  });
  return { dtype: 'string', shape: [...x.shape, length], count: x.count, data };
}

function lengthOf({ op, settings, place }: DataNode): number {
  if (typeof settings.length === 'number') return settings.length;
  const name = nameOf(op);
  throw new Failure(
    'data/needs-length',
    `\`${name}\` of texts of many lengths needs a length: \`${name}(length: 32)\`.`,
    place,
  );
}

/** A start and an end around the parts of a text, within its length. */
function within<T>(parts: readonly T[], settings: Settings, start: T, end: T): readonly T[] {
  const ends = (settings.start === true ? 1 : 0) + (settings.end === true ? 1 : 0);
  const room = typeof settings.length === 'number' ? Math.max(0, settings.length - ends) : parts.length;
  return [
    ...(settings.start === true ? [start] : []),
    ...parts.slice(0, room),
    ...(settings.end === true ? [end] : []),
  ];
}

// ---- words

const PAD = 0;
const UNKNOWN = 1;
/** 2 is the mask of `hide`. */
const FIRST_FREE = 3;

/** Runs of letters and digits; other signs alone. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu) ?? [];
}

/** The numbers that stand for no word: padding, any other word, the mask, a start and an end. */
export function special(settings: Settings): number {
  return FIRST_FREE + (settings.start === true ? 1 : 0) + (settings.end === true ? 1 : 0);
}

/** The most frequent words of the training part, the most frequent first. */
export async function learnWords(
  node: DataNode,
  chunks: AsyncIterable<Values>,
  context: TransformContext,
): Promise<readonly string[]> {
  const words = new WordCounts();
  for await (const chunk of chunks) {
    for (const text of textsOf(chunk, context)) for (const word of wordsOf(text)) words.add(word);
  }
  const room = Math.max(0, Number(node.settings.size) - special(node.settings));
  // Of equally frequent words the first in order, so that every machine numbers them alike.
  return [...words.counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, room)
    .map(([word]) => word);
}

/** Texts as numbers of words; `places` numbers the learned ones from 0. */
export function words(x: Values, places: ReadonlyMap<string | number, number>, context: TransformContext): Values {
  const first = special(context.node.settings);
  return codesOf(x, context, (text) =>
    wordsOf(text).map((word) => {
      const place = places.get(word);
      return place === undefined ? UNKNOWN : place + first;
    }),
  );
}

/** Texts as numbers, between a start and an end where they are wished, cut off or padded with 0. */
export function codesOf(
  x: Values,
  context: TransformContext,
  encode: (text: string, most: number) => readonly number[],
): Values {
  const { settings } = context.node;
  const length = lengthOf(context.node);
  const start = FIRST_FREE;
  const end = settings.start === true ? FIRST_FREE + 1 : FIRST_FREE;
  const texts = textsOf(x, context);
  const data = new Int32Array(texts.length * length).fill(PAD);
  for (const [row, text] of texts.entries()) {
    data.set(within(encode(text, length), settings, start, end).slice(0, length), row * length);
  }
  return { dtype: 'int32', shape: [...x.shape, length], count: x.count, data };
}
