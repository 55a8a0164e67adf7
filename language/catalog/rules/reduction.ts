/**
 * Functions that make one number of several: along an axis, several, or all. With `where`, only the chosen numbers count;
 * over nothing, a sum and a mean are 0.
 */
import type { Settings } from '../../plan/plan.ts';
import { agree } from '../../shapes/broadcast.ts';
import { known } from '../../shapes/dim.ts';
import { printShape, printType, type TensorType } from '../../shapes/type.ts';
import type { DTypeName } from '../../syntax/tree.ts';
import type { Builder, ReduceOp, Value } from '../builder.ts';
import { flagOf } from '../checked.ts';
import { model } from '../define.ts';
import type {
  CheckedSettings,
  InputDef,
  OperationEntry,
  Refusal,
  RuleContext,
  RuleInputs,
  RuleResult,
} from '../entry.ts';
import { flagged, input, maybeNums, optional } from '../planned.ts';
import { atInput, isRefusal, refuse } from '../refuse.ts';
import { axes, flag } from '../settings.ts';
import { axesAt, axesIn } from './axis.ts';
import { trailing } from './loss.ts';
import { warnPadding } from './padding.ts';
import { made, needBool, needFloat, typeOf } from './types.ts';

export const reductionSettings = {
  axis: axes('Which axes are taken together; all of them unless said.', { default: null, named: true }),
  keep: flag('Keeps the axes with size 1.', false),
};

export const whereInput: InputDef = {
  name: 'where',
  doc: 'Which numbers count: of the shape of the value, or of its first axes.',
  dtype: 'bool',
  optional: true,
};

interface Reduction {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  /** What it takes: decimal numbers, whole ones too (given back as they are), or truth values. */
  readonly takes: 'float32' | 'number' | 'bool';
  /** Reads every row, so that padding would be read too. */
  readonly readsPadding?: true;
  apply(b: Builder, x: Value, over: Over, settings: Settings): Value;
}

/** What a reduction runs over. */
export interface Over {
  readonly axes: readonly number[];
  readonly keep: boolean;
  /** Of the value's shape; undefined: everything counts. */
  readonly where: Value | undefined;
}

/** A function over some axes. */
export function reduction(name: string, entry: Reduction): OperationEntry {
  return model(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: [{ name: 'x', doc: 'The numbers.', dtype: entry.takes }, whereInput],
    settings: reductionSettings,
    result: (inputs, settings, context) => reducedType(name, entry, typeOf(inputs, 'x'), inputs, settings, context),
    lower(b, inputs, _weights, settings) {
      const x = input(inputs, 'x');
      return entry.apply(
        b,
        entry.takes === 'float32' ? b.cast(x, 'float32') : x,
        overOf(b, x, { where: optional(inputs, 'where') }, settings),
        settings,
      );
    },
  });
}

/** The type of a reduced value. */
export function reducedType(
  name: string,
  entry: { readonly takes: Reduction['takes']; readonly readsPadding?: true },
  x: TensorType,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
): RuleResult {
  const dtype = takenType(name, entry.takes, x);
  if (isRefusal(dtype)) return dtype;
  const over = axesIn(name, x, settings);
  if (isRefusal(over)) return over;
  const refused = refuseWhere(name, x, inputs, over);
  if (refused) return refused;
  if (entry.readsPadding && over?.includes(0)) warnPadding(name, 'where', x, inputs, context);
  const given = inputs.where === undefined ? [x] : [x, typeOf(inputs, 'where')];
  if (!over || !x.shape) return [made(dtype, undefined, given)];
  return [made(dtype, reducedShape(x.shape, over, flagOf(settings, 'keep')), given)];
}

/** The shape without the reduced axes, or with 1 in their place. */
export function reducedShape<D>(shape: readonly D[], over: readonly number[], keep: boolean) {
  return keep
    ? shape.map((dim, axis) => (over.includes(axis) ? known(1) : dim))
    : shape.filter((_, axis) => !over.includes(axis));
}

/** Axes, `keep` and mask of a plan. */
export function overOf(b: Builder, x: Value, inputs: { readonly where?: Value | undefined }, settings: Settings): Over {
  const where = inputs.where;
  return {
    axes: axesAt(maybeNums(settings, 'axis'), x.shape.length),
    keep: flagged(settings, 'keep'),
    where: where && b.broadcastTo(trailing(b, where, x), x.shape),
  };
}

/** `op` over what counts; `empty` stands in for what does not. */
export function reduceChosen(b: Builder, op: ReduceOp, x: Value, over: Over, empty: number): Value {
  const chosen = over.where ? b.where(over.where, x, b.scalar(empty, x.dtype)) : x;
  return b.reduce(op, chosen, over.axes, over.keep);
}

/** The mean of what counts; 0 where nothing does. */
export function meanChosen(b: Builder, x: Value, over: Over): Value {
  if (!over.where) return b.reduce('mean', x, over.axes, over.keep);
  const count = b.reduce('sum', b.cast(over.where, 'float32'), over.axes, over.keep);
  return b.binary('divide', reduceChosen(b, 'sum', x, over, 0), b.binary('maximum', count, b.scalar(1)));
}

/** The mean square distance from the mean. */
export function varianceChosen(b: Builder, x: Value, over: Over): Value {
  const mean = meanChosen(b, x, { ...over, keep: true });
  return meanChosen(b, b.unary('square', b.binary('subtract', x, mean)), over);
}

/** The root of sums of squares. At 0, where its slope is infinite, the slope is 0: numbers that are all alike would else end training. */
export function rootOf(b: Builder, x: Value): Value {
  const zero = b.scalar(0, x.dtype);
  const none = b.binary('equal', x, zero);
  return b.where(none, zero, b.unary('sqrt', b.where(none, b.scalar(1, x.dtype), x)));
}

function takenType(name: string, takes: Reduction['takes'], x: TensorType): DTypeName | Refusal | undefined {
  if (takes === 'bool') return needBool(name, x, 'x') ?? 'bool';
  if (takes === 'number' && (x.dtype === 'int32' || x.dtype === undefined)) return x.dtype;
  return needFloat(name, x) ?? 'float32';
}

/** A mask must have the value's shape, or that of its first axes up to the last one reduced. */
function refuseWhere(
  name: string,
  x: TensorType,
  inputs: RuleInputs,
  over: readonly number[] | undefined,
): Refusal | undefined {
  if (inputs.where === undefined) return undefined;
  const where = typeOf(inputs, 'where');
  const refused = needBool(name, where, 'where');
  if (refused) return refused;
  if (!x.shape || !where.shape || !over) return undefined;
  const rank = where.shape.length;
  const reaches = rank <= x.shape.length && rank > Math.max(-1, ...over);
  if (reaches && agree(where.shape, x.shape.slice(0, rank)).ok) return undefined;
  const values = { callee: name, shape: printType(where), places: printShape(x.shape) };
  return refuse('shape/condition', values, { at: atInput('where'), blame: where.shape });
}

/** The lowest float32: what stands in for numbers that do not count when the largest is sought. */
export const lowest = -3.4028234663852886e38;
