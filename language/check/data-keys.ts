/** Keys of a data section that choose, count or change its rows: `keep`, `deduplicate`, `balance`, `weight`, `cache`. */
import type { Ref } from '../plan/plan.ts';
import { printType } from '../shapes/type.ts';
import type { DataDecl, Entry, Expr } from '../syntax/tree.ts';
import { checkCondition } from './data-parts.ts';
import { listed } from './expected.ts';
import { evaluate } from './expression.ts';
import type { Frame } from './frame.ts';
import { complain } from './report.ts';
import { suggest } from './resolve.ts';
import { describe, type TensorValue } from './value.ts';

const CACHES = ['none', 'memory', 'disk'];

/** `rows` sees the raw columns first, `fields` the fields first. */
export function checkRowKeys(entries: ReadonlyMap<string, Entry>, rows: Frame, fields: Frame): KeptRows {
  const cached = cache(entries.get('cache'), rows);
  const kept = keep(entries.get('keep'), rows);
  const alike = deduplicate(entries.get('deduplicate'), rows);
  const balanced = balance(entries.get('balance'), fields);
  const weighed = weight(entries.get('weight'), fields);
  return { keep: kept, deduplicate: alike, balance: balanced, weight: weighed, cache: cached };
}

/** The nodes that say which rows there are, how often they are drawn, and how much they count. */
export interface KeptRows {
  readonly keep: Ref | undefined;
  readonly deduplicate: readonly Ref[];
  readonly balance: Ref | undefined;
  /** How much each counts in the loss. */
  readonly weight: Ref | undefined;
  /** Where rows are kept once they are made. */
  readonly cache: 'memory' | 'disk' | undefined;
}

/** Stages of a field's pipeline. */
const CUTS = /->\s*windows\b/u;
const DROPS = /->\s*drop\b/u;

/** Rows that are chosen one by one, beside rows that `windows` cuts in a row: no run can be made of both. */
export function checkWindowRows(
  declaration: DataDecl,
  entries: ReadonlyMap<string, Entry>,
  otherwise: readonly (Entry | undefined)[],
  frame: Frame,
): void {
  const textOf = (item: { readonly start: number; readonly end: number }) =>
    frame.chunk.text.slice(item.start, item.end);
  const fields = declaration.body.filter((item) => item.kind === 'field' || item.kind === 'bind');
  if (!fields.some((item) => CUTS.test(textOf(item)))) return;
  const choosing = [entries.get('keep'), entries.get('deduplicate'), ...otherwise].flatMap((entry) => entry ?? []);
  for (const { key, value } of choosing) {
    if (isWord(value, 'all') || isWord(value, 'none')) continue;
    complain(frame, key, 'data/windows-rows', { what: `\`${key.text}\`` });
  }
  for (const item of fields) {
    if (DROPS.test(textOf(item))) complain(frame, item, 'data/windows-rows', { what: '`drop`' });
  }
}

/** True for a value that leaves things as they are. */
function isWord(expr: Expr, word: string): boolean {
  return expr.kind === 'missing' || (expr.kind === 'name' && expr.text === word);
}

function cache(entry: Entry | undefined, frame: Frame): KeptRows['cache'] {
  if (!entry) return undefined;
  const { value } = entry;
  if (value.kind === 'missing' || (value.kind === 'name' && CACHES.includes(value.text)))
    return value.kind === 'name' && (value.text === 'memory' || value.text === 'disk') ? value.text : undefined;
  const words = listed(CACHES);
  if (value.kind === 'name') suggest(frame, value, value.text, 'argument/word', CACHES, { setting: 'cache', words });
  else
    complain(frame, value, 'argument/word-kind', { setting: 'cache', words, value: describe(evaluate(value, frame)) });
  return undefined;
}

function keep(entry: Entry | undefined, frame: Frame): Ref | undefined {
  if (!entry || isWord(entry.value, 'all')) return undefined;
  const value = evaluate(entry.value, frame);
  if (value.kind === 'unknown') return undefined;
  if (value.kind === 'tensor') {
    checkCondition(value, entry.value, 'keep', frame);
    return value.ref;
  }
  complain(frame, entry.value, 'data/condition', { key: 'keep', type: describe(value) });
  return undefined;
}

/** `deduplicate: [user, movie]`: rows that are alike in these columns count once. */
function deduplicate(entry: Entry | undefined, frame: Frame): readonly Ref[] {
  if (!entry || isWord(entry.value, 'none')) return [];
  const { value } = entry;
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => columnIn(item, 'deduplicate', frame)?.ref ?? []);
}

function columnIn(expr: Expr, key: string, frame: Frame): TensorValue | undefined {
  const value = evaluate(expr, frame);
  if (value.kind === 'tensor') return value;
  if (value.kind !== 'unknown') complain(frame, expr, 'data/key-column', { key, value: describe(value) });
  return undefined;
}

/** `balance: kind`: rows of rare classes are drawn more often. */
function balance(entry: Entry | undefined, frame: Frame): Ref | undefined {
  if (!entry || isWord(entry.value, 'none')) return undefined;
  const column = columnIn(entry.value, 'balance', frame);
  if (!column) return undefined;
  const { type } = column;
  const single = type.shape === undefined || type.shape.length === 0;
  const whole = type.dtype !== 'float32' || (type.facts.range !== undefined && type.facts.classes !== undefined);
  if (!single || !whole) complain(frame, entry.value, 'data/balance', { type: printType(type) });
  return column.ref;
}

/** `weight: importance`: how much each row counts in the loss. */
function weight(entry: Entry | undefined, frame: Frame): Ref | undefined {
  if (!entry || isWord(entry.value, 'none')) return undefined;
  const column = columnIn(entry.value, 'weight', frame);
  if (!column) return undefined;
  const { type } = column;
  const single = type.shape === undefined || type.shape.length === 0;
  const isNumber = type.dtype !== 'string' && type.dtype !== 'bool';
  const [low] = type.facts.values ?? type.facts.range ?? [];
  if (!single || !isNumber) complain(frame, entry.value, 'data/weight', { type: printType(type) });
  else if (low !== undefined && low < 0) complain(frame, entry.value, 'data/weight.negative', { low });
  return column.ref;
}
