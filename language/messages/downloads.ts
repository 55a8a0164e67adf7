/** Texts of problems with files that are named by an address. */
import type { MessageTable } from './table.ts';

export const downloadMessages = {
  'data/not-fetched': {
    en: ({ title, url }) =>
      `\`${title}\` was not fetched from ${url} yet: that is done when a run starts, and its columns are known from then on.`,
    zh: ({ title, url }) => `\`${title}\` 还没有从 ${url} 下载：开始运行时会下载，此后才知道它的列。`,
  },
  'data/download-place': {
    en: ({ setting, source }) =>
      `\`download\` gives one file, but \`${setting}\` of \`${source}\` is none: write it where a source names a file, like \`csv(download("https://…"))\`.`,
    zh: ({ setting, source }) =>
      `\`download\` 给出一个文件，但 \`${source}\` 的 \`${setting}\` 不是文件：请把它写在数据来源写文件名的地方，例如 \`csv(download("https://…"))\`。`,
  },
} satisfies MessageTable;
