/** Primitives on four numbers at a time: the instructions that leave a node's value on the stack. */
import type { BinaryAttributes, BinaryName } from '../program/ops/binary.ts';
import type { UnaryAttributes, UnaryName } from '../program/ops/unary.ts';
import { at, type Node } from '../program/tensor.ts';
import { op } from './assemble.ts';

const splat = (value: number): number[] => [...op.f32(value), ...op.simd(19)];

const binaries: Partial<Readonly<Record<BinaryName, number>>> = {
  add: 228,
  subtract: 229,
  multiply: 230,
  divide: 231,
  minimum: 232,
  maximum: 233,
  equal: 65,
  notEqual: 66,
  less: 67,
  greater: 68,
  lessEqual: 69,
  greaterEqual: 70,
  and: 78,
  or: 80,
};

/** Undefined where the kernel lacks it. Flags are masks of all ones. */
export function writeNode(node: Node, inputs: readonly number[]): number[] | undefined {
  const x = op.local(at(inputs, 0));
  switch (node.primitive.name) {
    case 'unary':
      return writeUnary((node.attributes as UnaryAttributes).of, x);
    case 'binary': {
      const instruction = binaries[(node.attributes as BinaryAttributes).of];
      return instruction === undefined ? undefined : [...x, ...op.local(at(inputs, 1)), ...op.simd(instruction)];
    }
    case 'where':
      return [...op.local(at(inputs, 1)), ...op.local(at(inputs, 2)), ...x, ...op.simd(82)];
    case 'cast': {
      const isFlag = at(node.inputs, 0).dtype === 'bool' && at(node.outputs, 0).dtype === 'float32';
      return isFlag ? [...x, ...splat(1), ...op.simd(78)] : undefined;
    }
    default:
      return undefined;
  }
}

function writeUnary(of: UnaryName, x: readonly number[]): number[] | undefined {
  const zero = splat(0);
  switch (of) {
    case 'negate':
      return [...x, ...op.simd(225)];
    case 'abs':
      return [...x, ...op.simd(224)];
    case 'sqrt':
      return [...x, ...op.simd(227)];
    case 'square':
      return [...x, ...x, ...op.simd(230)];
    case 'reciprocal':
      return [...splat(1), ...x, ...op.simd(231)];
    case 'rsqrt':
      return [...splat(1), ...x, ...op.simd(227), ...op.simd(231)];
    case 'not':
      return [...x, ...op.simd(77)];
    case 'relu':
      return [...x, ...zero, ...op.simd(233)];
    case 'positive':
      return [...x, ...zero, ...op.simd(68), ...splat(1), ...op.simd(78)];
    case 'sign': {
      const above = [...x, ...zero, ...op.simd(68), ...splat(1), ...op.simd(78)];
      const below = [...x, ...zero, ...op.simd(67), ...splat(1), ...op.simd(78)];
      return [...above, ...below, ...op.simd(229)];
    }
    default:
      return undefined;
  }
}
