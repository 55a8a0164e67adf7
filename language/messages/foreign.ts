/** Texts for names that other libraries have. */
import type { MessageTable } from './table.ts';

export const foreignMessages = {
  'name/foreign-module': {
    en: ({ written }) =>
      `\`${written}\` is Python: layers and functions are called by their own names here, without a module in front.`,
  },
  'name/foreign-module.near': {
    en: ({ written, near }) =>
      `\`${written}\` is Python: layers and functions are called by their own names here, without a module in front. Write \`${near}\`.`,
  },
  'name/foreign.input': {
    en: ({ name }) =>
      `There is no layer \`${name}\`: an input is declared by its type, without the batch: \`input image: float32[28, 28, 1]\`.`,
  },
  'name/foreign.flow': {
    en: ({ name }) =>
      `There is no \`${name}\`: layers stand in a row with arrows between them: \`x -> Dense(64, relu) -> Dense(10)\`.`,
  },
  'name/foreign.activation': {
    en: ({ name }) =>
      `There is no layer \`${name}\`: activations are called by their own names, \`-> relu\`, or stand in a layer, \`Dense(64, relu)\`.`,
  },
  'name/foreign.operator': {
    en: ({ name }) =>
      `There is no \`${name}\`: write it as arithmetic, \`a + b\` or \`a * b\`; \`residual { … }\` adds what goes in to what comes out.`,
  },
  'name/foreign.expression': {
    en: ({ name }) => `There is no \`${name}\`: write the expression itself, for example \`y = 0.5 * x + 1\`.`,
  },
  'name/foreign.mask': {
    en: ({ name }) =>
      `There is no layer \`${name}\`: say what is real where it is read, for example \`LSTM(64, mask: tokens != 0)\`.`,
  },
  'name/foreign.none': {
    en: ({ name }) => `There is no layer \`${name}\`: leave it out.`,
  },
  'name/foreign.hover': {
    en: ({ name }) => `There is no \`${name}\`: point at a name or a layer to see its shape.`,
  },
  'name/foreign.data': {
    en: ({ name }) =>
      `There is no \`${name}\`: data is declared, \`data Digits { source: … }\`, and trained on with \`train Net on Digits { … }\`.`,
  },
  'name/foreign.train': {
    en: ({ name }) =>
      `There is no \`${name}\`: a model is trained by \`train Net on Digits { loss: … optimizer: … epochs: … }\`.`,
  },
} satisfies MessageTable;
