/** What the numbers of a field stand for: words, signs, pieces, classes, as the run learned them. */
import type { DataNode, PlanData } from '../../language/index.ts';
import { nameOf } from '../data/context.ts';
import type { FittedNodes } from '../data/fit.ts';
import { END, START, special, wordsOf } from '../data/texts.ts';
import type { BytePairCode } from '../data/tokens/encode.ts';
import { codeOf } from '../data/tokens/index.ts';

/** A numbering: what each number stands for, and how a text is numbered by it. */
export interface Tokens {
  readonly count: number;
  /** As people read it; '' for filling. */
  text(number: number): string;
  /** The text that several of them are. */
  join(numbers: readonly number[]): string;
  /** Numbers that a text begins with, where texts can be numbered. */
  encode?(text: string): readonly number[];
  /** What stands at the start of every row. */
  readonly start: number | undefined;
  /** A text ends here, or only filling follows. */
  stops(number: number): boolean;
  /** Never part of a text that is written: the start, an unknown word, a mask. */
  isBanned(number: number): boolean;
}

/** Nodes that pass numbers on as they are. */
const PASSING: ReadonlySet<string> = new Set(['index', 'windows', 'hide', 'previous', 'expand', 'reshape']);
const NUMBERING: ReadonlySet<string> = new Set(['Index', 'Words', 'BytePairs']);

/** The node that numbers what the node `id` gives; undefined where its numbers are no names. */
export function numberingNode(data: PlanData, id: number): DataNode | undefined {
  // Which places are real is no number (`previous`, `characters`).
  if (data.nodes[id]?.dtype === 'bool') return undefined;
  for (let node = data.nodes[id]; node !== undefined; ) {
    const name = nameOf(node.op);
    if (NUMBERING.has(name)) return node;
    const [input] = node.inputs;
    if (!PASSING.has(name) || input === undefined) return undefined;
    node = data.nodes[input];
  }
  return undefined;
}

/** The names behind the numbers of node `id`. */
export function tokensOf(data: PlanData, fitted: FittedNodes | undefined, id: number): Tokens | undefined {
  const node = numberingNode(data, id);
  const learned = node && fitted?.get(node.id);
  if (node === undefined || learned === undefined) return undefined;
  if (learned.kind === 'BytePairs') return bytePairTokens(node, codeOf(learned));
  if (learned.kind === 'Words') return wordTokens(node, learned.values);
  return learned.kind === 'Index' ? indexTokens(data, node, learned) : undefined;
}

function indexTokens(
  data: PlanData,
  node: DataNode,
  {
    values,
    places,
  }: { readonly values: readonly (string | number)[]; readonly places: ReadonlyMap<string | number, number> },
): Tokens {
  const from = data.nodes[node.inputs[0] ?? -1];
  const isText = from !== undefined && (nameOf(from.op) === 'characters' || nameOf(from.op) === 'column');
  const isCharacters = isText && values.every((value) => Array.from(String(value)).length <= 1);
  const text = (number: number): string => shown(String(values[number] ?? number));
  return {
    count: values.length,
    text,
    join: (numbers) => numbers.map(text).join(isCharacters ? '' : ' '),
    start: from?.settings.start === true ? places.get(START) : undefined,
    stops: (number) => values[number] === END || values[number] === '',
    isBanned: (number) => values[number] === undefined || values[number] === START,
    ...(isCharacters ? { encode: (text: string) => Array.from(text).flatMap((sign) => places.get(sign) ?? []) } : {}),
  };
}

function shown(text: string): string {
  return text === START || text === END ? '' : text;
}

const SPECIAL = ['', '▯', '▒'];

function marks({ settings }: DataNode): Pick<Tokens, 'start' | 'stops' | 'isBanned'> {
  const start = settings.start === true ? SPECIAL.length : undefined;
  const end = settings.end === true ? SPECIAL.length + (start === undefined ? 0 : 1) : undefined;
  return {
    start,
    stops: (number) => number === 0 || number === end,
    isBanned: (number) => number === 1 || number === 2 || number === start,
  };
}

function wordTokens(node: DataNode, values: readonly (string | number)[]): Tokens {
  const first = special(node.settings);
  const places = new Map(values.map((value, place) => [String(value), place + first]));
  const text = (number: number): string =>
    number < first ? (SPECIAL[number] ?? '') : String(values[number - first] ?? number);
  return {
    count: values.length + first,
    text,
    join: (numbers) => numbers.map(text).filter(Boolean).join(' '),
    encode: (text) => wordsOf(text).map((word) => places.get(word) ?? 1),
    ...marks(node),
  };
}

function bytePairTokens(node: DataNode, code: BytePairCode): Tokens {
  const first = special(node.settings);
  const join = (numbers: readonly number[]): string =>
    code.decode(numbers.flatMap((number) => (number < first ? [] : [number - first])));
  return {
    count: code.pieces.length + first,
    text: (number) => (number < first ? (SPECIAL[number] ?? '') : join([number])),
    join,
    encode: (text) => code.encode(text).map((number) => number + first),
    ...marks(node),
  };
}
