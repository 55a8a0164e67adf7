/**
 * In which order an epoch takes the training rows. With `balance`, each class is drawn equally often: an epoch has as many
 * rows as there are, rows of rare classes come several times, and which rows of a frequent class come changes from epoch to
 * epoch. It depends on the seed and the epoch alone, so that a resumed run meets the same rows.
 */
import { shuffled } from './random.ts';
import { grouped } from './values.ts';

/** The rows of an epoch. */
export interface Order {
  readonly rows: Uint32Array;
  /** How often each was drawn before in the epoch; undefined where each comes once. */
  readonly copies: Uint16Array | undefined;
}

/** A class of the balanced field: what its rows have there, and which rows these are. */
export interface BalancedClass {
  readonly value: string;
  readonly rows: Uint32Array;
}

/** Each row once, shuffled where it is wished. */
export function plainOrder(rows: Uint32Array, shuffle: boolean, seed: number, epoch: number): Order {
  if (!shuffle) return { rows, copies: undefined };
  return { rows: shuffled(rows.length, seed, 'shuffle', epoch).map((place) => rows[place] ?? 0), copies: undefined };
}

/** As many rows as there are, each class equally often; what does not divide goes to other classes in each epoch. */
export function balancedOrder(classes: readonly BalancedClass[], shuffle: boolean, seed: number, epoch: number): Order {
  const total = classes.reduce((sum, { rows }) => sum + rows.length, 0);
  const drawn = new Uint32Array(total);
  const times = new Uint16Array(total);
  let at = 0;
  for (const [index, { rows }] of classes.entries()) {
    const count = sharesOf(total, classes.length, (index + epoch) % classes.length);
    for (let round = 0, left = count; left > 0; round++, left -= rows.length) {
      const order = shuffled(rows.length, seed, `balance ${index} ${round}`, epoch);
      for (const place of order.subarray(0, Math.min(left, rows.length))) {
        drawn[at] = rows[place] ?? 0;
        times[at] = round;
        at += 1;
      }
    }
  }
  const order = shuffle
    ? shuffled(total, seed, 'shuffle', epoch)
    : Uint32Array.from(drawn.keys()).sort(
        (a, b) => (drawn[a] ?? 0) - (drawn[b] ?? 0) || (times[a] ?? 0) - (times[b] ?? 0),
      );
  return {
    rows: order.map((place) => drawn[place] ?? 0),
    copies: Uint16Array.from(order, (place) => times[place] ?? 0),
  };
}

/** Of `total` things for `count` takers, those of taker `index`. */
function sharesOf(total: number, count: number, index: number): number {
  return Math.floor(total / count) + (index < total % count ? 1 : 0);
}

/** What `balance` does, in one sentence for the log. */
export function balanceNote(field: string, classes: readonly BalancedClass[]): string {
  const counts = classes.map(({ rows }) => rows.length).sort((a, b) => a - b);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const each = Math.floor(total / Math.max(1, counts.length));
  return `Balance: each of the ${grouped(counts.length)} values of \`${field}\` is drawn ${grouped(each)} times an epoch; the rarest has ${grouped(counts[0] ?? 0)} rows, the most frequent ${grouped(counts.at(-1) ?? 0)}.`;
}

/** Rows by the value that they have. */
export class Classes {
  readonly #rows = new Map<string, number[]>();

  add(value: string, row: number): void {
    const list = this.#rows.get(value);
    if (list) list.push(row);
    else this.#rows.set(value, [row]);
  }

  /** The values in order. */
  get list(): readonly BalancedClass[] {
    // By code units: the same on every machine.
    return [...this.#rows]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, list]) => ({ value, rows: Uint32Array.from(list) }));
  }
}
