/** Texts of problems with shapes. */
import type { MessageTable } from './table.ts';

export const shapeMessages = {
  'shape/stated': {
    en: ({ given, stated, axis, actual, wanted }) =>
      `The shape here is ${given}, but you wrote ${stated}: axis ${axis} is ${actual}, not ${wanted}.`,
  },
  'shape/stated.rank': {
    en: ({ given, stated }) => `The shape here is ${given}, but you wrote ${stated}, which has another number of axes.`,
  },
  'shape/input': {
    en: ({ input, unit, expected, given, axis, actual, wanted }) =>
      `The input \`${input}\` of \`${unit}\` is ${expected}, but gets ${given}: axis ${axis} is ${actual}, not ${wanted}.`,
  },
  'shape/input.unsolved': {
    en: ({ input, unit, expected, given, axis, actual }) =>
      `The input \`${input}\` of \`${unit}\` is ${expected}, but gets ${given}: axis ${axis} is ${actual}, which no whole number fits.`,
  },
  'shape/input.rank': {
    en: ({ input, unit, expected, given }) =>
      `The input \`${input}\` of \`${unit}\` is ${expected}, but gets ${given}.`,
  },
  'shape/in-unit': {
    en: ({ unit, inner }) => `In \`${unit}\`: ${inner}`,
  },
  'shape/each': {
    en: ({ callee, place, first, other }) =>
      `\`${callee}\` puts the results of all places beside each other, so they must have one shape, but place 0 gives ${first} and place ${place} ${other}.`,
  },
  'shape/residual': {
    en: ({ input, result }) =>
      `A residual adds its input to its result, so both must have the same shape: the input is ${input} and the result ${result}.`,
  },
  'shape/require': {
    en: ({ condition, facts }) => `${condition} does not hold: ${facts}.`,
  },
  'shape/require.why': {
    en: ({ why, facts }) => `${why}: ${facts}.`,
  },
  'shape/missing-flatten': {
    en: ({ layer, positions, shape }) =>
      `\`${layer}\` works on the last axis only, so each of the ${positions} positions of ${shape} gets results of its own, but one result for each example is needed. Put \`Flatten\` before it to use the whole.`,
  },
  'shape/missing-flatten.stated': {
    en: ({ stated }) => `Here the shape is stated as ${stated}`,
  },
  'shape/no-output': {
    en: ({ unit }) => `\`${unit}\` has no output, so nothing can come out of it: add \`output name = …\`.`,
  },
  'shape/results': {
    en: ({ count, names }) =>
      `Here are ${count} results, but ${names} names: give each a name, or drop one with \`_\`.`,
  },
  'shape/one-result': {
    en: ({ value, names }) => `Only one result comes out here (${value}), but there are ${names} names.`,
  },
  'shape/results-output': {
    en: ({ count }) => `Here are ${count} results, and an output is one: take them apart with \`(a, b) = …\` first.`,
  },
  'shape/shared-layer': {
    en: ({ layer, first, second }) =>
      `\`${layer}\` is one layer with one set of weights, but its uses need different ones: ${first} numbers at the first, ${second} at a later one.`,
  },
  'shape/not-whole': {
    en: ({ value }) => `A size is a whole number, but this is ${value}.`,
  },
  'shape/not-whole.quotient': {
    en: ({ left, right, value }) => `A size is a whole number, but ${left} / ${right} is ${value}.`,
  },
  'shape/division-by-zero': {
    en: ({ left, operator }) => `${left} ${operator} 0 has no result.`,
  },
  'shape/list-index': {
    en: ({ count, index }) => `The list has ${count} items, counted from 0, so there is no item ${index}.`,
  },
  'shape/too-large': {
    en: ({ limit }) =>
      `This program writes out more than ${limit} layers, which is more than can be followed: lower the rounds of \`repeat\`.`,
  },
  'shape/too-deep': {
    en: () => `This is nested too deeply to be followed: give its parts names.`,
  },
} satisfies MessageTable;
