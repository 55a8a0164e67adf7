/** What expressions evaluate to while they are checked. Compile-time values may be symbolic; `unknown` agrees with everything. */
import type { Ref } from '../plan/plan.ts';
import type { Place } from '../problem.ts';
import { constant, type Dim, printDim } from '../shapes/dim.ts';
import { printType, type TensorType, tensor } from '../shapes/type.ts';
import type { Seen } from './checked.ts';
import { type Layer, layerTitle } from './layer.ts';

export type Value =
  | TensorValue
  | { readonly kind: 'size'; readonly dim: Dim }
  /** `value` undefined: depends on a parameter. `parts` are the sizes of a division that left a rest. */
  | { readonly kind: 'number'; readonly value: number | undefined; readonly parts?: readonly [Dim, Dim] }
  | { readonly kind: 'flag'; readonly value: boolean | undefined }
  | { readonly kind: 'text'; readonly value: string | undefined }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'range'; readonly from: Value; readonly to: Value }
  | { readonly kind: 'tuple'; readonly items: readonly TupleItem[] }
  | { readonly kind: 'layer'; readonly layer: Layer }
  | { readonly kind: 'unknown' };

export interface TensorValue {
  readonly kind: 'tensor';
  readonly type: TensorType;
  /** The recorded node that makes it; undefined while nothing is recorded, or after an error. */
  readonly ref: Ref | undefined;
}

export interface TupleItem {
  readonly name: string | undefined;
  readonly value: Value;
  /** An output that only training has, where something else looks at the model. */
  readonly trainingOnly?: Place;
}

export const unknownValue: Value = { kind: 'unknown' };

export function tensorValue(type: TensorType, ref?: Ref): TensorValue {
  return { kind: 'tensor', type, ref };
}

export function sizeValue(dim: Dim): Value {
  return { kind: 'size', dim };
}

/** A compile-time number that stands where a value is needed: batch-free, whole where it was written whole. */
export function constantType(value: Value): TensorType | undefined {
  switch (value.kind) {
    case 'size':
      return tensor('int32', [], { perExample: false, facts: { literal: true } });
    case 'number':
      return tensor('float32', [], { perExample: false, facts: { literal: true } });
    case 'flag':
      return tensor('bool', [], { perExample: false });
    default:
      return undefined;
  }
}

/** The number that a compile-time value is; undefined where it is symbolic or no number. */
export function numberIn(value: Value): number | undefined {
  if (value.kind === 'size') return constant(value.dim);
  return value.kind === 'number' ? value.value : undefined;
}

export function isNumeric(value: Value): boolean {
  return value.kind === 'size' || value.kind === 'number';
}

/** What editors are told of a value. */
export function seen(value: Value): Seen {
  switch (value.kind) {
    case 'tensor':
      return { kind: 'tensor', type: value.type };
    case 'list':
      return { kind: 'list', items: value.items.map(seen) };
    case 'range':
      return { kind: 'range', from: seen(value.from), to: seen(value.to) };
    case 'tuple':
      return { kind: 'tuple', items: value.items.map((item) => ({ name: item.name, value: seen(item.value) })) };
    case 'layer':
      return { kind: 'layer', title: layerTitle(value.layer) };
    case 'number':
      return { kind: 'number', value: value.value };
    case 'size':
    case 'flag':
    case 'text':
    case 'word':
    case 'unknown':
      return value;
  }
}

/** A value in the words of a message: `float32[28]`, `3`, `"train"`, `a layer`. */
export function describe(value: Value): string {
  switch (value.kind) {
    case 'tensor':
      return printType(value.type);
    case 'size':
      return printDim(value.dim);
    case 'number':
      return value.value === undefined ? 'a number' : String(value.value);
    case 'flag':
      return value.value === undefined ? 'true or false' : String(value.value);
    case 'text':
      return value.value === undefined ? 'a text' : `"${value.value}"`;
    case 'word':
      return `\`${value.text}\``;
    case 'list':
      return `[${value.items.map(describe).join(', ')}]`;
    case 'range':
      return `${describe(value.from)}..${describe(value.to)}`;
    case 'tuple':
      return `(${value.items.map((item) => describe(item.value)).join(', ')})`;
    case 'layer':
      return `the layer \`${layerTitle(value.layer)}\``;
    case 'unknown':
      return 'something unknown';
  }
}
