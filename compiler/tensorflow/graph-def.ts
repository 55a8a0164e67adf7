/**
 * A TensorFlow graph as bytes. The nodes are plain data; their attributes say their own type, so that nothing about single
 * operations stands here. All operations used are known to libtensorflow 2.9 and later.
 */

import type { DType } from '../program/tensor.ts';
import { bytes, type Field, float, message, text, varint } from '../protobuf.ts';

export type TensorflowType = DType | 'int64' | 'resource';

/** Numbers in the codes of `DataType`, types.proto. */
export const typeCodes: Readonly<Record<TensorflowType, number>> = {
  float32: 1,
  int32: 3,
  uint8: 4,
  int64: 9,
  bool: 10,
  resource: 20,
};

export interface TensorflowConstant {
  readonly dtype: TensorflowType;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

export type TensorflowAttribute =
  | { readonly type: TensorflowType }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly flag: boolean }
  | { readonly text: string }
  | { readonly shape: readonly number[] }
  | { readonly tensor: TensorflowConstant };

export type TensorflowAttributes = Readonly<Record<string, TensorflowAttribute>>;

export interface TensorflowOperation {
  readonly name: string;
  readonly type: string;
  /** `name` or `name:1` for a result, `^name` for "after". */
  readonly inputs: readonly string[];
  readonly attributes: TensorflowAttributes;
}

/** The graph version that 2.9 writes: later versions read it with the same meaning. */
const producer = 1087;
const oldestConsumer = 12;

export function graphFields(operations: readonly TensorflowOperation[]): readonly Field[] {
  return [
    ...operations.map((operation) => message(1, operationFields(operation))),
    message(4, [varint(1, producer), varint(2, oldestConsumer)]),
  ];
}

function operationFields({ name, type, inputs, attributes }: TensorflowOperation): readonly Field[] {
  // Inputs that say "after" must come last.
  const ordered = [...inputs].sort((a, b) => Number(a.startsWith('^')) - Number(b.startsWith('^')));
  return [
    text(1, name),
    text(2, type),
    ...ordered.map((input) => text(3, input)),
    ...Object.entries(attributes).map(([key, value]) =>
      message(5, [text(1, key), message(2, [attributeField(value)])]),
    ),
  ];
}

function attributeField(value: TensorflowAttribute): Field {
  if ('type' in value) return varint(6, typeCodes[value.type]);
  if ('int' in value) return varint(3, value.int);
  if ('ints' in value) {
    return message(
      1,
      value.ints.map((part) => varint(3, part)),
    );
  }
  if ('float' in value) return float(4, value.float);
  if ('flag' in value) return varint(5, value.flag ? 1 : 0);
  if ('text' in value) return text(2, value.text);
  if ('shape' in value) return message(7, shapeFields(value.shape));
  return message(8, tensorFields(value.tensor));
}

export function shapeFields(shape: readonly number[]): readonly Field[] {
  return shape.map((size) => message(2, [varint(1, size)]));
}

function tensorFields({ dtype, shape, data }: TensorflowConstant): readonly Field[] {
  return [varint(1, typeCodes[dtype]), message(2, shapeFields(shape)), bytes(4, contentOf(dtype, data))];
}

/** Little-endian, row-major. */
function contentOf(dtype: TensorflowType, data: ArrayLike<number>): Uint8Array {
  switch (dtype) {
    case 'float32':
      return written(data, 4, (view, offset, value) => view.setFloat32(offset, value, true));
    case 'int32':
      return written(data, 4, (view, offset, value) => view.setInt32(offset, value, true));
    case 'int64':
      return written(data, 8, (view, offset, value) => view.setBigInt64(offset, BigInt(value), true));
    case 'uint8':
      return Uint8Array.from(data);
    case 'bool':
      return Uint8Array.from(data, (value) => (value === 0 ? 0 : 1));
    case 'resource':
      throw new Error('A resource has no constant value.');
  }
}

function written(
  data: ArrayLike<number>,
  size: number,
  write: (view: DataView, offset: number, value: number) => void,
): Uint8Array {
  const content = new Uint8Array(data.length * size);
  const view = new DataView(content.buffer);
  for (let i = 0; i < data.length; i++) write(view, i * size, data[i] ?? 0);
  return content;
}
