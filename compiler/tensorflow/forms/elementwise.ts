/** Element by element: functions of one and of two numbers, choices, casts. Slopes that TensorFlow has kernels for are found. */
import type { BinaryAttributes, BinaryName } from '../../program/ops/binary.ts';
import type { CastAttributes } from '../../program/ops/cast.ts';
import type { UnaryAttributes, UnaryName } from '../../program/ops/unary.ts';
import { at, sameShape, type Tensor } from '../../program/tensor.ts';
import { form, type TensorflowNode } from '../emitter.ts';
import { slopeKernel } from './slopes.ts';

const unaryNames: Readonly<Record<Exclude<UnaryName, 'not' | 'positive'>, string>> = {
  negate: 'Neg',
  exp: 'Exp',
  log: 'Log',
  log1p: 'Log1p',
  sqrt: 'Sqrt',
  rsqrt: 'Rsqrt',
  abs: 'Abs',
  square: 'Square',
  sign: 'Sign',
  sin: 'Sin',
  cos: 'Cos',
  erf: 'Erf',
  round: 'Round',
  floor: 'Floor',
  ceil: 'Ceil',
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  softplus: 'Softplus',
  reciprocal: 'Reciprocal',
};

export const unaryForm = form<UnaryAttributes>((t) => {
  const { of } = t.node.attributes;
  const { dtype } = at(t.node.inputs, 0);
  if (of === 'not') t.set(t.op('LogicalNot', [t.input(0)]));
  else if (of === 'positive') t.set(t.cast(t.typed('Greater', [t.input(0), t.float(0)], dtype), 'bool', dtype));
  else t.set(t.typed(unaryNames[of], [t.input(0)], dtype));
});

const binaryNames: Readonly<Record<Exclude<BinaryName, 'and' | 'or' | 'divide'>, string>> = {
  add: 'AddV2',
  subtract: 'Sub',
  multiply: 'Mul',
  floorDivide: 'FloorDiv',
  modulo: 'FloorMod',
  power: 'Pow',
  minimum: 'Minimum',
  maximum: 'Maximum',
  equal: 'Equal',
  notEqual: 'NotEqual',
  less: 'Less',
  lessEqual: 'LessEqual',
  greater: 'Greater',
  greaterEqual: 'GreaterEqual',
};

export const binaryForm = form<BinaryAttributes>((t) => {
  const { of } = t.node.attributes;
  const inputs = [t.input(0), t.input(1)];
  const { dtype } = at(t.node.inputs, 0);
  if (of === 'and') t.set(t.op('LogicalAnd', inputs));
  else if (of === 'or') t.set(t.op('LogicalOr', inputs));
  else if (of === 'divide') t.set(t.typed(dtype === 'float32' ? 'RealDiv' : 'Div', inputs, dtype));
  else if (of === 'multiply') t.set(slopeKernel(t) ?? t.typed('Mul', inputs, dtype));
  else if (of === 'add') t.set(biasAdd(t) ?? t.typed('AddV2', inputs, dtype));
  else t.set(t.typed(binaryNames[of], inputs, dtype));
});

/** A row added to the last axis of a product: TensorFlow fuses it into the product when it is said this way. */
function biasAdd(t: TensorflowNode<BinaryAttributes>): string | undefined {
  const [a, b] = [at(t.node.inputs, 0), at(t.node.inputs, 1)];
  const fits = (x: Tensor, row: Tensor): boolean =>
    x.dtype === 'float32' &&
    x.shape.length > 1 &&
    row.shape.length === 1 &&
    at(row.shape, 0) === at(x.shape, -1) &&
    ['matmul', 'conv2d'].includes(t.producer(x)?.primitive.name ?? '');
  if (fits(a, b)) return t.typed('BiasAdd', [t.input(0), t.input(1)], 'float32');
  if (fits(b, a)) return t.typed('BiasAdd', [t.input(1), t.input(0)], 'float32');
  return undefined;
}

export const whereForm = form((t) => {
  t.set(t.typed('SelectV2', [t.input(0), t.input(1), t.input(2)], at(t.node.outputs, 0).dtype));
});

export const castForm = form<CastAttributes>((t) => {
  t.set(t.cast(t.input(0), at(t.node.inputs, 0).dtype, t.node.attributes.to));
});

export const broadcastForm = form<{ readonly shape: readonly number[] }>((t) => {
  const { shape, dtype } = at(t.node.outputs, 0);
  if (sameShape(shape, at(t.node.inputs, 0).shape)) t.set(t.input(0));
  else t.set(t.typed('BroadcastTo', [t.input(0), t.ints(shape)], dtype, { Tidx: { type: 'int32' } }));
});
