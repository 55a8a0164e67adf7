/** Titles of fixes that belong to no single area. */
import type { MessageTable } from './table.ts';

export const fixMessages = {
  'fix/change': {
    en: ({ text }) => `Change to ${text}`,
  },
  'fix/insert-stage': {
    en: ({ stage, layer }) => `Insert ${stage} before ${layer}`,
  },
  'fix/mean': {
    en: () => `Take the mean`,
  },
  'fix/batch-axis': { en: () => 'Leave the batch out' },
  'fix/padding': { en: ({ layers }) => `Set padding: same on ${layers}` },
  'fix/keep-validation': { en: ({ data }) => `Keep 10% of ${data} for validation` },
} satisfies MessageTable;
