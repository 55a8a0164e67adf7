/** Texts of problems with element types and kinds of values. */
import type { MessageTable } from './table.ts';

export const typeMessages = {
  'type/input': {
    en: ({ input, unit, wanted, given }) => `The input \`${input}\` of \`${unit}\` is ${wanted}, but gets ${given}.`,
  },
  'type/no-dtype': {
    en: ({ input }) =>
      `An input of a model needs its type: write \`${input}: float32[…]\`, or \`int32\`, \`uint8\`, \`bool\`.`,
  },
  'type/stated': {
    en: ({ given, stated }) => `The type here is ${given}, but you wrote ${stated}.`,
  },
  'type/stated-kind': {
    en: ({ value }) => `A shape can only be stated of a value, but this is ${value}.`,
  },
  'type/not-a-layer': {
    en: ({ value }) => `Only a layer or function can follow \`->\`, but this is ${value}.`,
  },
  'type/not-a-value': {
    en: ({ callee, value }) => `\`${callee}\` needs a value to flow in, but gets ${value}.`,
  },
  'type/not-an-output': {
    en: ({ value }) => `An output is a value, but this is ${value}: let something flow into it.`,
  },
  'type/layer-operand': {
    en: ({ operator, layer }) =>
      `\`${operator}\` works on values, but ${layer} is still waiting for one: let something flow into it first.`,
  },
  'type/operands': {
    en: ({ operator, left, right }) => `\`${operator}\` can’t be used with ${left} and ${right}.`,
  },
  'type/operand-kind': {
    en: ({ operator, value }) => `\`${operator}\` can’t be used with ${value}.`,
  },
  'type/matmul-operand': {
    en: ({ left, right }) => `\`@\` multiplies two values of the model, but got ${left} and ${right}.`,
  },
  'type/condition': {
    en: ({ value }) => `A condition is true or false, but this is ${value}.`,
  },
  'type/function-of': {
    en: ({ name, value }) => `\`${name}\` can’t be worked out from ${value}.`,
  },
  'type/index': {
    en: ({ value }) => `\`[…]\` takes parts of a value or of a list, but this is ${value}.`,
  },
  'type/list-index': {
    en: () => `An item of a list is taken with one number: \`sizes[0]\`.`,
  },
  'type/body-layer': {
    en: ({ value }) => `In the braces stands a layer, but this is ${value}.`,
  },
  'type/residual': {
    en: ({ value }) => `A residual adds one value to its input, but its result is ${value}.`,
  },
  'type/each': {
    en: ({ callee, value }) => `\`${callee}\` goes along the first axis of one value, but this is ${value}.`,
  },
  'type/bidirectional': {
    en: ({ value }) => `\`Bidirectional\` holds one recurrent layer, like \`LSTM(64)\`, but this is ${value}.`,
  },
} satisfies MessageTable;
