/** What a call does here: shapes in and out, the sum behind each size, weights with their sum and bytes, multiply-adds. */
import type { CallFact, WeightFact } from '../check/checked.ts';
import { constant, printDim, product } from '../shapes/dim.ts';
import { printShape, type TensorType } from '../shapes/type.ts';
import type { Expr, Name, NameExpr } from '../syntax/tree.ts';
import type { Reader } from './hover.ts';
import { factParts, list, reasons } from './hover-facts.ts';
import { type Spot, smallest } from './locate.ts';
import { bytes, grouped, printTensor } from './print.ts';
import type { Tell } from './tell.ts';

/** The call whose callee is this name, or the name itself where it stands without parentheses. */
export function callOf(spot: Spot, node: Name | NameExpr): CallFact | undefined {
  for (const [key, fact] of spot.checked.facts.calls) {
    if (key === node || (key.kind === 'call' && key.callee === node)) return fact;
  }
  return undefined;
}

/** The call in which an argument has this name, or is this expression. */
export function callWithArgument(spot: Spot, node: Name | Expr): CallFact | undefined {
  const { calls } = spot.checked.facts;
  const holds = (expr: Expr) =>
    expr.kind === 'call' && expr.args?.items.some((arg) => arg.name === node || arg.value === node) === true;
  const key = smallest([...calls.keys()].filter(holds), node.start);
  return key === undefined ? undefined : calls.get(key);
}

export function callParts(call: CallFact | undefined, { tell, locale }: Reader): readonly string[] {
  if (call === undefined || call.results.length === 0) return [];
  const { list: many, ...named } = call.inputs;
  const inputs = [...Object.values(named), ...(many ?? [])].filter(isType);
  const from = inputs.map((type) => `\`${printTensor(type, tell)}\``).join(', ');
  const to = call.results.map((type) => `\`${printTensor(type, tell)}\``).join(', ');
  const sums = call.results.flatMap((type) => reasons(type.shape ?? [], locale));
  return [
    tell('here', { what: from === '' ? to : `${from} → ${to}` }),
    ...list(sums),
    ...call.results.flatMap((type) => factParts(type, tell)),
    ...weightParts(call.weights, tell),
    ...macParts(call, tell),
  ];
}

function isType(type: TensorType | readonly TensorType[] | undefined): type is TensorType {
  return type !== undefined && !Array.isArray(type);
}

function weightParts(weights: readonly WeightFact[], tell: Tell): readonly string[] {
  if (weights.length === 0) return [];
  const counts = weights.map((weight) => constant(product(weight.shape)));
  const total = counts.reduce<number | undefined>(
    (sum, n) => (sum === undefined || n === undefined ? undefined : sum + n),
    0,
  );
  // A use of a block tells its count only.
  if (weights.every(({ name }) => name === '')) {
    const counted =
      total === undefined ? weights.flatMap(({ shape }) => shape.map(printDim)).join(' + ') : grouped(total);
    return [tell('parameters', { count: counted, trainable: '' })];
  }
  const written = (w: WeightFact) => `${w.name} \`${printShape(w.shape)}\``;
  const names = weights.map((w) => (w.trainable ? written(w) : tell('not-trained', { weight: written(w) }))).join(', ');
  if (total === undefined) return [tell('weights', { names })];
  // Each weight's product, as one would check it by hand: 3×3×1×32 + 32.
  const sum = weights.map((w) => w.shape.map(printDim).join('×') || '1').join(' + ');
  return [tell('weights-counted', { count: grouped(total), sum, memory: bytes(total * 4), names })];
}

/** Layers that multiply each kernel once at each place of their result. */
const sliding = /^(?:Dense|Conv[123]D|DepthwiseConv[12]D|SeparableConv[12]D)$/;

/** Multiply-adds of one example, for layers where they follow from kernel and result; those of a model are counted whole. */
function macParts(call: CallFact, tell: Tell): readonly string[] {
  const [result] = call.results;
  if (call.callee.kind !== 'entry' || !sliding.test(call.callee.entry.name) || result?.shape === undefined) return [];
  const places = constant(product(result.shape.slice(0, -1)));
  const kernels = call.weights.filter(({ name }) => /kernel$/i.test(name));
  const sizes = kernels.map(({ shape }) => constant(product(shape)));
  if (places === undefined || sizes.length === 0) return [];
  let sum = 0;
  for (const size of sizes) {
    if (size === undefined) return [];
    sum += size * places;
  }
  return [tell('macs', { count: grouped(sum) })];
}
