/** Texts about what a run does with its rows: the last batch, and outputs that only training has. */
import type { MessageTable } from './table.ts';

export const runRowMessages = {
  'train/batch-of-one.last': {
    en: ({ rows, batch }) =>
      `${rows} training rows in batches of ${batch} leave one row for the last batch, and \`BatchNorm\` needs several: of one alone, each number is its own mean, and what is left is 0. Take another batch size.`,
    zh: ({ rows, batch }) =>
      `${rows} 个训练行按每批 ${batch} 个划分，最后一批只剩一行，而 \`BatchNorm\` 需要多个样本：只有一个时，每个数就是它自己的均值，剩下的是 0。换一个批大小。`,
  },
  'train/training-only': {
    en: ({ name }) =>
      `The output \`${name}\` is there \`while training\` only, so it can’t be measured here: take another output, or leave \`while training\` out.`,
    zh: ({ name }) =>
      `输出 \`${name}\` 只在训练时存在（\`while training\`），因此不能在这里衡量：换一个输出，或者去掉 \`while training\`。`,
  },
  'why/training-only': { en: () => 'only `while training`', zh: () => '只在训练时（`while training`）' },
} satisfies MessageTable;
