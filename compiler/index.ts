/** The façade of the compiler: a plan becomes programs of primitives, these become an engine's graph. */
export { type Compiled, compile, type Explained, type LowerOptions, type Mode, type WeightUpdate } from './compile.ts';
export { costOf } from './cost.ts';
export { type Costs, macsOf } from './costs.ts';
export {
  CHOICE,
  type Explanation,
  gradientOutput,
  type Look,
  lookOutput,
  resultOutput,
  SCORE,
  SHARE,
  type Source,
  slopeOutput,
  sourceOutput,
} from './explain.ts';
export { normOutput, type Observed, observedLayers, observedNumbers } from './observe.ts';
export { encodeModel } from './onnx/model.ts';
export { type OnnxGraph, writeOnnx } from './onnx/write.ts';
export { hashText, philox, type Stream, stream } from './philox.ts';
export { interpret } from './program/interpret.ts';
export type { Program, ProgramInput, ProgramOutput, RandomDraw } from './program/program.ts';
export type { DType } from './program/tensor.ts';
export * as protobuf from './protobuf.ts';
export { shortestDivisor, type WeightLimit } from './regularise.ts';
export { swapName } from './tensorflow/averages.ts';
export { updateName } from './tensorflow/gathered.ts';
export { type TensorflowType, typeCodes } from './tensorflow/graph-def.ts';
export {
  gatherName,
  signatureName,
  type TensorflowDraw,
  type TensorflowPart,
  type WrittenPart,
} from './tensorflow/part.ts';
export { encodeSavedModel, type Signature, type SignatureTensor, savedModelTag } from './tensorflow/saved-model.ts';
export { type TensorflowVariable, tensorKeys } from './tensorflow/variables.ts';
export { type TensorflowModel, writeTensorflow } from './tensorflow/write.ts';
export { type Kernel, type KernelUpdate, writeKernel } from './wasm/kernel.ts';
export { sumsAt } from './wasm/update.ts';
