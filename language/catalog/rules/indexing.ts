/** What `Index` and `OneHot` number, and how two of them are told to be the same. */
import { printType, type TensorType } from '../../shapes/type.ts';
import type { Refusal } from '../entry.ts';
import { refuse } from '../refuse.ts';

/** Two indices written on one column with the same settings are the same index. */
export function indexKey(x: TensorType, unseen: string): string | undefined {
  return x.facts.column === undefined ? undefined : `${x.facts.column}, unseen: ${unseen}`;
}

/** Decimal numbers are not numbered: nearly each of them would be a value of its own. Long ids are whole all the same. */
export function needIndexable(callee: string, x: TensorType): Refusal | undefined {
  if (x.dtype !== 'float32' || x.facts.long) return undefined;
  return refuse('type/indexable', { callee, type: printType(x) });
}
