/**
 * The optimizer's update as a WebAssembly kernel over flat arrays: one pass over weights, gradients and state, four numbers
 * at a time, instead of ten or more passes in the graph. Beside it stand the sum of squares for the norm, and drawing.
 */

import type { WeightUpdate } from '../compile.ts';
import { assemble, code, op, type WasmFunction } from './assemble.ts';
import { drawFunctions } from './draw.ts';
import { type StepNumbers, writeUpdate } from './update.ts';

export interface Kernel {
  /**
   * A module with one imported memory and the functions `update0(bytes, parameters, weight, gradient, …states)` and so on, for
   * those that look at whole weights `measure0` with the same arguments before, `squares(at, bytes)`,
   * `mix(bytes, to, keep, from, factor)`, `keep` and `uniform` (`draw.ts`). Addresses and sizes are multiples of 16 bytes.
   */
  readonly module: Uint8Array;
  /** The kinds of updates in the order of their functions; empty where one has an operation that the kernel lacks. */
  readonly updates: readonly KernelUpdate[];
}

export interface KernelUpdate {
  /** The weights that it is for; undefined: all. */
  readonly paths: readonly string[] | undefined;
  /** States in the order of the arguments. */
  readonly states: readonly string[];
  /** How many sums `measure` writes to `sumsAt` bytes behind the parameters, as float64: each weight is then updated by itself. */
  readonly sums: number;
  /** The numbers that `parameters` must point to: for `measure` without sums, for `update` with those that it wrote. */
  parameters(values: StepNumbers, sums?: ArrayLike<number>): Float32Array;
}

export function writeKernel(updates: readonly WeightUpdate[]): Kernel {
  const functions: WasmFunction[] = [squaresFunction(), mixFunction(), ...drawFunctions()];
  const written = updates.map(({ program }, i) => writeUpdate(program, i));
  const complete = written.filter((update) => update !== undefined);
  if (complete.length < written.length) return { module: assemble(functions), updates: [] };
  return {
    module: assemble([...complete.flatMap((update) => update.functions), ...functions]),
    updates: complete.map(({ states, sums, parameters }, i) => ({
      paths: updates[i]?.paths,
      states,
      sums,
      parameters,
    })),
  };
}

/** Sum of squares in float64. */
function squaresFunction(): WasmFunction {
  const [pointer, bytes, offset, vector, sum] = [0, 1, 2, 3, 4];
  const square = (half: 'lower' | 'upper'): number[] => [
    ...op.promoted(vector, half),
    ...op.promoted(vector, half),
    ...op.simd(242),
  ];
  const body = [
    ...op.local(pointer),
    ...op.local(offset),
    code.i32Add,
    ...op.loadVector(),
    ...op.store(vector),
    ...op.local(sum),
    ...square('lower'),
    ...op.simd(240),
    ...square('upper'),
    ...op.simd(240),
    ...op.store(sum),
    ...op.local(offset),
    ...op.i32(16),
    code.i32Add,
    ...op.tee(offset),
  ];
  return {
    name: 'squares',
    parameters: ['i32', 'i32'],
    results: ['f64'],
    locals: ['i32', 'v128', 'v128'],
    body: [...op.loop(body, [...op.local(bytes), code.i32Less]), ...op.lanesAdded(sum)],
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
