/** Sizes: the normal form, exact division, order, and their text; random polynomials against numbers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  add,
  compare,
  constant,
  type Dim,
  divideExactly,
  floorDivide,
  known,
  modulo,
  multiply,
  order,
  power,
  printDim,
  subtract,
  symbol,
  writeDim,
} from '../../../language/shapes/dim.ts';
import { substitute } from '../../../language/shapes/polynomial.ts';

const H = symbol('H');
const C = symbol('C');
const k = symbol('k');
const stride = symbol('stride');
const n = known;

test('numbers are counted', () => {
  expect(constant(add(multiply(n(7), n(4)), n(1)))).toBe(29);
  expect(constant(floorDivide(n(-3), n(2)))).toBe(-2);
  expect(constant(modulo(n(65), n(8)))).toBe(1);
  expect(constant(power(n(2), n(10)))).toBe(1024);
  expect(divideExactly(n(65), n(8))).toBe('inexact');
});

test('text is for people in messages and legal in hints', () => {
  expect(printDim(subtract(H, n(2)))).toBe('H − 2');
  expect(writeDim(subtract(H, n(2)))).toBe('H - 2');
  expect(printDim(add(floorDivide(subtract(H, n(1)), stride), n(1)))).toBe('(H − 1) // stride + 1');
  expect(printDim(multiply(n(4), H))).toBe('4 * H');
  expect(printDim(multiply(n(2), floorDivide(H, n(2))))).toBe('2 * (H // 2)');
  expect(printDim(subtract(n(3), H))).toBe('−H + 3');
});

test('the two paths of a residual block agree for all sizes', () => {
  // same padding: ceil(H / s); valid padding with window 1: (H − 1) // s + 1
  const same = floorDivide(subtract(add(H, stride), n(1)), stride);
  const valid = add(floorDivide(subtract(H, n(1)), stride), n(1));
  expect(compare(same, valid)).toBe('equal');
});

test('floor division', () => {
  expect(compare(floorDivide(add(multiply(n(2), H), n(1)), n(2)), H)).toBe('equal');
  expect(compare(floorDivide(floorDivide(H, n(2)), n(3)), floorDivide(H, n(6)))).toBe('equal');
  expect(compare(floorDivide(add(floorDivide(H, n(2)), n(1)), n(2)), floorDivide(add(H, n(2)), n(4)))).toBe('equal');
  expect(compare(floorDivide(add(multiply(n(2), H), n(3)), n(4)), floorDivide(add(H, n(1)), n(2)))).toBe('equal');
  expect(writeDim(floorDivide(add(H, n(5)), n(2)))).toBe('(H + 1) // 2 + 2');
});

test('an exact quotient gives its dividend back', () => {
  const part = divideExactly(C, k) as Dim;
  expect(writeDim(part)).toBe('C / k');
  expect(compare(multiply(k, part), C)).toBe('equal');
  expect(compare(multiply(multiply(H, k), part), multiply(H, C))).toBe('equal');
  expect(compare(multiply(multiply(part, H), k), multiply(H, C))).toBe('equal');
  expect(compare(divideExactly(multiply(C, k), k) as Dim, C)).toBe('equal');
  expect(divideExactly(add(multiply(n(2), H), n(1)), n(2))).toBe('inexact');
});

test('equality has three answers', () => {
  expect(compare(subtract(H, n(2)), subtract(H, n(3)))).toBe('different');
  expect(compare(H, C)).toBe('depends');
  expect(compare(multiply(add(H, n(1)), add(H, n(-1))), subtract(power(H, n(2)), n(1)))).toBe('equal');
});

test('order holds for all sizes of at least 1', () => {
  expect(order(add(H, n(1)), n(1))).toBe('greater');
  expect(order(H, n(1))).toBe('depends');
  expect(order(H, add(H, C))).toBe('less');
  expect(order(modulo(H, n(4)), n(4))).toBe('less');
  expect(order(n(3), n(3))).toBe('equal');
});

test('normal forms keep the value: random expressions against numbers', () => {
  type Made = { readonly dim: Dim; readonly value: (at: Record<string, number>) => number };
  const names = ['A', 'B', 'C'];
  const leaf: fc.Arbitrary<Made> = fc.oneof(
    fc.integer({ min: 1, max: 9 }).map((value) => ({ dim: n(value), value: () => value })),
    fc.constantFrom(...names).map((name) => ({ dim: symbol(name), value: (at: Record<string, number>) => at[name]! })),
  );
  const { tree } = fc.letrec<{ tree: Made }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc
        .tuple(fc.constantFrom('+', '-', '*', '//', '%'), tie('tree'), tie('tree'), fc.integer({ min: 1, max: 6 }))
        .map(([operator, a, b, by]): Made => {
          switch (operator) {
            case '+':
              return { dim: add(a.dim, b.dim), value: (at) => a.value(at) + b.value(at) };
            case '-':
              return { dim: subtract(a.dim, b.dim), value: (at) => a.value(at) - b.value(at) };
            case '*':
              return { dim: multiply(a.dim, b.dim), value: (at) => a.value(at) * b.value(at) };
            case '//':
              return { dim: floorDivide(a.dim, n(by)), value: (at) => Math.floor(a.value(at) / by) };
            default:
              return { dim: modulo(a.dim, n(by)), value: (at) => ((a.value(at) % by) + by) % by };
          }
        }),
    ),
  }));
  const at = fc.record({
    A: fc.integer({ min: 1, max: 20 }),
    B: fc.integer({ min: 1, max: 20 }),
    C: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(tree, at, (made, sizes) => {
      let size = made.dim.size;
      const bound = (name: string, value: number) => {
        size = size && substitute(size, name, known(value).size ?? []);
      };
      for (const [name, value] of Object.entries(sizes)) bound(name, value);
      if (size === undefined) return;
      expect(constant({ size, why: undefined })).toBe(made.value(sizes) + 0);
    }),
    { numRuns: 2000, seed: 7 },
  );
});
