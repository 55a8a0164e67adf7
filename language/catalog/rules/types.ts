/** What rules say about element types and numbers of axes, and how results inherit from their inputs. */

import { constant, type Dim } from '../../shapes/dim.ts';
import {
  type Facts,
  noFacts,
  printShape,
  printType,
  type Shape,
  type TensorType,
  tensor,
  unknownType,
} from '../../shapes/type.ts';
import type { DTypeName } from '../../syntax/tree.ts';
import type { CheckedCall, FixIdea, Refusal, RuleInputs } from '../entry.ts';
import { atInput, insertBefore, refuse } from '../refuse.ts';
import { factsOf, numbersIn } from './facts.ts';

/** The type of an input; unknown where it is missing (an error was reported). */
export function typeOf(inputs: RuleInputs, name: string): TensorType {
  const type = inputs[name];
  return type === undefined || Array.isArray(type) ? unknownType : (type as TensorType);
}

/** The types of an input that takes any number of values. */
export function typesOf(inputs: RuleInputs): readonly TensorType[] {
  return inputs.list ?? [];
}

/** A result made of `from`: it depends on the example if any of them does. */
export function made(
  dtype: DTypeName | undefined,
  shape: Shape,
  from: readonly TensorType[],
  facts: Facts = noFacts,
): TensorType {
  return tensor(dtype, shape, { perExample: from.some((type) => type.perExample), facts });
}

/** Of these facts, those that stay true when numbers only move: the mark, the range, the index, the padding. */
export function carried(facts: Facts): Facts {
  const { mark, range, values, normalised, activation, field, indexedBy, padded, spectrum } = facts;
  return {
    ...(mark ? { mark } : {}),
    ...(range ? { range } : {}),
    ...(values ? { values } : {}),
    ...(normalised ? { normalised } : {}),
    ...(activation ? { activation } : {}),
    ...(field ? { field } : {}),
    ...(indexedBy ? { indexedBy } : {}),
    ...(padded ? { padded } : {}),
    ...(spectrum ? { spectrum } : {}),
  };
}

/** Facts that hold for all of several values joined into one. */
export function shared(types: readonly TensorType[]): Facts {
  const [first, ...others] = types.map((type) => carried(type.facts));
  if (!first) return noFacts;
  const same = <K extends 'mark' | 'indexedBy' | 'activation' | 'normalised' | 'field'>(key: K) =>
    first[key] !== undefined && others.every((facts) => facts[key] === first[key]) ? { [key]: first[key] } : {};
  const ranges = types.map(({ facts }) => numbersIn(facts));
  return {
    ...same('mark'),
    ...same('indexedBy'),
    ...same('activation'),
    ...same('normalised'),
    ...same('field'),
    ...hull(ranges),
  };
}

/** The range that holds the numbers of all values, where each has one. */
function hull(ranges: readonly (readonly [number, number] | undefined)[]): Facts {
  const known = ranges.filter((range) => range !== undefined);
  if (known.length === 0 || known.length < ranges.length) return noFacts;
  return { values: [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))] };
}

/** What an activation makes known of its result. */
export function markedBy(activation: CheckedCall | undefined): Facts {
  return activation ? factsOf(activation.call.replace(/^model\//u, '')) : noFacts;
}

/** Refuses all but float32; says what to do with whole numbers and raw bytes. */
export function needFloat(callee: string, type: TensorType, name = 'x'): Refusal | undefined {
  if (type.dtype === undefined || type.dtype === 'float32') return undefined;
  if (type.dtype === 'int32' && type.facts.literal) return undefined;
  const fixes: FixIdea[] = type.dtype === 'uint8' ? [insertBefore('type/float/scale', 'scale(0..255, 0..1)')] : [];
  return refuse('type/float', { callee, type: printType(type) }, { variant: type.dtype, at: at(name), fixes });
}

/** Refuses all but whole numbers. */
export function needWhole(callee: string, type: TensorType, name = 'x'): Refusal | undefined {
  if (type.dtype === undefined || type.dtype === 'int32') return undefined;
  return refuse('type/whole', { callee, type: printType(type) }, { at: at(name) });
}

/** Refuses all but true and false. */
export function needBool(callee: string, type: TensorType, name: string): Refusal | undefined {
  if (type.dtype === undefined || type.dtype === 'bool') return undefined;
  return refuse('type/bool', { callee, name, type: printType(type) }, { at: atInput(name) });
}

/** Refuses text. */
export function needNumber(callee: string, type: TensorType, name = 'x'): Refusal | undefined {
  if (type.dtype !== 'string' && type.dtype !== 'bool') return undefined;
  return refuse('type/number', { callee, type: printType(type) }, { at: at(name) });
}

/** What a layer calls the kind of value that it needs. */
export type Form = 'volume' | 'frames' | 'image' | 'sequence' | 'features';
const ranks: Readonly<Record<Form, number>> = { volume: 4, frames: 4, image: 3, sequence: 2, features: 1 };

/**
 * Refuses a value with another number of axes than `form` has. An image without a channel axis gets the fix `expand`,
 * an image where a sequence is needed is flattened or reshaped by its owner.
 */
export function needForm(callee: string, type: TensorType, form: Form): Refusal | undefined {
  if (!type.shape || type.shape.length === ranks[form]) return undefined;
  const axes = type.shape.length;
  const lacksChannels = (form === 'image' && axes === 2) || (form === 'volume' && axes === 3);
  const fixes: readonly FixIdea[] = lacksChannels ? [insertBefore('shape/rank/expand', 'expand')] : squared(type, form);
  return refuse(
    'shape/rank',
    { callee, shape: printShape(type.shape), axes, plural: axes === 1 ? 'axis' : 'axes' },
    { variant: form, blame: type.shape, fixes },
  );
}

/** The numbers of a square picture in a row: `[784]` laid out as `[28, 28, 1]`. */
function squared({ shape }: TensorType, form: Form): readonly FixIdea[] {
  const size = form === 'image' && shape?.length === 1 && shape[0] ? constant(shape[0]) : undefined;
  const side = Math.sqrt(size ?? 0);
  if (side < 4 || !Number.isInteger(side)) return [];
  return [insertBefore('shape/rank/square', `reshape([${side}, ${side}, 1])`)];
}

/** Refuses a single number where at least one axis is needed. */
export function needAxis(callee: string, type: TensorType): Refusal | undefined {
  if (!type.shape || type.shape.length > 0) return undefined;
  return refuse('shape/rank', { callee }, { variant: 'single' });
}

/** The last axis and those before it. */
export function splitLast(shape: readonly Dim[]): readonly [readonly Dim[], Dim | undefined] {
  return [shape.slice(0, -1), shape.at(-1)];
}

function at(name: string): Refusal['at'] {
  return name === 'x' ? { part: 'callee' } : atInput(name);
}
