/**
 * A SavedModel: one graph and the signatures under which parts of it are run. It holds no values of variables; these are
 * assigned by a signature of its own.
 */
import { encode, type Field, message, text, varint } from '../protobuf.ts';
import { graphFields, shapeFields, type TensorflowOperation, type TensorflowType, typeCodes } from './graph-def.ts';

export interface SignatureTensor {
  /** What callers name it. */
  readonly key: string;
  /** `operation:output` in the graph; no commas. */
  readonly tensor: string;
  readonly dtype: TensorflowType;
  readonly shape: readonly number[];
}

export interface Signature {
  readonly name: string;
  readonly inputs: readonly SignatureTensor[];
  readonly outputs: readonly SignatureTensor[];
}

/** The tag by which loaders ask for the graph. */
export const savedModelTag = 'modelwright';

/** The file `saved_model.pb`. */
export function encodeSavedModel(
  operations: readonly TensorflowOperation[],
  signatures: readonly Signature[],
): Uint8Array {
  return encode([
    varint(1, 1),
    message(2, [
      message(1, [text(4, savedModelTag), text(5, '2.9.0')]),
      message(2, graphFields(operations)),
      ...signatures.map((signature) => message(5, [text(1, signature.name), message(2, signatureFields(signature))])),
    ]),
  ]);
}

function signatureFields({ inputs, outputs }: Signature): readonly Field[] {
  return [
    ...inputs.map((tensor) => message(1, [text(1, tensor.key), message(2, tensorFields(tensor))])),
    ...outputs.map((tensor) => message(2, [text(1, tensor.key), message(2, tensorFields(tensor))])),
    text(3, 'modelwright/run'),
  ];
}

function tensorFields({ tensor, dtype, shape }: SignatureTensor): readonly Field[] {
  return [text(1, tensor), varint(2, typeCodes[dtype]), message(3, shapeFields(shape))];
}
