/** Operations on single numbers as Python writes them, and those that are worked out where both sides are plain numbers. */
import type { BinaryOp, UnaryOp } from '../catalog/builder.ts';

export const unary: Readonly<Record<UnaryOp, (x: string) => string>> = {
  negate: (x) => `-${x}`,
  not: (x) => `ops.logical_not(${x})`,
  exp: (x) => `ops.exp(${x})`,
  log: (x) => `ops.log(${x})`,
  log1p: (x) => `ops.log1p(${x})`,
  sqrt: (x) => `ops.sqrt(${x})`,
  rsqrt: (x) => `ops.rsqrt(${x})`,
  abs: (x) => `ops.absolute(${x})`,
  square: (x) => `ops.square(${x})`,
  sign: (x) => `ops.sign(${x})`,
  sin: (x) => `ops.sin(${x})`,
  cos: (x) => `ops.cos(${x})`,
  erf: (x) => `ops.erf(${x})`,
  round: (x) => `ops.round(${x})`,
  floor: (x) => `ops.floor(${x})`,
  ceil: (x) => `ops.ceil(${x})`,
  relu: (x) => `ops.relu(${x})`,
  sigmoid: (x) => `ops.sigmoid(${x})`,
  tanh: (x) => `ops.tanh(${x})`,
  softplus: (x) => `ops.softplus(${x})`,
};

export const foldedUnary: Partial<Record<UnaryOp, (x: number) => number>> = {
  negate: (x) => -x,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  exp: Math.exp,
  log: Math.log,
  abs: Math.abs,
};

export const binary: Readonly<Record<BinaryOp, (a: string, b: string) => string>> = {
  add: (a, b) => `${a} + ${b}`,
  subtract: (a, b) => `${a} - ${b}`,
  multiply: (a, b) => `${a} * ${b}`,
  divide: (a, b) => `${a} / ${b}`,
  floorDivide: (a, b) => `${a} // ${b}`,
  modulo: (a, b) => `${a} % ${b}`,
  power: (a, b) => `ops.power(${a}, ${b})`,
  minimum: (a, b) => `ops.minimum(${a}, ${b})`,
  maximum: (a, b) => `ops.maximum(${a}, ${b})`,
  equal: (a, b) => `ops.equal(${a}, ${b})`,
  notEqual: (a, b) => `ops.not_equal(${a}, ${b})`,
  less: (a, b) => `ops.less(${a}, ${b})`,
  lessEqual: (a, b) => `ops.less_equal(${a}, ${b})`,
  greater: (a, b) => `ops.greater(${a}, ${b})`,
  greaterEqual: (a, b) => `ops.greater_equal(${a}, ${b})`,
  and: (a, b) => `ops.logical_and(${a}, ${b})`,
  or: (a, b) => `ops.logical_or(${a}, ${b})`,
};

export const foldedBinary: Partial<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
};

export const flags: ReadonlySet<BinaryOp> = new Set([
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual', 'and', 'or'] as const),
]);
