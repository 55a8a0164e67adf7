/** A probability stays one through changes of shape alone: its scores are changed in the same way. */
import type { Value } from '../language/index.ts';
import { type Built, built } from './built.ts';

export function mapMark(x: Value, apply: (value: Built) => Built): Built {
  const value = built(x);
  const result = apply(value);
  return value.mark ? { ...result, mark: { kind: value.mark.kind, logits: apply(value.mark.logits) } } : result;
}
