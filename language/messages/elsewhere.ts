/** Texts of names that mean something in another place, of columns that a file does not have, and of file names without quotes. */
import type { MessageTable } from './table.ts';

export const elsewhereMessages = {
  'name/unknown.file': {
    en: ({ name, file, columns }) =>
      `There is no \`${name}\` here: \`${file}\` has no column of that name. It has ${columns}.`,
    zh: ({ name, file, columns }) => `这里没有 \`${name}\`：\`${file}\` 没有这个名字的列，它的列是 ${columns}。`,
  },
  'name/unknown.file-near': {
    en: ({ name, near, file }) => `\`${file}\` has no column \`${name}\`; it has \`${near}\`.`,
    zh: ({ name, near, file }) => `\`${file}\` 没有列 \`${name}\`，但有 \`${near}\`。`,
  },
  'data/no-column.file': {
    en: ({ name, file, columns }) => `\`${file}\` has no column \`${name}\`. It has ${columns}.`,
    zh: ({ name, file, columns }) => `\`${file}\` 没有列 \`${name}\`，它的列是 ${columns}。`,
  },
  'data/no-column.file-near': {
    en: ({ name, near, file }) => `\`${file}\` has no column \`${name}\`; it has \`${near}\`.`,
    zh: ({ name, near, file }) => `\`${file}\` 没有列 \`${name}\`，但有 \`${near}\`。`,
  },
  'name/unknown.text': {
    en: ({ name, column }) => `A text stands in quotes: \`"${name}"\` is a value of \`${column}\`.`,
    zh: ({ name, column }) => `文本要写在引号里：\`"${name}"\` 是 \`${column}\` 的一个值。`,
  },
  'name/in-models': {
    en: ({ name }) => `\`${name}\` works in a model, not in \`data\`: let the field flow into it there.`,
    zh: ({ name }) => `\`${name}\` 用在模型里，而不是 \`data\` 里：让这个字段在模型里流入它。`,
  },
  'name/in-models.function': {
    en: ({ name }) =>
      `\`${name}\` calculates in a model or in a loss, not in \`data\`: let an input flow into it in the model, and write a truth as \`${name}(…)\` in the loss of \`train\`.`,
    zh: ({ name }) =>
      `\`${name}\` 在模型或损失里计算，而不是在 \`data\` 里：输入在模型里流入它，真值在 \`train\` 的损失里写作 \`${name}(…)\`。`,
  },
  'name/in-augment': {
    en: ({ name }) =>
      `\`${name}\` changes training rows by chance: it stands in \`augment:\`, like \`augment: image -> ${name}\`.`,
    zh: ({ name }) => `\`${name}\` 随机改变训练行：它写在 \`augment:\` 里，例如 \`augment: image -> ${name}\`。`,
  },
  'name/in-data': {
    en: ({ name }) => `\`${name}\` prepares rows in \`data\`, and is no layer of a model.`,
    zh: ({ name }) => `\`${name}\` 在 \`data\` 里处理数据行，不是模型的层。`,
  },
  'data/source-form.text': {
    en: ({ call }) => `A source says how its file is read: \`${call}\`.`,
    zh: ({ call }) => `数据源要说明文件怎样读取：\`${call}\`。`,
  },
  'data/file-quotes': {
    en: ({ text }) => `The name of a file stands in quotes: \`"${text}"\`.`,
    zh: ({ text }) => `文件名要写在引号里：\`"${text}"\`。`,
  },
  'data/query.table': {
    en: ({ table, tables }) =>
      `The query reads \`${table}\`, but the tables here are ${tables}: each file is named as the query calls it.`,
    zh: ({ table, tables }) => `查询读取 \`${table}\`，但这里的表是 ${tables}：每个文件的名字要与查询里的一致。`,
  },
  'why/classes': {
    en: ({ size, column, names }) => `${size}: \`${column}\` has the values ${names}`,
    zh: ({ size, column, names }) => `${size}：\`${column}\` 的值有 ${names}`,
  },
} satisfies MessageTable;
