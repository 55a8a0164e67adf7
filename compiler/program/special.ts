/** Functions that JavaScript lacks, to the last digits of float64. */

/** The error function: a series near zero, a continued fraction further out. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (a > 6) return Math.sign(x);
  return a < 2.5 ? series(x) : Math.sign(x) * (1 - fraction(a));
}

function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    const next = term / (2 * n + 1);
    sum += next;
    if (Math.abs(next) < 1e-17 * Math.abs(sum)) break;
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** erfc for positive x, evaluated from the inside. */
function fraction(x: number): number {
  let value = x;
  for (let k = 60; k > 0; k--) value = x + k / 2 / value;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / value;
}
