/** Where an axis has its marks. Pure. */

/**
 * 1, 2, … 9 of every power of ten in the range; even steps where that leaves too few.
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
  return splits.length > 2 ? splits : evenSplits(min, max, 4);
}

/** Those with room for a text below each: 1, 2 and 5, or powers of ten alone. */
export function fewSplits(min: number, max: number): number[] {
  const all = logSplits(min, max);
  const digits = Math.log10(max / min) > 2 ? '1' : '125';
  const few = all.filter((value) => digits.includes(firstDigit(value)));
  return few.length > 1 ? few : all;
}

/** Round values between the two, at most so many and one. */
export function evenSplits(min: number, max: number, most: number): number[] {
  const rough = (max - min) / most;
  if (!(rough > 0 && rough < Number.POSITIVE_INFINITY)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.max(0, Math.floor(max / step + 1e-9) - first + 1);
  return Array.from({ length: Math.min(count, 100) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** First digits that are named, from all to the powers of ten alone. */
const NAMED = ['123456789', '12357', '125', '1'];

/** Of the marks of a logarithmic axis those that are named, so that two names have `room` between them. */
export function labelled(splits: readonly number[], place: (value: number) => number, room: number): readonly number[] {
  const fits = (few: readonly number[]) =>
    few.every((value, index) => index === 0 || place(value) - place(few[index - 1] ?? value) >= room * 0.7);
  for (const digits of NAMED) {
    const few = splits.filter((value) => digits.includes(firstDigit(value)));
    if (few.length > 1 && fits(few)) return few;
  }
  const powers = splits.filter((value) => firstDigit(value) === '1');
  const every = Math.max(
    1,
    Math.ceil((powers.length * room) / (place(powers.at(-1) ?? 1) - place(powers[0] ?? 1) || 1)),
  );
  return powers.length > 1 ? powers.filter((_, index) => index % every === 0) : splits.slice(0, 1);
}

function firstDigit(value: number): string {
  return value.toExponential().slice(0, 1);
}
