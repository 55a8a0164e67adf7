/**
 * Chance for rows (augmentation, `hide`): by counter, so that a row meets the same numbers in an epoch whatever came before it, in whatever
 * batch it stands, and after a resume.
 */
import { hashText, philox } from '../../compiler/index.ts';

/** What sets one row's numbers apart from all others. */
export interface Draw {
  readonly epoch: number;
  /** Of the table. */
  readonly row: number;
  /** How often the row was drawn in this epoch before (`balance` draws rare rows several times). */
  readonly copy: number;
  /** Which step of which flow. */
  readonly step: number;
}

/** 2^-24: uniform numbers have 24 bits. */
const UNIT = 1 / 16777216;

export class Chance {
  readonly #key0: number;
  readonly #key1: number;
  readonly #block = new Uint32Array(4);
  #row = 0;
  #epoch = 0;
  #number = 0;
  #next = 0;

  constructor(seed: number, purpose: string) {
    this.#key0 = seed >>> 0;
    this.#key1 = (hashText(purpose) ^ Math.floor(seed / 2 ** 32)) >>> 0;
  }

  /** Begins the numbers of a draw. `lane` gives several fields of one row numbers of their own. */
  begin({ epoch, row, copy, step }: Draw, lane = 0): void {
    this.#row = row;
    this.#epoch = epoch;
    this.#number = ((copy & 0xffff) << 16) | ((step & 0xff) << 8) | (lane & 0xff);
    this.#next = 0;
  }

  /** 32 bits. */
  word(): number {
    const place = this.#next & 3;
    if (place === 0)
      philox(this.#block, this.#next >>> 2, this.#row, this.#epoch, this.#number, this.#key0, this.#key1);
    this.#next += 1;
    return this.#block[place] ?? 0;
  }

  /** At least 0, below 1. */
  uniform(): number {
    return (this.word() >>> 8) * UNIT;
  }

  /** A whole number of 0 … count − 1. */
  below(count: number): number {
    return Math.floor((this.word() / 4294967296) * count);
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Mean 0, deviation 1 (Box and Muller; the second number of the pair is left). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Fills with normal numbers, both of each pair. */
  addNormal(data: Float32Array, deviation: number): void {
    for (let i = 0; i < data.length; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      data[i] = (data[i] ?? 0) + radius * Math.cos(angle);
      if (i + 1 < data.length) data[i + 1] = (data[i + 1] ?? 0) + radius * Math.sin(angle);
    }
  }

  /** Of the gamma distribution with this shape (Marsaglia and Tsang, 2000). */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Of the beta distribution with two equal parameters. Very small ones give nothing but 0 and 1. */
  beta(alpha: number): number {
    const a = this.gamma(alpha);
    const b = this.gamma(alpha);
    if (a + b > 0) return a / (a + b);
    return this.word() % 2;
  }
}
