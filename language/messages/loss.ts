/** Texts of problems with losses and metrics. */
import type { MessageTable } from './table.ts';

export const lossMessages = {
  'loss/not-a-value': {
    en: ({ value }) => `A loss is a value made of outputs and fields, but this is ${value}.`,
  },
  'loss/not-one-number': {
    en: ({ type }) => `A loss is one number for each example, but this is ${type}: take its \`mean(…)\`.`,
  },
  'loss/not-decimal': {
    en: ({ type }) => `A loss is a decimal number (float32), but this is ${type}.`,
  },
} satisfies MessageTable;
