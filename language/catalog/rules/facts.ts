/** What is known of numbers besides their shape: the range they lie in, and the function that gave them. */
import { type Facts, noFacts } from '../../shapes/type.ts';

/** Between which numbers the result of a function lies, whatever goes in. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
  softplus: [0, Number.POSITIVE_INFINITY],
  squareplus: [0, Number.POSITIVE_INFINITY],
  sparsePlus: [0, Number.POSITIVE_INFINITY],
  exponential: [0, Number.POSITIVE_INFINITY],
  exp: [0, Number.POSITIVE_INFINITY],
  abs: [0, Number.POSITIVE_INFINITY],
  square: [0, Number.POSITIVE_INFINITY],
  sqrt: [0, Number.POSITIVE_INFINITY],
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  sparseSigmoid: [0, 1],
  softmax: [0, 1],
  softmin: [0, 1],
  sparsemax: [0, 1],
  tanh: [-1, 1],
  hardTanh: [-1, 1],
  softsign: [-1, 1],
  erf: [-1, 1],
  sin: [-1, 1],
  cos: [-1, 1],
};

/** What a function makes known of its result; `activation`: it may stand as a layer's activation. */
export function factsOf(name: string, activation = true): Facts {
  const values = ranges[name];
  const mark = name === 'softmax' || name === 'sigmoid' ? ({ mark: name } as const) : noFacts;
  return { ...mark, ...(activation ? { activation: name } : {}), ...(values ? { values } : {}) };
}

/** Between which numbers a value lies, decimal or whole. */
export function numbersIn(facts: Facts): readonly [number, number] | undefined {
  return facts.values ?? facts.range;
}
