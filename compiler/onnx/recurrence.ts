/**
 * What recurrent layers share on ONNX Runtime: they are unrolled over time with the batch as columns, so that the gates are
 * blocks of rows, and what weights meet in all steps is multiplied in rounds of a few steps.
 */
import type { Attributes } from '../program/tensor.ts';
import { at } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';

type O = Pick<OnnxNode, 'op' | 'ops' | 'ints' | 'float' | 'input' | 'node'>;

export interface RecurrenceAttributes extends Attributes {
  readonly backwards: boolean;
  readonly masked: boolean;
}

/** From x [batch, time, n] and the recurrent weights [units, …], a recurrent layer's first and third input. */
export function sizesOf(o: O) {
  const { shape } = at(o.node.inputs, 0);
  return { batch: at(shape, 0), time: at(shape, 1), n: at(shape, 2), units: at(at(o.node.inputs, 2).shape, 0) };
}

/** Blocks of rows. */
export function parts(o: O, name: string, count: number, rows: number): readonly string[] {
  if (count === 1) return [name];
  return o.ops('Split', [name, o.ints(new Array<number>(count).fill(rows))], count, { axis: 0 });
}

export function turned(o: O, name: string): string {
  return o.op('Transpose', [name], { perm: [1, 0] });
}

/** x of each step as columns, with a row of ones below for the bias: [n + 1, batch]. */
export function inputColumns(o: O): readonly string[] {
  const { batch, time, n } = sizesOf(o);
  const ones = o.op('Expand', [o.float(1), o.ints([time, 1, batch])]);
  const columns = o.op('Transpose', [o.input(0)], { perm: [1, 2, 0] });
  const rows = o.op('Reshape', [o.op('Concat', [columns, ones], { axis: 1 }), o.ints([time * (n + 1), batch])]);
  return parts(o, rows, time, n + 1);
}

/** The slope of the states of all steps [batch, time, units], by step as columns. */
export function slopesOfSteps(o: O, slope: string | undefined): readonly string[] | undefined {
  if (slope === undefined) return undefined;
  const { batch, time, units } = sizesOf(o);
  const columns = o.op('Transpose', [slope], { perm: [1, 2, 0] });
  return parts(o, o.op('Reshape', [columns, o.ints([time * units, batch])]), time, units);
}

/** States of all steps, in the order of time, as [batch, time, units]. */
export function sequenceOf(o: O, states: readonly string[]): string {
  const { batch, time, units } = sizesOf(o);
  const rows = turned(o, states.length === 1 ? at(states, 0) : o.op('Concat', states, { axis: 0 }));
  return o.op('Reshape', [rows, o.ints([batch, time, units])]);
}

/** The mask's row of each step: ones where it counts. */
export function maskRows(o: O, mask: string | undefined): readonly string[] | undefined {
  if (mask === undefined) return undefined;
  const { batch, time } = sizesOf(o);
  return parts(o, o.op('Reshape', [turned(o, mask), o.ints([time, batch])]), time, 1);
}

/** The new state where the step counts, else the old one. */
export function blend(o: O, next: string, before: string, real: string | undefined): string {
  if (real === undefined) return next;
  return o.op('Add', [before, o.op('Mul', [o.op('Sub', [next, before]), real])]);
}

/** The part of a slope that goes through a step, and the part that passes it by. */
export function masked(o: O, slope: string, real: string | undefined): readonly [string, string | undefined] {
  if (real === undefined) return [slope, undefined];
  const through = o.op('Mul', [slope, real]);
  return [through, o.op('Sub', [slope, through])];
}

export function sum(o: O, a: string | undefined, b: string | undefined): string | undefined {
  return a !== undefined && b !== undefined ? o.op('Add', [a, b]) : (a ?? b);
}

/** How many columns a product takes together: as fast as all at once, and what it reads is still close by. */
const columnsTogether = 128;

export interface ColumnProducts {
  add(left: string, right: string): void;
  /** The sum of all left · rightᵀ, and the right sides in the order in which they came, in rounds. */
  finish(): { readonly sum: string; readonly rights: readonly string[] };
}

/** The sum over all steps of left · rightᵀ, both with the batch as columns. */
export function columnProducts(o: O, batch: number): ColumnProducts {
  const steps = Math.max(1, Math.floor(columnsTogether / batch));
  let waiting: { readonly left: string; readonly right: string }[] = [];
  let total: string | undefined;
  const rights: string[] = [];
  const together = (names: readonly string[]): string =>
    names.length === 1 ? at(names, 0) : o.op('Concat', names, { axis: 1 });
  const flush = (): void => {
    if (waiting.length === 0) return;
    const left = together(waiting.map((pair) => pair.left));
    const right = together(waiting.map((pair) => pair.right));
    waiting = [];
    rights.push(right);
    total = o.op('Gemm', total === undefined ? [left, right] : [left, right, total], { transB: 1 });
  };
  return {
    add(left, right) {
      waiting.push({ left, right });
      if (waiting.length === steps) flush();
    },
    finish() {
      flush();
      return { sum: total ?? '', rights };
    },
  };
}

/** The slope of x from the slopes of the gates in rounds, which run against the layer's own order. */
export function inputSlope(
  o: O,
  kernel: string,
  rights: readonly string[],
  { backwards }: RecurrenceAttributes,
): string {
  const { batch, time, n } = sizesOf(o);
  const rounds = rights.map((right) => o.op('Gemm', [kernel, right]));
  const all = rounds.length === 1 ? at(rounds, 0) : o.op('Concat', rounds, { axis: 1 });
  const columns = o.op('Reshape', [all, o.ints([n, time, batch])]);
  const inTime = backwards
    ? columns
    : o.op('Slice', [columns, o.ints([time - 1]), o.ints([-time - 1]), o.ints([1]), o.ints([-1])]);
  return o.op('Transpose', [inTime], { perm: [2, 1, 0] });
}
