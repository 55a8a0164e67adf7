/**
 * A dimension: an integer polynomial over names and opaque floor terms, in a normal form whose printed text is its identity
 * (language reference, "Dimensions"), with the reason why it is what it is.
 *
 * Rules: (k·A + R) // k = A + R // k; (X // j) // k = X // (j·k); a constant remainder below k disappears; `/` is exact.
 * Names stand for sizes ≥ 1. An unknown size agrees with everything, so that one mistake gives one message.
 */
import type { Message, Place } from '../problem.ts';

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
  | { readonly kind: 'floor'; readonly text: string; readonly of: Polynomial; readonly by: Polynomial }
  | { readonly kind: 'mod'; readonly text: string; readonly of: Polynomial; readonly by: Polynomial };

export type Polynomial = readonly Term[];

export interface Dim {
  /** Undefined: unknown (an error was already reported, or only a run can tell). */
  readonly size: Polynomial | undefined;
  readonly why: Why | undefined;
}

export type Equality = 'equal' | 'different' | 'depends';

export const unknown: Dim = { size: undefined, why: undefined };
