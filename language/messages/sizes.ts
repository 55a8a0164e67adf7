/** Texts about sizes that are open, too large, or beyond counting. */
import type { MessageTable } from './table.ts';

export const sizeMessages = {
  'shape/depends': {
    en: ({ first, second }) =>
      `\`${first}\` and \`${second}\` must be equal here. Whether they are depends on the data: it is checked where a run binds the sizes.`,
    zh: ({ first, second }) =>
      `\`${first}\` 和 \`${second}\` 在这里必须相等。是否相等取决于数据：运行确定尺寸时会检查。`,
  },
  'shape/input-default': {
    en: ({ input, wanted, given }) =>
      `The default of \`${input}\` is ${given}, but the input is ${wanted}: write a value of that shape, like \`zeros([…])\`.`,
    zh: ({ input, wanted, given }) =>
      `\`${input}\` 的默认值是 ${given}，但输入是 ${wanted}：写一个该形状的值，例如 \`zeros([…])\`。`,
  },
  'syntax/too-large': {
    en: ({ size, limit }) =>
      `This file has about ${size} million characters and is not analysed: programs of up to ${limit} million are. If it holds data, keep the data in a file of its own and name it in \`source:\`.`,
    zh: ({ size, limit }) =>
      `这个文件约有 ${size} 百万个字符，不作分析：只分析不超过 ${limit} 百万个字符的程序。如果其中是数据，请把数据放进单独的文件，并写在 \`source:\` 中。`,
  },
  'shape/beyond-counting': {
    en: ({ size }) =>
      `${size} is beyond 9,007,199,254,740,991 (2^53 − 1), the largest size that can be counted exactly, so no shape can have it.`,
    zh: ({ size }) =>
      `${size} 超过了 9,007,199,254,740,991（2^53 − 1），即能精确计数的最大尺寸，因此任何形状都不能用它。`,
  },
} satisfies MessageTable;
