/** Texts of problems with `extern block`s and their modules. */
import type { MessageTable } from './table.ts';

const troubles: Readonly<Record<string, string>> = {
  missing: 'there is no such file',
  outside: 'it lies outside the folder that is open, which is not trusted',
  denied: 'it may not be read',
  folder: 'that is a folder',
  device: 'that is no file',
};

export const externMessages = {
  'data/module-kind': {
    en: ({ path }) =>
      `The module of an \`extern block\` is JavaScript, a file that ends in \`.js\` or \`.mjs\`, but this is \`${path}\`.`,
    zh: ({ path }) => `\`extern block\` 的模块是 JavaScript 文件，以 \`.js\` 或 \`.mjs\` 结尾，但这里是 \`${path}\`。`,
  },
  'data/module-missing': {
    en: ({ path, trouble }) =>
      `The module \`${path}\` can’t be read: ${troubles[trouble ?? ''] ?? 'it is no readable text'}. The path is relative to this file. Types are checked without it; training needs it.`,
    zh: ({ path }) => `无法读取模块 \`${path}\`。路径相对于这个文件。没有它也会检查类型，但训练需要它。`,
  },
  'type/extern-output': {
    en: ({ unit }) =>
      `An output of an \`extern block\` states its type, and the module of \`${unit}\` makes it: \`output y: [...]\`.`,
    zh: ({ unit }) => `\`extern block\` 的输出要写明类型，由 \`${unit}\` 的模块产生：\`output y: [...]\`。`,
  },
  'type/extern-body': {
    en: ({ unit }) =>
      `An \`extern block\` only says what goes in and what comes out: what lies between is made by the module of \`${unit}\`.`,
    zh: ({ unit }) => `\`extern block\` 只写输入和输出：中间的内容由 \`${unit}\` 的模块完成。`,
  },
} satisfies MessageTable;
