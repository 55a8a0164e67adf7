/** Texts about what a run does with its rows and weights: row weights, the run that another one starts from. */
import type { MessageTable } from './table.ts';

export const runLoopMessages = {
  'loss/weighed-batch': {
    en: () =>
      'The rows have weights, but this loss is one number for the whole batch: there is nothing to weigh. Take `weight:` out of the data, or write a loss for each example.',
    zh: () => '各行带有权重，但这个损失是整个批次的一个数，无法加权。从数据中去掉 `weight:`，或者写每个样本的损失。',
  },
  'why/row-weights': {
    en: ({ data }) => `the rows of \`${data}\` have weights`,
    zh: ({ data }) => `\`${data}\` 的各行带有权重`,
  },
} satisfies MessageTable;
