/** Sentences that one process makes and another tells in the reader's language: a template, and what stands in it. */
import { type Check, isNumber, isText, listOf, shaped } from './guard.ts';

/** One or more whole sentences: `{0}`, `{1}` … are the values. The English template is the key of its translations. */
export interface Words {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** What is written down in English, and what it is made of. */
export interface Told {
  readonly message: string;
  readonly words: readonly Words[];
}

/** A template and its values, as they are written where something is told. */
export type Sentence = readonly [text: string, ...values: (string | number)[]];

/** More is not told of one thing, and no template has as many. */
const MOST = 12;

const few = (check: Check): Check => {
  const list = listOf(check);
  return (value) => Array.isArray(value) && value.length <= MOST && list(value);
};

export const isWords: Check = few(
  shaped({
    text: isText,
    values: few((value) => isText(value) || isNumber(value)),
  } satisfies Record<keyof Words, Check>),
);

/** The template with its values. */
export function filled({ text, values }: Words): string {
  return text.replace(PLACE, (whole, at: string) => String(values[Number(at)] ?? whole));
}

/** What sentences say together. */
export function told(...sentences: readonly Sentence[]): Told {
  const words = sentences.map(([text, ...values]) => ({ text, values }));
  return { message: words.map(filled).join(' '), words };
}

/** As `t` of the panel and `vscode.l10n.t` are: the template translated, its values filled in. */
export type Say = (text: string, ...values: (string | number)[]) => string;

/**
 * Each of the sentences in the reader's language; undefined where one of them is none of `known`, as in a file of another
 * version, or lacks a value: then the message is told as it was written.
 */
export function sentencesOf(
  words: readonly Words[] | undefined,
  known: ReadonlySet<string>,
  say: Say,
): readonly string[] | undefined {
  if (words === undefined || words.length === 0) return undefined;
  if (!words.every((each) => known.has(each.text) && hasValues(each))) return undefined;
  return words.map((each) => {
    const text = say(each.text, ...each.values.map((value) => placed(value, say)));
    return text === filled(each) ? text : text.replace(LOOSE, '');
  });
}

/** Sentences one after the other: after a full stop of Chinese no space is left. */
export function joined(sentences: readonly string[]): string {
  return sentences
    .filter((each) => each !== '')
    .join(' ')
    .replace(/(?<=[。！？]) /gu, '');
}

function hasValues({ text, values }: Words): boolean {
  return [...text.matchAll(PLACE)].every(([, at]) => Number(at) < values.length);
}

/** A name with its line, as `about` writes them: the name stays as it is. */
function placed(value: string | number, say: Say): string | number {
  return typeof value === 'number'
    ? value
    : value.replace(/(`[^`]*`) \(line (\d+)\)/g, (_, name: string, line: string) => say(NAME_AT_LINE, name, line));
}

export const NAME_AT_LINE = '{0} (line {1})';

/** A space that sets off a value, where Chinese has none. */
const LOOSE = /(?<=）) |(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;

const PLACE = /\{(\d)\}/g;
