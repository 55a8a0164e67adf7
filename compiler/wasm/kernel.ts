/**
 * The optimizer's update as a WebAssembly kernel over flat arrays: one pass over weights, gradients and state, four numbers
 * at a time, instead of ten or more passes in the graph. What depends on the rate and the step alone is computed outside,
 * once a step. Beside it stand the sum of squares for the norm, and drawing.
 */

import { interpretNodes } from '../program/interpret.ts';
import { type NdArray, ndarray } from '../program/ndarray.ts';
import type { BinaryAttributes, BinaryName } from '../program/ops/binary.ts';
import type { UnaryAttributes, UnaryName } from '../program/ops/unary.ts';
import type { Program } from '../program/program.ts';
import { at, type Node, type Tensor } from '../program/tensor.ts';
import { assemble, code, op, type WasmFunction } from './assemble.ts';
import { drawFunctions } from './draw.ts';

export interface Kernel {
  /**
   * A module with one imported memory and the functions `update(bytes, parameters, weight, gradient, …states)`,
   * `squares(at, bytes)`, `mix(bytes, to, keep, from, factor)`, `keep` and `uniform` (`draw.ts`). Addresses and sizes are multiples of 16 bytes.
   */
  readonly module: Uint8Array;
  /** False where the update has an operation that the kernel lacks. */
  readonly updates: boolean;
  /** States in the order of the arguments. */
  readonly states: readonly string[];
  /** The numbers that `parameters` must point to in this step. */
  parameters(values: { readonly rate: number; readonly step: number; readonly factor: number }): Float32Array;
}

/** `program` is the update of one number (`Compiled.update`). */
export function writeKernel(program: Program | undefined): Kernel {
  const update = program && updateFunction(program);
  const functions = [squaresFunction(), mixFunction(), ...drawFunctions()];
  return {
    module: assemble(update ? [update.function, ...functions] : functions),
    updates: update !== undefined,
    states: update?.states ?? [],
    parameters: (values) => update?.parameters(values) ?? new Float32Array(0),
  };
}

const stepInputs: ReadonlySet<string> = new Set(['rate', 'step', 'factor']);

function updateFunction(program: Program) {
  const vectors = new Set(
    program.inputs.filter((input) => !stepInputs.has(input.kind)).map((input) => input.tensor.id),
  );
  const outside: Node[] = [];
  const inside: Node[] = [];
  for (const node of program.nodes) {
    const isVector = node.inputs.some((input) => vectors.has(input.id));
    (isVector ? inside : outside).push(node);
    if (isVector) for (const output of node.outputs) vectors.add(output.id);
  }
  // Numbers that come from outside, in the order of first use.
  const numbers = new Map<number, number>();
  const used = [...inside.flatMap((node) => node.inputs), ...program.outputs.map((output) => output.tensor)];
  for (const tensor of used)
    if (!vectors.has(tensor.id) && !numbers.has(tensor.id)) numbers.set(tensor.id, numbers.size);
  const states = program.outputs.flatMap((output) => (output.kind === 'state' ? [output.name] : []));
  const written = writeUpdate(program, inside, numbers, states);
  if (!written) return undefined;
  return {
    function: written,
    states,
    parameters(values: { readonly rate: number; readonly step: number; readonly factor: number }): Float32Array {
      const known = new Map<number, NdArray>();
      for (const { kind, tensor } of program.inputs) {
        if (kind === 'rate' || kind === 'step' || kind === 'factor') {
          known.set(tensor.id, ndarray('float32', [], [values[kind]]));
        }
      }
      interpretNodes(outside, known);
      const result = new Float32Array(numbers.size);
      for (const [id, place] of numbers) result[place] = at(known.get(id)?.data ?? [Number.NaN], 0);
      return result;
    },
  };
}

function writeUpdate(
  program: Program,
  nodes: readonly Node[],
  numbers: ReadonlyMap<number, number>,
  states: readonly string[],
): WasmFunction | undefined {
  const pointers = 4 + states.length;
  const [bytes, parameters, weight, gradient] = [0, 1, 2, 3];
  const offset = pointers;
  const locals = new Map<number, number>();
  let next = offset + 1;
  const local = (tensor: Tensor): number => {
    const known = locals.get(tensor.id) ?? next++;
    locals.set(tensor.id, known);
    return known;
  };
  const pointerOf = (kind: string, name: string): number =>
    kind === 'weight' ? weight : kind === 'gradient' ? gradient : 4 + states.indexOf(name);
  const address = (pointer: number): number[] => [...op.local(pointer), ...op.local(offset), code.i32Add];

  const before: number[] = [];
  for (const [id, place] of numbers) {
    const target = next++;
    locals.set(id, target);
    before.push(...op.local(parameters), ...op.loadSplat(place * 4), ...op.store(target));
  }
  const body: number[] = [];
  for (const { kind, name, tensor } of program.inputs) {
    if (stepInputs.has(kind)) continue;
    body.push(...address(pointerOf(kind, name)), ...op.loadVector(), ...op.store(local(tensor)));
  }
  for (const node of nodes) {
    const written = writeNode(node, node.inputs.map(local));
    if (!written) return undefined;
    body.push(...written, ...op.store(local(at(node.outputs, 0))));
  }
  for (const { kind, name, tensor } of program.outputs) {
    body.push(...address(pointerOf(kind, name)), ...op.local(local(tensor)), ...op.storeVector());
  }
  body.push(...op.local(offset), ...op.i32(16), code.i32Add, ...op.tee(offset));
  const again = [...op.local(bytes), code.i32Less];
  return {
    name: 'update',
    parameters: new Array<'i32'>(pointers).fill('i32'),
    results: [],
    locals: ['i32', ...new Array<'v128'>(next - offset - 1).fill('v128')],
    body: [...before, ...op.loop(body, again)],
  };
}

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

/** Instructions that leave a node's value on the stack. Flags are masks of all ones. */
function writeNode(node: Node, inputs: readonly number[]): number[] | undefined {
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

/** Sum of squares in float64. */
function squaresFunction(): WasmFunction {
  const [pointer, bytes, offset, vector, sum] = [0, 1, 2, 3, 4];
  const promote = (low: boolean): number[] => [
    ...op.local(vector),
    ...(low ? [] : [...op.local(vector), ...op.simd(13), 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]),
    ...op.simd(95),
  ];
  const square = (low: boolean): number[] => [...promote(low), ...promote(low), ...op.simd(242)];
  const body = [
    ...op.local(pointer),
    ...op.local(offset),
    code.i32Add,
    ...op.loadVector(),
    ...op.store(vector),
    ...op.local(sum),
    ...square(true),
    ...op.simd(240),
    ...square(false),
    ...op.simd(240),
    ...op.store(sum),
    ...op.local(offset),
    ...op.i32(16),
    code.i32Add,
    ...op.tee(offset),
  ];
  const lane = (index: number): number[] => [...op.local(sum), ...op.simd(33), index];
  return {
    name: 'squares',
    parameters: ['i32', 'i32'],
    results: ['f64'],
    locals: ['i32', 'v128', 'v128'],
    body: [...op.loop(body, [...op.local(bytes), code.i32Less]), ...lane(0), ...lane(1), code.f64Add],
  };
}

/** to = keep · to + factor · from: sums of gradients, averages of weights. */
function mixFunction(): WasmFunction {
  const [bytes, to, keep, from, factor, offset] = [0, 1, 2, 3, 4, 5];
  const address = (pointer: number): number[] => [...op.local(pointer), ...op.local(offset), code.i32Add];
  const times = (pointer: number, by: number): number[] => [
    ...address(pointer),
    ...op.loadVector(),
    ...op.local(by),
    ...op.simd(19),
    ...op.simd(230),
  ];
  const body = [
    ...address(to),
    ...times(to, keep),
    ...times(from, factor),
    ...op.simd(228),
    ...op.storeVector(),
    ...op.local(offset),
    ...op.i32(16),
    code.i32Add,
    ...op.tee(offset),
  ];
  return {
    name: 'mix',
    parameters: ['i32', 'i32', 'f32', 'i32', 'f32'],
    results: [],
    locals: ['i32'],
    body: op.loop(body, [...op.local(bytes), code.i32Less]),
  };
}
