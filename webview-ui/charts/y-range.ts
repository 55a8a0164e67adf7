/** Which values the y axis shows: everything that counts, without the wild ones. Pure. */
import type { ChartLine } from './points.ts';

/**
 * Validation is shown whole. Of raw values the outer twentieths may be cut off, and on a linear axis the worst tenth of the
 * smoothed line and of the raw values, which is their steep beginning.
 */
export function yRange(
  lines: readonly ChartLine[],
  x: readonly number[],
  [from, to]: readonly [number, number],
  { log, direction }: { readonly log: boolean; readonly direction: 'min' | 'max' },
): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    const seen: number[] = [];
    line.values.forEach((value, index) => {
      const at = x[index] ?? Number.NaN;
      if (value !== null && value !== undefined && at >= from && at <= to && (!log || value > 0)) seen.push(value);
    });
    const rough = line.role === 'raw' || line.role === 'band';
    if (rough || (line.role === 'train' && !log)) {
      const cut = Math.floor(seen.length / 20);
      const steep = log ? cut : cut * 2;
      seen.sort((a, b) => a - b);
      if (rough || direction === 'max') seen.splice(0, direction === 'max' ? steep : cut);
      if (rough || direction === 'min') seen.length -= direction === 'min' ? steep : cut;
    }
    for (const value of seen) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  return log ? padLog(low, high) : pad(low, high, lines);
}

function pad(low: number, high: number, lines: readonly ChartLine[]): [number, number] {
  // What is counted from nothing (a rate) starts at nothing.
  const base = lines.some((line) => line.role === 'value') && low >= 0 ? 0 : low;
  const room = (high - base) * 0.06 || Math.abs(high) * 0.1 || 1;
  return [base === 0 ? 0 : base - room, high + room];
}

function padLog(low: number, high: number): [number, number] {
  const room = (high / low) ** 0.06;
  return room > 1 ? [low / room, high * room] : [low / 2, high * 2];
}
