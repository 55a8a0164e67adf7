/** Texts that say where a size comes from: "26 = 28 − 3 + 1 (window 3, padding: valid)". */
import type { MessageTable } from './table.ts';

export const whyMessages = {
  'why/declared': {
    en: ({ size }) => `${size}: declared here`,
  },
  'why/default': {
    en: ({ size, name }) => `${size}: the default of \`${name}\``,
  },
  'why/named': {
    en: ({ size, name }) => `${size} = \`${name}\``,
  },
  'why/calculated': {
    en: ({ size, sum }) => `${size} = ${sum}`,
  },
  'why/input-here': {
    en: ({ unit }) => `the input of \`${unit}\` is declared here`,
  },
  'why/input': {
    en: ({ input }) => `the input \`${input}\` is declared here`,
  },
  'why/field': {
    en: ({ field, type }) => `the field \`${field}\` is ${type}`,
  },
  'why/labels': {
    en: ({ field }) => `the labels come from the field \`${field}\``,
  },
  'why/loss-here': {
    en: () => `here they are compared`,
  },
  'why/here': { en: ({ inputs }) => (inputs === '' ? 'here' : `here, with ${inputs}`) },
} satisfies MessageTable;
