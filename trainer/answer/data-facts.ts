/** What is known of a field over many rows: its statistics, and how often each value comes. */
import { type DataFieldReport, eventNumber, type FieldStatistics } from '../../protocol/index.ts';
import { isNumbers, type Values } from '../data/values.ts';

/** Gathers a field's values, chunk by chunk. */
export class FieldFacts {
  readonly #counts = new Map<string, number>();
  #countable: boolean;
  #count = 0;
  #zeros = 0;
  #mean = 0;
  /** Sum of the squares of the differences from the mean. */
  #squares = 0;
  #least = Number.POSITIVE_INFINITY;
  #greatest = Number.NEGATIVE_INFINITY;

  /** `countable`: single texts or whole numbers, which may be classes. */
  constructor(countable: boolean) {
    this.#countable = countable;
  }

  add({ data }: Values): void {
    if (this.#countable) this.#tally(data);
    if (!isNumbers(data)) return;
    for (const value of data) {
      this.#count++;
      if (value === 0) this.#zeros++;
      // Welford's way: right also where the mean is large beside the deviation.
      const difference = value - this.#mean;
      this.#mean += difference / this.#count;
      this.#squares += difference * (value - this.#mean);
      if (value < this.#least) this.#least = value;
      if (value > this.#greatest) this.#greatest = value;
    }
  }

  #tally(data: Values['data']): void {
    for (const value of data) {
      const key = String(value);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
    if (this.#counts.size > MOST_VALUES) {
      this.#countable = false;
      this.#counts.clear();
    }
  }

  get statistics(): FieldStatistics | undefined {
    if (this.#count === 0) return undefined;
    return {
      count: this.#count,
      least: eventNumber(this.#least),
      greatest: eventNumber(this.#greatest),
      mean: eventNumber(this.#mean),
      deviation: eventNumber(Math.sqrt(this.#squares / this.#count)),
      zeros: this.#zeros,
    };
  }

  get classes(): DataFieldReport['classes'] {
    if (!this.#countable || this.#counts.size === 0) return undefined;
    return [...this.#counts]
      .map(([value, count]) => ({ value: value.slice(0, 80), count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MOST_SHOWN);
  }
}

/** More different values are no classes. */
const MOST_VALUES = 1000;
const MOST_SHOWN = 50;
