/** Texts about what a run costs. */
import type { MessageTable } from './table.ts';

export const costMessages = {
  'train/memory': {
    en: ({ batch, total, memory }) =>
      `Training at batch ${batch} takes about ${total} of memory, but there are ${memory}, and not even a single example finds room: make the model or its input smaller.`,
    zh: ({ batch, total, memory }) =>
      `批大小为 ${batch} 时训练约需 ${total} 内存，而这里只有 ${memory}，连一个样本也放不下：请缩小模型或它的输入。`,
  },
  'train/memory.batch': {
    en: ({ batch, total, memory, most }) =>
      `Training at batch ${batch} takes about ${total} of memory, but there are ${memory}. A batch of ${most} finds room.`,
    zh: ({ batch, total, memory, most }) =>
      `批大小为 ${batch} 时训练约需 ${total} 内存，而这里只有 ${memory}。批大小 ${most} 放得下。`,
  },
} satisfies MessageTable;
