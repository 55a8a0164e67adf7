/** Drawn numbers, and how a random layer is told in both languages. */

export interface Sample {
  /** Of the input, without the batch. */
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** In the language; it gives one result, or `results`. */
  readonly text: string;
  readonly results?: number;
  readonly library: 'keras' | 'torch';
  /** The class there, and its settings; `inner` for wrappers. */
  readonly layer: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly inner?: { readonly layer: string; readonly settings: Readonly<Record<string, unknown>> };
}

export interface Draw {
  whole(low: number, high: number): number;
  flip(): boolean;
  of<T>(list: readonly T[]): T;
  /** One number for each axis, mostly the same one. */
  span(axes: number, low: number, high: number): readonly number[];
}

export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  const whole = (low: number, high: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + Math.floor((state / 2 ** 32) * (high - low + 1));
  };
  return {
    whole,
    flip: () => whole(0, 1) === 1,
    of: (list) => list[whole(0, list.length - 1)]!,
    span(axes, low, high) {
      const first = whole(low, high);
      const same = whole(0, 2) > 0;
      return Array.from({ length: axes }, (_, i) => (same || i === 0 ? first : whole(low, high)));
    },
  };
}

/** A span as it is written: `3`, or `(3, 2)`. */
export function written(span: readonly number[]): string {
  return span.every((value) => value === span[0]) ? `${span[0]}` : `(${span.join(', ')})`;
}

/** `Conv2D(8, 3, stride: 2)`. */
export function call(name: string, ordered: readonly unknown[], named: Readonly<Record<string, unknown>> = {}): string {
  const parts = [...ordered.map(String), ...Object.entries(named).map(([key, value]) => `${key}: ${String(value)}`)];
  return parts.length > 0 ? `${name}(${parts.join(', ')})` : name;
}

/** As many sizes as a sequence, an image or a volume has, and its channels. */
export function placesOf(draw: Draw, axes: number): readonly number[] {
  const most = [0, 60, 30, 9][axes] ?? 9;
  return [...Array.from({ length: axes }, () => draw.whole(1, most)), draw.whole(1, 6)];
}
