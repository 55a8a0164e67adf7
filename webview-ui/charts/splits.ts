/** Where a logarithmic axis has its marks. Pure. */

/**
 * 1, 2, … 9 of every power of ten in the range; even steps where that leaves too few. uPlot's own expect the range to begin at a power of ten; from any other
 * value they may never end.
 */
export function logSplits(min: number, max: number): number[] {
  const splits: number[] = [];
  if (!(min > 0 && max < Number.POSITIVE_INFINITY)) return splits;
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++) {
    for (let digit = 1; digit < 10; digit++) {
      const value = Number(`${digit}e${power}`);
      if (value >= min && value <= max) splits.push(value);
    }
  }
  return splits.length > 2 ? splits : evenSplits(min, max);
}

/** Those with room for a text below each: 1, 2 and 5, or powers of ten alone. */
export function fewSplits(min: number, max: number): number[] {
  const all = logSplits(min, max);
  const leading = (value: number) => Number(value.toExponential().slice(0, 1));
  const digits = Math.log10(max / min) > 2 ? [1] : [1, 2, 5];
  const few = all.filter((value) => digits.includes(leading(value)));
  return few.length > 1 ? few : all;
}

/** Four or so round values between the two. */
function evenSplits(min: number, max: number): number[] {
  const rough = (max - min) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((each) => each * power >= rough) ?? 10) * power;
  const first = Math.ceil(min / step);
  const count = Math.max(0, Math.floor(max / step) - first + 1);
  return Array.from({ length: Math.min(count, 20) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
