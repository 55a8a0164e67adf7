/** Moving the cursor of a chart, and what it shows, by keyboard. Pure. */
import type { Zoom } from '../view-state.ts';

/** The index the cursor moves to, or undefined where the key does something else. */
export function moveByKey(
  event: { readonly key: string; readonly shiftKey: boolean },
  x: readonly number[],
  at: number | undefined,
): number | undefined {
  if (x.length === 0) return undefined;
  const last = x.length - 1;
  const here = at === undefined ? undefined : nearest(x, at);
  const by = event.shiftKey ? 10 : 1;
  switch (event.key) {
    case 'ArrowRight':
      return Math.min(last, here === undefined ? 0 : here + by);
    case 'ArrowLeft':
      return Math.max(0, here === undefined ? last : here - by);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** The stretch that a key zooms to or moves to, about the cursor; undefined where the key does something else. */
export function zoomByKey(
  key: string,
  [from, to]: readonly [number, number],
  cursor: number | undefined,
): Zoom | 'whole' | undefined {
  const at = cursor ?? (from + to) / 2;
  const about = (factor: number): Zoom => ({
    from: Math.max(0, at - (at - from) * factor),
    to: at + (to - at) * factor,
  });
  const along = (share: number): Zoom => {
    const begin = Math.max(0, from + share * (to - from));
    return { from: begin, to: begin + (to - from) };
  };
  switch (key) {
    case '+':
      return about(0.5);
    case '-':
      return about(2);
    case 'PageUp':
      return along(-0.5);
    case 'PageDown':
      return along(0.5);
    case '0':
      return 'whole';
    default:
      return undefined;
  }
}

/** Index of the value of the ascending `x` that is nearest to `at`. */
export function nearest(x: ArrayLike<number>, at: number): number {
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  return Math.abs((x[before] ?? 0) - at) <= Math.abs((x[low] ?? 0) - at) ? before : low;
}
