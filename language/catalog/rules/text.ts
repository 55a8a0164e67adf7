/** What transforms of texts take. */
import { printType, type TensorType } from '../../shapes/type.ts';
import type { Refusal } from '../entry.ts';
import { refuse } from '../refuse.ts';

export function needText(callee: string, x: TensorType): Refusal | undefined {
  if (x.dtype === undefined || x.dtype === 'string') return undefined;
  return refuse('type/text', { callee, type: printType(x) });
}
