/**
 * A dimension: an integer polynomial over names and opaque floor terms, in a normal form whose printed text is its identity
 * (language reference, "Dimensions"), with the reason why it is what it is.
 *
 * Rules: (k·A + R) // k = A + R // k; (X // j) // k = X // (j·k); a constant remainder below k disappears; `/` is exact.
 * Names stand for sizes ≥ 1. An unknown size agrees with everything, so that one mistake gives one message.
 */
import type { Message, Place } from '../problem.ts';
import { bounds } from './bounds.ts';
import * as polynomial from './polynomial.ts';

/** Why a size is what it is: one step back on the path of blame. */
export interface Why {
  readonly text: Message;
  readonly at: Place | undefined;
  readonly from: readonly Dim[];
}

/** One product of a polynomial: coefficient × factors (names, or the printed text of a floor or mod term). */
export interface Term {
  readonly coefficient: number;
  /** Sorted; a factor to the power of n stands n times. */
  readonly factors: readonly Factor[];
}

export type Factor =
  | { readonly kind: 'name'; readonly text: string }
  /** `exact` where it was written as `/` (or a `require` promises it): then `by * (of / by)` is `of`. */
  | {
      readonly kind: 'floor';
      readonly text: string;
      readonly of: Polynomial;
      readonly by: Polynomial;
      readonly exact: boolean;
    }
  | { readonly kind: 'mod'; readonly text: string; readonly of: Polynomial; readonly by: Polynomial };

export type Polynomial = readonly Term[];

export interface Dim {
  /** Undefined: unknown (an error was already reported, or only a run can tell). */
  readonly size: Polynomial | undefined;
  readonly why: Why | undefined;
}

export type Equality = 'equal' | 'different' | 'depends';

export const unknown: Dim = { size: undefined, why: undefined };

/** How two sizes stand to each other; `depends` where that is not the same for all sizes, or not known. */
export type Order = 'less' | 'equal' | 'greater' | 'depends';

/** A size that is a plain number. */
export function known(value: number, why?: Why): Dim {
  return { size: polynomial.constantOf(value), why };
}

/** A size that only a name stands for (at least 1). */
export function symbol(name: string, why?: Why): Dim {
  return { size: polynomial.nameOf(name), why };
}

/** The number that a size is, or undefined where it is symbolic or unknown. */
export function constant(dim: Dim): number | undefined {
  return dim.size && polynomial.asConstant(dim.size);
}

/** True where nothing is known of the size: it agrees with everything. */
export function isUnknown(dim: Dim): boolean {
  return dim.size === undefined;
}

export function add(a: Dim, b: Dim, why?: Why): Dim {
  return combine(a, b, polynomial.add, why);
}

export function subtract(a: Dim, b: Dim, why?: Why): Dim {
  return combine(a, b, polynomial.subtract, why);
}

export function multiply(a: Dim, b: Dim, why?: Why): Dim {
  return combine(a, b, polynomial.multiply, why);
}

/** The product of sizes; 1 for none. */
export function product(dims: readonly Dim[]): Dim {
  return dims.reduce((a, b) => multiply(a, b), known(1));
}

/** `a // b`, rounded down. Unknown for a division by 0. */
export function floorDivide(a: Dim, b: Dim, why?: Why): Dim {
  return combine(a, b, polynomial.floorDivide, why);
}

/** `a / b` where the division leaves no rest; `inexact` where it provably does. */
export function divideExactly(a: Dim, b: Dim, why?: Why): Dim | 'inexact' {
  if (!a.size || !b.size) return { size: undefined, why };
  const size = polynomial.divideExactly(a.size, b.size);
  return size === 'inexact' ? 'inexact' : { size, why };
}

/** `a % b`: what `a // b` leaves. */
export function modulo(a: Dim, b: Dim, why?: Why): Dim {
  return combine(a, b, polynomial.modulo, why);
}

/** `a ** b`. Unknown where the exponent is symbolic. */
export function power(a: Dim, b: Dim, why?: Why): Dim {
  return combine(a, b, polynomial.power, why);
}

/** Whether two sizes are the same: provably, provably not, or depending on the sizes of one use. */
export function compare(a: Dim, b: Dim): Equality {
  if (!a.size || !b.size) return 'depends';
  if (a.size === b.size) return 'equal';
  const difference = polynomial.subtract(a.size, b.size);
  const value = difference && polynomial.asConstant(difference);
  if (value === undefined) return 'depends';
  return value === 0 ? 'equal' : 'different';
}

/** Which of two sizes is larger, as far as it holds for all sizes that the names may stand for. */
export function order(a: Dim, b: Dim): Order {
  if (!a.size || !b.size) return 'depends';
  if (a.size === b.size) return 'equal';
  const difference = polynomial.subtract(a.size, b.size);
  if (!difference) return 'depends';
  const { low, high } = bounds(difference);
  if (low === 0 && high === 0) return 'equal';
  if (low > 0) return 'greater';
  return high < 0 ? 'less' : 'depends';
}

/** The same size with a new reason on top. */
export function because(dim: Dim, why: Why): Dim {
  return { size: dim.size, why };
}

/** A size as messages print it: `H − 2`, `(H − 1) // stride + 1`, `?` where it is unknown. */
export function printDim(dim: Dim): string {
  return writeDim(dim).replace(/(^|[\s(])-(?=[\s\w(])/gu, '$1−');
}

/** A size as legal text of the language: `H - 2`; `?` where it is unknown. */
export function writeDim(dim: Dim): string {
  return dim.size ? polynomial.text(dim.size) : '?';
}

function combine(
  a: Dim,
  b: Dim,
  operation: (a: Polynomial, b: Polynomial) => Polynomial | undefined,
  why: Why | undefined,
): Dim {
  return { size: a.size && b.size && operation(a.size, b.size), why };
}
