/** Functions that work along one axis and keep the shape: softmax and its kin. */
import type { Settings } from '../../plan/plan.ts';
import type { Facts, Shape } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { model } from '../define.ts';
import type { OperationEntry, RuleContext, SettingDef } from '../entry.ts';
import { input, num } from '../planned.ts';
import { atCallee, isRefusal, replaceWith, setTo } from '../refuse.ts';
import { axis } from '../settings.ts';
import { axisAt, axisIn } from './axis.ts';
import { factsOf } from './facts.ts';
import { warnSingle } from './single.ts';
import { made, needAxis, needFloat, typeOf } from './types.ts';

interface AlongAxis {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  readonly activation?: true;
  readonly random?: true;
  readonly facts?: Facts;
  /** Settings before and behind `axis`. */
  readonly before?: Readonly<Record<string, SettingDef>>;
  readonly behind?: Readonly<Record<string, SettingDef>>;
  apply(b: Builder, x: Value, axis: number, settings: Settings): Value;
}

/** A function along `axis`, the last one unless told otherwise. */
export function alongAxis(name: string, entry: AlongAxis): OperationEntry {
  const named = entry.before !== undefined;
  return model(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'float32' }],
    settings: { ...entry.before, axis: axis('Along which axis.', { default: -1, named }), ...entry.behind },
    ...(entry.activation ? { activation: true } : {}),
    ...(entry.random ? { random: true } : {}),
    result(inputs, settings, context) {
      const x = typeOf(inputs, 'x');
      const refused = needFloat(name, x) ?? needAxis(name, x);
      if (refused) return refused;
      const along = axisIn(name, x, settings);
      if (isRefusal(along)) return along;
      const single = entry.facts?.mark === 'softmax' && warnLast(x.shape, along, context);
      const facts = { ...factsOf(name, entry.activation), ...entry.facts };
      if (single) return [made('float32', x.shape, [x])];
      // Only along the last axis are they probabilities of classes; elsewhere they are shares of places.
      const { mark: _, ...shares } = facts;
      const last = along === undefined || !x.shape || along === x.shape.length - 1;
      return [made('float32', x.shape, [x], last ? facts : shares)];
    },
    lower(b, inputs, _weights, settings) {
      const x = b.cast(input(inputs, 'x'), 'float32');
      return entry.apply(b, x, axisAt(num(settings, 'axis'), x.shape.length), settings);
    },
  });
}

/** Several places with one score each were to share among themselves; a number alone was to be judged. */
function warnLast(shape: Shape, along: number | undefined, context: RuleContext): boolean {
  if (!shape || along !== shape.length - 1) return false;
  const fix =
    shape.length === 1
      ? replaceWith('shape/softmax-of-one/sigmoid', 'sigmoid')
      : setTo('shape/softmax-of-one/axis', 'axis', String(shape.length - 2));
  return warnSingle(shape.at(-1), context, atCallee, [fix]);
}
