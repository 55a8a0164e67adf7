/** The type of a value with a new axis of size 1; models and data share it. */
import { known } from '../../shapes/dim.ts';
import type { CheckedSettings, RuleInputs, RuleResult } from '../entry.ts';
import { isRefusal } from '../refuse.ts';
import { axisIn } from './axis.ts';
import { carried, made, typeOf } from './types.ts';

export function expandedType(inputs: RuleInputs, settings: CheckedSettings): RuleResult {
  const x = typeOf(inputs, 'x');
  const along = axisIn('expand', x, settings, 'axis', 1);
  if (isRefusal(along)) return along;
  const facts = carried(x.facts);
  if (along === undefined || !x.shape) return [made(x.dtype, undefined, [x], facts)];
  return [made(x.dtype, [...x.shape.slice(0, along), known(1), ...x.shape.slice(along)], [x], facts)];
}
