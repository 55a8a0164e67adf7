/**
 * Integer polynomials over names and opaque floor and mod terms, in a normal form whose text is its identity: terms sorted
 * by degree and text, equal products joined, zero terms dropped. Operations answer undefined where the result is not
 * representable (too many terms, numbers beyond 2^53, a division by zero).
 */
import { bounds } from './bounds.ts';
import type { Factor, Polynomial, Term } from './dim.ts';

/** Beyond this many terms a size is left unknown: no program needs it, and products would grow without end. */
const TERM_LIMIT = 64;
const POWER_LIMIT = 16;

export function constantOf(value: number): Polynomial | undefined {
  if (!Number.isSafeInteger(value)) return undefined;
  return value === 0 ? [] : [{ coefficient: value, factors: [] }];
}

export function nameOf(text: string): Polynomial {
  return [{ coefficient: 1, factors: [{ kind: 'name', text }] }];
}

export function asConstant(a: Polynomial): number | undefined {
  if (a.length === 0) return 0;
  const first = a.length === 1 ? a[0] : undefined;
  return first?.factors.length === 0 ? first.coefficient : undefined;
}

/** Most sizes are plain numbers: these need no normal form. Undefined where one of the two is not. */
function plain(a: Polynomial, b: Polynomial, operation: (a: number, b: number) => number): Polynomial | undefined {
  const left = asConstant(a);
  const right = left === undefined ? undefined : asConstant(b);
  return left === undefined || right === undefined ? undefined : constantOf(operation(left, right));
}

export function add(a: Polynomial, b: Polynomial): Polynomial | undefined {
  return plain(a, b, (x, y) => x + y) ?? normal([...a, ...b]);
}

export function subtract(a: Polynomial, b: Polynomial): Polynomial | undefined {
  return plain(a, b, (x, y) => x - y) ?? normal([...a, ...scale(b, -1)]);
}

export function multiply(a: Polynomial, b: Polynomial): Polynomial | undefined {
  if (a.length * b.length > TERM_LIMIT * 4) return undefined;
  const numbers = plain(a, b, (x, y) => x * y);
  if (numbers) return numbers;
  let result: Polynomial = [];
  for (const left of a) {
    for (const right of b) {
      const product = termProduct(left, right);
      const sum = product && add(result, product);
      if (!sum) return undefined;
      result = sum;
    }
  }
  return result;
}

export function power(a: Polynomial, b: Polynomial): Polynomial | undefined {
  const exponent = asConstant(b);
  if (exponent === undefined || exponent < 0) return undefined;
  const base = asConstant(a);
  if (base !== undefined) return constantOf(base ** exponent);
  if (exponent > POWER_LIMIT) return undefined;
  let result = constantOf(1);
  for (let i = 0; i < exponent && result; i++) result = multiply(result, a);
  return result;
}

/** `a // b`: what `b` divides is taken out, the rest becomes an opaque term in lowest form. */
export function floorDivide(a: Polynomial, b: Polynomial): Polynomial | undefined {
  if (b.length === 0) return undefined;
  const numbers = [asConstant(a), asConstant(b)] as const;
  if (numbers[0] !== undefined && numbers[1] !== undefined) return constantOf(Math.floor(numbers[0] / numbers[1]));
  if (text(a) === text(b)) return constantOf(1);
  const { whole, rest } = takeOut(a, b);
  const remainder = floorOfRest(rest, b);
  return remainder && add(whole, remainder);
}

/** `a / b`; `inexact` where a rest is certain. A quotient of symbols is taken to be whole, which its use then proves. */
export function divideExactly(a: Polynomial, b: Polynomial): Polynomial | undefined | 'inexact' {
  if (b.length === 0) return 'inexact';
  if (text(a) === text(b)) return constantOf(1);
  const { whole, rest } = takeOut(a, b);
  if (rest.length === 0) return whole;
  const divisor = asConstant(b);
  if (divisor !== undefined) {
    // Every coefficient but the constant is a multiple: the rest is the same for all sizes.
    if (asConstant(rest) !== undefined) return 'inexact';
    const shared = gcd(divisor, ...variable(rest).map((term) => term.coefficient));
    if (constantPart(rest) % shared !== 0) return 'inexact';
  }
  const quotient = opaque('floor', rest, b, true);
  return add(whole, quotient);
}

export function modulo(a: Polynomial, b: Polynomial): Polynomial | undefined {
  if (b.length === 0) return undefined;
  if (text(a) === text(b)) return [];
  const { rest } = takeOut(a, b);
  if (rest.length === 0) return [];
  const divisor = asConstant(b);
  const value = asConstant(rest);
  if (divisor !== undefined && value !== undefined) return constantOf(((value % divisor) + divisor) % divisor);
  return opaque('mod', rest, b, false);
}

/** The text of a polynomial: legal in the language, and its identity. */
export function text(a: Polynomial): string {
  if (a.length === 0) return '0';
  return a.reduce((done, term, i) => {
    const body = termText(term);
    if (i === 0) return term.coefficient < 0 ? `-${body}` : body;
    return `${done} ${term.coefficient < 0 ? '-' : '+'} ${body}`;
  }, '');
}

/** The names that a polynomial is made of, those inside its opaque terms included. */
export function namesIn(a: Polynomial, into: Set<string> = new Set()): Set<string> {
  for (const term of a) {
    for (const factor of term.factors) {
      if (factor.kind === 'name') into.add(factor.text);
      else {
        namesIn(factor.of, into);
        namesIn(factor.by, into);
      }
    }
  }
  return into;
}

/** The polynomial with a name replaced. */
export function substitute(a: Polynomial, name: string, value: Polynomial): Polynomial | undefined {
  let result: Polynomial | undefined = [];
  for (const term of a) {
    let product: Polynomial | undefined = constantOf(term.coefficient);
    for (const factor of term.factors) {
      const replaced = substituteFactor(factor, name, value);
      product = product && replaced && multiply(product, replaced);
    }
    result = result && product && add(result, product);
  }
  return result;
}

function substituteFactor(factor: Factor, name: string, value: Polynomial): Polynomial | undefined {
  if (factor.kind === 'name') return factor.text === name ? value : [{ coefficient: 1, factors: [factor] }];
  const of = substitute(factor.of, name, value);
  const by = substitute(factor.by, name, value);
  if (!of || !by) return undefined;
  if (factor.kind === 'mod') return modulo(of, by);
  if (!factor.exact) return floorDivide(of, by);
  const exact = divideExactly(of, by);
  return exact === 'inexact' ? undefined : exact;
}

// ---- normal form

function normal(terms: readonly Term[]): Polynomial | undefined {
  const byKey = new Map<string, Term>();
  for (const term of terms) {
    const key = factorsText(term.factors);
    const coefficient = (byKey.get(key)?.coefficient ?? 0) + term.coefficient;
    if (!Number.isSafeInteger(coefficient)) return undefined;
    if (coefficient === 0) byKey.delete(key);
    else byKey.set(key, { coefficient, factors: term.factors });
  }
  if (byKey.size > TERM_LIMIT) return undefined;
  return [...byKey]
    .sort(([aKey, a], [bKey, b]) => b.factors.length - a.factors.length || (aKey < bKey ? -1 : 1))
    .map(([, term]) => term);
}

function scale(a: Polynomial, by: number): Polynomial {
  return a.map((term) => ({ coefficient: term.coefficient * by, factors: term.factors }));
}

/** The product of two terms; `by * (of / by)` becomes `of`. */
function termProduct(a: Term, b: Term): Polynomial | undefined {
  const coefficient = a.coefficient * b.coefficient;
  if (!Number.isSafeInteger(coefficient)) return undefined;
  const factors = [...a.factors, ...b.factors].sort((x, y) => (x.text < y.text ? -1 : x.text > y.text ? 1 : 0));
  const term: Term = { coefficient, factors };
  for (const factor of factors) {
    if (factor.kind !== 'floor' || !factor.exact) continue;
    const [by] = factor.by;
    if (!by || factor.by.length !== 1) continue;
    const others = without(factors, [factor]);
    const quotient = others && termQuotient({ coefficient, factors: others }, by);
    if (quotient) return multiply([quotient], factor.of);
  }
  return [term];
}

/** `a / b` of single terms where `b` divides `a`. */
function termQuotient(a: Term, b: Term): Term | undefined {
  if (b.coefficient === 0 || a.coefficient % b.coefficient !== 0) return undefined;
  const factors = without(a.factors, b.factors);
  return factors && { coefficient: a.coefficient / b.coefficient, factors };
}

function without(all: readonly Factor[], some: readonly Factor[]): readonly Factor[] | undefined {
  const left = [...all];
  for (const factor of some) {
    const at = left.findIndex((other) => other.text === factor.text);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return left;
}

/** Splits `a` into `b * whole + rest`; a constant in the rest is kept in 0 … b − 1 where `b` is a number. */
function takeOut(a: Polynomial, b: Polynomial): { readonly whole: Polynomial; readonly rest: Polynomial } {
  const [by] = b;
  if (!by || b.length !== 1) return { whole: [], rest: a };
  const whole: Term[] = [];
  const rest: Term[] = [];
  for (const term of a) {
    const quotient = termQuotient(term, by);
    if (quotient) {
      whole.push(quotient);
    } else if (by.factors.length === 0 && term.factors.length === 0) {
      const down = Math.floor(term.coefficient / by.coefficient);
      if (down !== 0) whole.push({ coefficient: down, factors: [] });
      const left = term.coefficient - down * by.coefficient;
      if (left !== 0) rest.push({ coefficient: left, factors: [] });
    } else {
      rest.push(term);
    }
  }
  return { whole: normal(whole) ?? [], rest: normal(rest) ?? [] };
}

/** `rest // b` where `b` divides no term of `rest`. */
function floorOfRest(rest: Polynomial, b: Polynomial): Polynomial | undefined {
  const divisor = asConstant(b);
  const value = asConstant(rest);
  if (value !== undefined && divisor !== undefined) return constantOf(Math.floor(value / divisor));
  if (rest.length === 0) return [];
  const nested = floorOfFloor(rest, b);
  if (nested) return nested;
  if (divisor !== undefined && divisor > 0) {
    const shared = gcd(divisor, ...variable(rest).map((term) => term.coefficient));
    if (shared > 1) {
      // (g·A + c) // (g·k) = (A + c // g) // k
      const inner = normal([
        ...variable(rest).map((term) => ({ coefficient: term.coefficient / shared, factors: term.factors })),
        { coefficient: Math.floor(constantPart(rest) / shared), factors: [] },
      ]);
      const outer = constantOf(divisor / shared);
      return inner && outer && floorDivide(inner, outer);
    }
  }
  return opaque('floor', rest, b, false);
}

/** (X // j + c) // k = (X + c·j) // (j·k). */
function floorOfFloor(rest: Polynomial, b: Polynomial): Polynomial | undefined {
  const [first, ...others] = variable(rest);
  const [factor] = first?.factors ?? [];
  if (!first || !factor || others.length > 0 || first.coefficient !== 1 || first.factors.length !== 1) return undefined;
  if (factor.kind !== 'floor' || !isPositive(b)) return undefined;
  const shift = multiply(factor.by, constantOf(constantPart(rest)) ?? []);
  const of = shift && add(factor.of, shift);
  const by = multiply(factor.by, b);
  return of && by && floorDivide(of, by);
}

function isPositive(a: Polynomial): boolean {
  return bounds(a).low > 0;
}

function opaque(kind: 'floor' | 'mod', of: Polynomial, by: Polynomial, exact: boolean): Polynomial {
  const sign = kind === 'mod' ? '%' : exact ? '/' : '//';
  const label = `${grouped(of)} ${sign} ${grouped(by)}`;
  const factor: Factor = kind === 'mod' ? { kind, text: label, of, by } : { kind, text: label, of, by, exact };
  return [{ coefficient: 1, factors: [factor] }];
}

// ---- text and numbers

function grouped(a: Polynomial): string {
  const [first] = a;
  const simple = a.length <= 1 && (!first || (first.factors.length <= 1 && first.coefficient === 1) || isNumber(first));
  const label = text(a);
  return simple && (!first?.factors[0] || first.factors[0].kind === 'name') && !label.startsWith('-')
    ? label
    : `(${label})`;
}

function isNumber(term: Term): boolean {
  return term.factors.length === 0;
}

function termText(term: Term): string {
  const size = Math.abs(term.coefficient);
  if (term.factors.length === 0) return String(size);
  const alone = size === 1 && term.factors.length === 1;
  const factors = factorsText(term.factors, !alone);
  return size === 1 ? factors : `${size} * ${factors}`;
}

function factorsText(factors: readonly Factor[], brackets = true): string {
  return factors.map((f) => (f.kind === 'name' || !brackets ? f.text : `(${f.text})`)).join(' * ');
}

function variable(a: Polynomial): Polynomial {
  return a.filter((term) => term.factors.length > 0);
}

function constantPart(a: Polynomial): number {
  return a.find((term) => term.factors.length === 0)?.coefficient ?? 0;
}

function gcd(...values: readonly number[]): number {
  return values.reduce((a, b) => {
    let [x, y] = [Math.abs(a), Math.abs(b)];
    while (y !== 0) [x, y] = [y, x % y];
    return x;
  }, 0);
}
