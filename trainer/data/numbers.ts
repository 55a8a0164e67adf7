/** Numbers out of the bytes of a text, without a text in between. */

/** Filled in by the reader: millions of numbers must not make millions of objects. */
export interface ReadNumber {
  value: number;
  /** `3` is whole, `3.0` and numbers beyond int32 are not: the rule of the header that the checker reads. */
  whole: boolean;
}

/** Up to so many digits a whole number is exact; so is it times or by a power of ten up to this one (Clinger, 1990). */
const EXACT_DIGITS = 15;
export const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const INT32 = 2 ** 31;

/** `+3`, `.5`, `1e-3`; false for anything else, `Infinity` and hexadecimal numbers too. Blanks around it are passed over. */
export function numberIn(bytes: Uint8Array, start: number, end: number, to: ReadNumber): boolean {
  let at = start;
  let last = end;
  while (at < last && isBlank(bytes[at])) at++;
  while (last > at && isBlank(bytes[last - 1])) last--;
  const from = at;
  const sign = bytes[at] === 45 ? -1 : 1;
  if (bytes[at] === 45 || bytes[at] === 43) at++;
  // Nine digits fit into a small whole number, with which one calculates fastest.
  let small = 0;
  const quick = Math.min(last, at + 9);
  const began = at;
  for (; at < quick; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    small = small * 10 + digit;
  }
  if (at === last && at > began) {
    to.value = sign * small;
    to.whole = true;
    return true;
  }
  if (bytes[at] === 46 && at < last) {
    const point = at++;
    const most = Math.min(last, began + 10);
    for (; at < most; at++) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      small = small * 10 + digit;
    }
    if (at === last && at > began + 1) {
      to.value = (sign * small) / (POWERS[at - point - 1] ?? 1);
      to.whole = false;
      return true;
    }
  }
  at = began;
  let mantissa = 0;
  let digits = 0;
  let significant = 0;
  let scale = 0;
  let point = false;
  for (; at < last; at++) {
    const code = bytes[at] ?? 0;
    if (code === 46 && !point) {
      point = true;
      continue;
    }
    if (code < 48 || code > 57) break;
    digits++;
    if (significant > 0 || code !== 48) significant++;
    mantissa = mantissa * 10 + (code - 48);
    if (point) scale--;
  }
  if (digits === 0) return false;
  const written = point ? undefined : at;
  if (at < last) {
    const exponent = exponentIn(bytes, at, last);
    if (exponent === undefined) return false;
    scale += exponent;
  }
  const exact = significant <= EXACT_DIGITS && scale >= -22 && scale <= 22;
  to.value = exact
    ? sign * (scale < 0 ? mantissa / (POWERS[-scale] ?? 1) : mantissa * (POWERS[scale] ?? 1))
    : Number(Buffer.from(bytes.buffer, bytes.byteOffset + from, last - from).toString('latin1'));
  to.whole = written === last && Math.abs(to.value) < INT32;
  return true;
}

function exponentIn(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start;
  if (bytes[at] !== 101 && bytes[at] !== 69) return undefined;
  at++;
  const sign = bytes[at] === 45 ? -1 : 1;
  if (bytes[at] === 45 || bytes[at] === 43) at++;
  if (at === end) return undefined;
  let exponent = 0;
  for (; at < end; at++) {
    const code = bytes[at] ?? 0;
    if (code < 48 || code > 57) return undefined;
    exponent = Math.min(100_000, exponent * 10 + (code - 48));
  }
  return sign * exponent;
}

function isBlank(code: number | undefined): boolean {
  return code === 32 || (code !== undefined && code >= 9 && code <= 13);
}
