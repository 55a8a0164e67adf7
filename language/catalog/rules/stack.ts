/** The type of values put beside each other along a new axis; models and data share it. */
import { agree } from '../../shapes/broadcast.ts';
import { known, printDim } from '../../shapes/dim.ts';
import { printShape, type TensorType } from '../../shapes/type.ts';
import type { CheckedSettings, Refusal, RuleContext, RuleInputs, RuleResult } from '../entry.ts';
import { atCall, isRefusal, refuse } from '../refuse.ts';
import { axisIn } from './axis.ts';
import { commonType } from './join.ts';
import { made, shared, typesOf } from './types.ts';

export function stackedType(inputs: RuleInputs, settings: CheckedSettings, context: RuleContext): RuleResult {
  const types = typesOf(inputs);
  const dtype = commonType('stack', types, context);
  if (isRefusal(dtype)) return dtype;
  const refused = unlike(types);
  if (refused) return refused;
  const [first] = types;
  const along = first && axisIn('stack', first, settings, 'axis', 1);
  if (isRefusal(along)) return along;
  if (!first?.shape || along === undefined) return [made(dtype, undefined, types, shared(types))];
  const size = known(types.length);
  const count = context.because(size, { key: 'why/count', values: { size: printDim(size), callee: 'stack' } }, []);
  const shape = [...first.shape.slice(0, along), count, ...first.shape.slice(along)];
  return [made(dtype, shape, types, shared(types))];
}

function unlike(types: readonly TensorType[]): Refusal | undefined {
  const [first, ...others] = types;
  for (const other of others) {
    if (!first || agree(first.shape, other.shape).ok) continue;
    const values = { callee: 'stack', left: printShape(first.shape), right: printShape(other.shape) };
    const blame = [...(first.shape ?? []), ...(other.shape ?? [])];
    return refuse('shape/join', values, { variant: 'stack', at: atCall, blame });
  }
  return undefined;
}
