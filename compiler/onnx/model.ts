/** An ONNX model as bytes: nodes, constants and typed borders in, the protocol buffer out. */

import type { DType } from '../program/tensor.ts';
import { bytes, encode, type Field, float, message, text, varint } from '../protobuf.ts';

export type OnnxType = DType | 'int64';

export interface OnnxValue {
  readonly name: string;
  readonly dtype: OnnxType;
  readonly shape: readonly number[];
}

export interface OnnxInitializer extends OnnxValue {
  readonly data: ArrayLike<number>;
}

export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };

export interface OnnxOperation {
  readonly type: string;
  readonly domain: string;
  /** '' leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxModel {
  readonly name: string;
  readonly operations: readonly OnnxOperation[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Name of a further output, before the others: an empty sequence of tensors. */
  readonly sequence?: string | undefined;
}

/** Attributes that are floating point although the number written may be whole. */
const floatAttributes: ReadonlySet<string> = new Set(['alpha', 'beta', 'gamma', 'epsilon', 'momentum', 'value_float']);

const elementTypes: Readonly<Record<OnnxType, number>> = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 };
const opset = 21;
const irVersion = 10;

export function encodeModel(model: OnnxModel): Uint8Array {
  const { sequence } = model;
  const empty = sequence === undefined ? [] : [emptySequence(sequence)];
  const graph: Field[] = [
    ...[...model.operations, ...empty].map((operation) => message(1, operationFields(operation))),
    text(2, model.name),
    ...model.initializers.map((value) => message(5, initializerFields(value))),
    ...model.inputs.map((value) => message(11, valueFields(value))),
    ...(sequence === undefined ? [] : [message(12, sequenceFields(sequence))]),
    ...model.outputs.map((value) => message(12, valueFields(value))),
  ];
  const domains = new Set(model.operations.map((operation) => operation.domain));
  domains.add('');
  return encode([
    varint(1, irVersion),
    text(2, 'modelwright'),
    message(7, graph),
    ...[...domains].map((domain) => message(8, [text(1, domain), varint(2, domain === '' ? opset : 1)])),
  ]);
}

function emptySequence(name: string): OnnxOperation {
  return { type: 'SequenceEmpty', domain: '', inputs: [], outputs: [name], attributes: {} };
}

function operationFields(operation: OnnxOperation): Field[] {
  const attributes = Object.entries(operation.attributes).map(([name, value]) =>
    message(5, attributeFields(name, value)),
  );
  return [
    ...operation.inputs.map((name) => text(1, name)),
    ...operation.outputs.map((name) => text(2, name)),
    text(4, operation.type),
    ...attributes,
    ...(operation.domain === '' ? [] : [text(7, operation.domain)]),
  ];
}

function attributeFields(name: string, value: OnnxAttribute): Field[] {
  if (typeof value === 'string') return [text(1, name), bytes(4, ascii(value)), varint(20, 3)];
  if (typeof value === 'number') {
    return floatAttributes.has(name)
      ? [text(1, name), float(2, value), varint(20, 1)]
      : [text(1, name), varint(3, value), varint(20, 2)];
  }
  if ('float' in value) return [text(1, name), float(2, value.float), varint(20, 1)];
  return [text(1, name), ...value.map((part) => varint(8, part)), varint(20, 7)];
}

function ascii(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0));
}

function initializerFields(value: OnnxInitializer): Field[] {
  return [
    ...value.shape.map((size) => varint(1, size)),
    varint(2, elementTypes[value.dtype]),
    text(8, value.name),
    bytes(9, rawData(value.dtype, value.data)),
  ];
}

function rawData(dtype: OnnxType, data: ArrayLike<number>): Uint8Array {
  switch (dtype) {
    case 'float32':
      return new Uint8Array(Float32Array.from(data).buffer);
    case 'int32':
      return new Uint8Array(Int32Array.from(data).buffer);
    case 'int64':
      return new Uint8Array(BigInt64Array.from(Array.from(data, (value) => BigInt(value))).buffer);
    case 'uint8':
    case 'bool':
      return Uint8Array.from(data);
  }
}

function valueFields(value: OnnxValue): Field[] {
  const dims = value.shape.map((size) => message(1, [varint(1, size)]));
  const tensor = [varint(1, elementTypes[value.dtype]), message(2, dims)];
  return [text(1, value.name), message(2, [message(1, tensor)])];
}

/** A sequence of tensors of float32. */
function sequenceFields(name: string): Field[] {
  const element = message(1, [message(1, [varint(1, elementTypes.float32)])]);
  return [text(1, name), message(2, [message(4, [element])])];
}
