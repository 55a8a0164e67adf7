/**
 * `eval/<name>/rows.jsonl`: a head line, then one line for each row in the order of the part, with an entry for each answer:
 * classes `[is, said, probability of what is said, probability of what is so]`, yes-no `[is, probability]`, labels `[[is…],
 * [probability…]]`, numbers `[[is…], [said…], mean error]`, places `[mean surprise, share right, places, [probability of what is
 * so…], [said…]]`, sequences `[edits, signs, [is…], [said…]]`, ranked `[rank, likeness, [row that has the first key…], [its
 * likeness…]]`; `null` where a row does not count.
 */
import type { EvaluationAnswer } from './evaluation.ts';
import { isNumber, isRecord, parseJson } from './guard.ts';

export const ROWS_VERSION = 1;

export interface RowsHead {
  readonly version: typeof ROWS_VERSION;
  readonly answers: readonly { readonly name: string; readonly kind: EvaluationAnswer['kind'] }[];
}

/** A row's entry of one answer; numbers as they stand in the line. */
export type RowEntry = readonly (number | readonly number[])[] | null;

/** The line of the head. */
export function rowsHeadLine(answers: RowsHead['answers']): string {
  return `${JSON.stringify({ version: ROWS_VERSION, answers } satisfies RowsHead)}\n`;
}

/** The entries of one answer by row; undefined where the text is from another version or holds no such answer. */
export function parseRows(text: string, answer: number): readonly RowEntry[] | undefined {
  const [first = '', ...lines] = text.split('\n');
  const head = parseJson(first);
  if (!isRecord(head) || head.version !== ROWS_VERSION || !Array.isArray(head.answers)) return undefined;
  if (answer < 0 || answer >= head.answers.length) return undefined;
  return lines.flatMap((line): RowEntry[] => {
    if (line === '') return [];
    const row = parseJson(line);
    const entry: unknown = Array.isArray(row) ? row[answer] : undefined;
    return [isEntry(entry) ? entry : null];
  });
}

function isEntry(value: unknown): value is NonNullable<RowEntry> {
  return Array.isArray(value) && value.every((each) => isNumber(each) || (Array.isArray(each) && each.every(isNumber)));
}

/** Which rows are asked for. */
export type RowFilter =
  /** All that count, in their order. */
  | { readonly kind: 'all' }
  /** Of classes and places; of yes-no with 0 and 1, by `threshold`. */
  | { readonly kind: 'cell'; readonly is: number; readonly said: number; readonly threshold: number }
  /** Wrong answers, the most confident first. */
  | { readonly kind: 'mistakes'; readonly threshold: number }
  /** Of numbers, places and sequences: the largest error first; of what is ranked: the lowest rank. */
  | { readonly kind: 'worst' }
  /** The other way round. */
  | { readonly kind: 'best' }
  /** Of labels: this label is wrong. */
  | { readonly kind: 'label'; readonly label: number };

/** A row that was found, with its entry. */
export interface FoundRow {
  readonly row: number;
  readonly entry: NonNullable<RowEntry>;
}

/** The rows that a filter means, in the order in which they are looked at. */
export function findRows(
  kind: EvaluationAnswer['kind'],
  entries: readonly RowEntry[],
  filter: RowFilter,
): readonly FoundRow[] {
  const scored: (FoundRow & { readonly score: number })[] = [];
  for (const [row, entry] of entries.entries()) {
    const score = entry === null ? undefined : scoreOf(kind, entry, filter);
    if (entry !== null && score !== undefined) scored.push({ row, entry, score });
  }
  return scored.sort((a, b) => b.score - a.score || a.row - b.row).map(({ row, entry }) => ({ row, entry }));
}

/** How far to the front a row belongs; undefined: it is not meant. */
function scoreOf(kind: EvaluationAnswer['kind'], entry: NonNullable<RowEntry>, filter: RowFilter): number | undefined {
  const at = (place: number): number => {
    const value = entry[place];
    return typeof value === 'number' ? value : Number.NaN;
  };
  if (filter.kind === 'all') return 0;
  if (filter.kind === 'best') {
    const worst = scoreOf(kind, entry, { kind: 'worst' });
    return worst === undefined ? undefined : -worst;
  }
  switch (kind) {
    case 'classes': {
      const [is, said, confidence] = [at(0), at(1), at(2)];
      if (filter.kind === 'cell') return is === filter.is && said === filter.said ? confidence : undefined;
      return filter.kind === 'mistakes' && is !== said ? confidence : undefined;
    }
    case 'yes-no': {
      if (filter.kind !== 'cell' && filter.kind !== 'mistakes') return undefined;
      const [is, probability] = [at(0), at(1)];
      const said = probability > filter.threshold ? 1 : 0;
      const confidence = said === 1 ? probability : 1 - probability;
      if (filter.kind === 'cell') return is === filter.is && said === filter.said ? confidence : undefined;
      return is === said ? undefined : confidence;
    }
    case 'labels': {
      if (filter.kind !== 'label') return undefined;
      const [is, probability] = [listAt(entry, 0)[filter.label], listAt(entry, 1)[filter.label]];
      if (is === undefined || probability === undefined || probability > 0.5 === is > 0.5) return undefined;
      return Math.abs(probability - 0.5);
    }
    case 'numbers':
      return filter.kind === 'worst' ? at(2) : undefined;
    case 'places':
    case 'ranked':
      return filter.kind === 'worst' ? at(0) : undefined;
    case 'sequences':
      // What is said where nothing is so is wrong altogether.
      return filter.kind === 'worst' ? at(0) / Math.max(1, at(1)) : undefined;
    default:
      return assertNever(kind);
  }
}

/** A list within an entry; empty where there is none. */
export function listAt(entry: NonNullable<RowEntry>, place: number): readonly number[] {
  const value = entry[place];
  return typeof value === 'object' ? value : [];
}

function assertNever(value: never): never {
  throw new Error(`Unknown answer: ${JSON.stringify(value)}`);
}
