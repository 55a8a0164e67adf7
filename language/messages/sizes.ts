/** Texts about sizes that are open, too large, or beyond counting. */
import type { MessageTable } from './table.ts';

export const sizeMessages = {
  'shape/depends': {
    en: ({ first, second }) =>
      `\`${first}\` and \`${second}\` must be equal here. Whether they are depends on the data: it is checked where a run binds the sizes.`,
  },
  'syntax/too-large': {
    en: ({ size, limit }) =>
      `This file has about ${size} million characters and is not analysed: programs of up to ${limit} million are. If it holds data, keep the data in a file of its own and name it in \`source:\`.`,
  },
  'shape/beyond-counting': {
    en: ({ size }) =>
      `${size} is beyond 9,007,199,254,740,991 (2^53 − 1), the largest size that can be counted exactly, so no shape can have it.`,
  },
} satisfies MessageTable;
