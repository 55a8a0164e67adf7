/** Keys of other libraries for the part of the rows that is kept aside: `split: 80/20`, `validation_split: 0.2`. */
import type { Entry, Expr } from '../syntax/tree.ts';
import type { Frame } from './frame.ts';
import { complain, replaceFix } from './report.ts';

const KEYS: ReadonlyMap<string, 'validation' | 'test'> = new Map([
  ['split', 'validation'],
  ['validation_split', 'validation'],
  ['validationSplit', 'validation'],
  ['val_split', 'validation'],
  ['val', 'validation'],
  ['train_split', 'validation'],
  ['train_test_split', 'validation'],
  ['test_split', 'test'],
  ['test_size', 'test'],
]);

/** Reports such a key with the one of this language. False: it is none. */
export function tellSplitKey(item: Entry, body: readonly { readonly kind: string }[], frame: Frame): boolean {
  const key = KEYS.get(item.key.text);
  if (key === undefined) return false;
  const share = shareOf(item.value, item.key.text.startsWith('train') && item.key.text !== 'train_test_split');
  const taken = body.some((other) => other !== item && other.kind === 'entry' && (other as Entry).key.text === key);
  const text = `${key}: ${share ?? '20%'}`;
  const fixes = share === undefined || taken ? [] : [replaceFix(frame, 'data/split-key/share', item, text)];
  complain(frame, item.key, 'data/split-key', { key: item.key.text, share: share ?? '20%', text }, fixes);
  return true;
}

/** The share that is kept aside, as a percentage; `rest`: what is written is the other part. */
function shareOf(expr: Expr, rest: boolean): string | undefined {
  if (expr.kind === 'binary' && expr.operator === '/') return percent(numberIn(expr.right), 100);
  const value = numberIn(expr);
  if (value === undefined) return undefined;
  const whole = expr.kind === 'number' && expr.percent ? 1 : value < 1 ? 1 : 100;
  return percent(rest ? whole - value : value, whole);
}

function percent(value: number | undefined, whole: number): string | undefined {
  const share = value === undefined ? 0 : Math.round((value / whole) * 10_000) / 100;
  return share > 0 && share < 100 ? `${share}%` : undefined;
}

function numberIn(expr: Expr): number | undefined {
  return expr.kind === 'number' ? expr.value : undefined;
}
