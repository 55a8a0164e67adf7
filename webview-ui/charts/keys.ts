/** Moving the cursor of a chart by keyboard. Pure. */

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
