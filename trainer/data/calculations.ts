/** Transforms that turn each number into another on its own: `log`, `sqrt`, `round` … */
import { Failure } from '../failure.ts';
import { nameOf, numeric, type TransformContext } from './context.ts';
import { capital, sizeOf, type Values } from './values.ts';

const FUNCTIONS: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  exp: Math.exp,
  floor: Math.floor,
  log: Math.log,
  log1p: Math.log1p,
  round: roundToEven,
  sqrt: Math.sqrt,
};
const WHOLE: ReadonlySet<string> = new Set(['ceil', 'floor', 'round']);

/** True for the name of such a transform. */
export function isCalculation(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name);
}

/** A number that has no result (the logarithm of 0) is an error that names its row. */
export function calculate(x: Values, context: TransformContext): Values {
  const name = nameOf(context.node.op);
  const apply = FUNCTIONS[name] ?? ((value: number) => value);
  const from = numeric(x, context);
  const data = new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const value = from[i] ?? 0;
    const made = apply(value);
    data[i] = made;
    if (!Number.isFinite(made) && Number.isFinite(value) && !context.gaps) throw notFinite(name, value, i, x, context);
  }
  const kept = x.dtype === 'int32' || x.dtype === 'uint8' ? 'int32' : 'float32';
  return { ...x, dtype: WHOLE.has(name) ? 'int32' : name === 'abs' ? kept : 'float32', data };
}

function notFinite(name: string, value: number, place: number, x: Values, context: TransformContext): Failure {
  const cure =
    name === 'log'
      ? ' Write `log1p`, which takes 0, or hold the numbers above 0 by `clip`.'
      : ' Hold the numbers in a range by `clip`.';
  return new Failure(
    'data/not-finite',
    `${capital(context.where(Math.floor(place / sizeOf(x.shape))))} holds ${value}, and \`${name}\` of it is no finite number.${cure}`,
    context.node.place,
  );
}

function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
