/** Texts of problems with data sections and data files. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const dataMessages = {
  'data/no-source': {
    en: ({ data }) =>
      `\`${data}\` has no \`source:\`, so it has no rows: name its files, for example \`source: csv("rows.csv")\`.`,
    zh: ({ data }) =>
      `\`${data}\` 没有 \`source:\`，因此没有任何行：请写明数据文件，例如 \`source: csv("rows.csv")\`。`,
  },
  'data/source-form': {
    en: () => `A source is a call, like \`csv("rows.csv")\` or \`idx(images: "…", labels: "…")\`.`,
    zh: () => '数据来源要写成调用，例如 `csv("rows.csv")` 或 `idx(images: "…", labels: "…")`。',
  },
  'data/unknown-source': {
    en: ({ name }) => `There is no source \`${name}\`.`,
    zh: ({ name }) => `没有名为 \`${name}\` 的数据来源。`,
  },
  'data/unknown-source.near': {
    en: ({ name, near }) => `There is no source \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `没有名为 \`${name}\` 的数据来源。是不是想写 \`${near}\`？`,
  },
  'data/unnamed-file': {
    en: ({ source }) => `Each file of \`${source}\` needs the name of its column: \`${source}(images: "…")\`.`,
    zh: ({ source }) => `\`${source}\` 的每个文件都要写上列名：\`${source}(images: "…")\`。`,
  },
  'data/file-name': {
    en: ({ column, value }) => `The file of \`${column}\` is a text in quotes, but got ${value}.`,
    zh: ({ column, value }) => `\`${column}\` 的文件名应为带引号的文本，但得到的是${inChinese(value)}。`,
  },
  'data/no-files': {
    en: ({ source }) =>
      `\`${source}\` needs at least one file with the name of its column: \`${source}(images: "…")\`.`,
    zh: ({ source }) => `\`${source}\` 至少需要一个带列名的文件：\`${source}(images: "…")\`。`,
  },
  'data/no-column': {
    en: ({ name }) => `The source has no column \`${name}\`.`,
    zh: ({ name }) => `数据来源中没有名为 \`${name}\` 的列。`,
  },
  'data/no-column.near': {
    en: ({ name, near }) => `The source has no column \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `数据来源中没有名为 \`${name}\` 的列。是不是想写 \`${near}\`？`,
  },
  'data/not-a-column': {
    en: ({ value }) => `A field is made of columns, but this is ${value}.`,
    zh: ({ value }) => `字段由列构成，但这里是${inChinese(value)}。`,
  },
  'data/unknown-key': {
    en: ({ section, name }) =>
      `A ${section} section has no key \`${name}\`; a field needs a type: \`${name}: float32 = …\`.`,
    zh: ({ section, name }) => `\`${section}\` 段没有键 \`${name}\`；字段需要写类型：\`${name}: float32 = …\`。`,
  },
  'data/unknown-key.near': {
    en: ({ section, name, near }) => `A ${section} section has no key \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ section, name, near }) => `\`${section}\` 段没有键 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'data/key-twice': {
    en: ({ key }) => `\`${key}\` is given twice.`,
    zh: ({ key }) => `\`${key}\` 给了两次。`,
  },
  'data/share': {
    en: ({ key, value }) => `\`${key}\` is a share of the rows between 0% and 100%, like \`10%\`, but is ${value}.`,
    zh: ({ key, value }) =>
      `\`${key}\` 是占总行数的比例，介于 0% 和 100% 之间，例如 \`10%\`，但这里是${inChinese(value)}。`,
  },
  'data/conversion.text': {
    en: ({ given, stated }) =>
      `The column is text (${given}), and text is no ${stated}: number it with \`Index\` or \`OneHot\`, or compare it (\`== "yes"\`).`,
    zh: ({ given, stated }) =>
      `这一列是文本（${given}），不能直接当作 ${stated}：用 \`Index\` 或 \`OneHot\` 编号，或者做比较（\`== "yes"\`）。`,
  },
  'data/conversion.to-text': {
    en: ({ given }) => `Numbers (${given}) do not become text here.`,
    zh: ({ given }) => `数值（${given}）在这里不会变成文本。`,
  },
  'data/conversion.decimal': {
    en: ({ given, stated }) =>
      `Decimal numbers (${given}) would lose their fractions as ${stated}: state float32, or sort them into numbered buckets with \`Bucketize\`.`,
    zh: ({ given, stated }) =>
      `小数（${given}）变成 ${stated} 会丢掉小数部分：写成 float32，或者用 \`Bucketize\` 分成编号的区间。`,
  },
  'data/conversion.bool': {
    en: ({ given }) => `Numbers (${given}) are not true or false by themselves: compare them, for example \`!= 0\`.`,
    zh: ({ given }) => `数值（${given}）本身没有真假之分：请做比较，例如 \`!= 0\`。`,
  },
  'data/conversion.range': {
    en: ({ given, value, stated }) => `${given} holds ${value}, which does not fit into ${stated} (0 to 255).`,
    zh: ({ given, value, stated }) => `${given} 中有 ${value}，放不进 ${stated}（0 到 255）。`,
  },
  'data/no-field': {
    en: ({ input, data, fields }) =>
      `The model needs \`${input}\`, but \`${data}\` has no field of that name (it has ${fields}). Inputs are fed from fields of the same name.`,
    zh: ({ input, data, fields }) =>
      `模型需要 \`${input}\`，但 \`${data}\` 没有同名字段（它有 ${inChinese(fields)}）。输入由同名字段提供。`,
  },
  'data/no-field.none': {
    en: ({ input, data }) =>
      `The model needs \`${input}\`, but \`${data}\` has no fields yet: add \`${input}: … = …\` to it.`,
    zh: ({ input, data }) => `模型需要 \`${input}\`，但 \`${data}\` 还没有任何字段：给它加上 \`${input}: … = …\`。`,
  },
  'data/field-input': {
    en: ({ input, unit, expected, given, axis, actual, wanted }) =>
      `\`${input}\` of \`${unit}\` is ${expected}, but the field gives ${given}: axis ${axis} is ${actual}, not ${wanted}.`,
    zh: ({ input, unit, expected, given, axis, actual, wanted }) =>
      `\`${unit}\` 的 \`${input}\` 是 ${expected}，但字段给出的是 ${given}：第 ${axis} 轴是 ${actual}，而不是 ${wanted}。`,
  },
  'data/field-input.unsolved': {
    en: ({ input, unit, expected, given, axis, actual }) =>
      `\`${input}\` of \`${unit}\` is ${expected}, but the field gives ${given}: axis ${axis} is ${actual}, which no whole number fits.`,
    zh: ({ input, unit, expected, given, axis, actual }) =>
      `\`${unit}\` 的 \`${input}\` 是 ${expected}，但字段给出的是 ${given}：第 ${axis} 轴是 ${actual}，没有整数能满足。`,
  },
  'data/field-input.rank': {
    en: ({ input, unit, expected, given }) =>
      `\`${input}\` of \`${unit}\` is ${expected}, but the field gives ${given}.`,
    zh: ({ input, unit, expected, given }) => `\`${unit}\` 的 \`${input}\` 是 ${expected}，但字段给出的是 ${given}。`,
  },
  'data/field-input.batch': {
    en: ({ input, unit, expected, given }) =>
      `\`${input}\` of \`${unit}\` is ${expected}, but the field gives ${given}: a model is written for one example, so the batch is no axis of it.`,
    zh: ({ input, unit, expected, given }) =>
      `\`${unit}\` 的 \`${input}\` 是 ${expected}，但字段给出的是 ${given}：模型是为单个样本写的，批不是它的轴。`,
  },
  'data/field-input.type': {
    en: ({ input, unit, wanted, given }) => `\`${input}\` of \`${unit}\` is ${wanted}, but the field gives ${given}.`,
    zh: ({ input, unit, wanted, given }) => `\`${unit}\` 的 \`${input}\` 是 ${wanted}，但字段给出的是 ${given}。`,
  },
  'data/unlike-indexes': {
    en: ({ layer }) =>
      `\`${layer}\` looks up numbers of two different indexes, so one row would mean two things: make both fields by \`Index\` of one column with the same settings, or give each a layer of its own.`,
    zh: ({ layer }) =>
      `\`${layer}\` 查的编号来自两个不同的索引，同一行会代表两种东西：让两个字段对同一列用同样设置的 \`Index\`，或者各用各的层。`,
  },
  'data/seed': {
    en: ({ value }) => `\`seed\` is a whole number of at least 0, but got ${value}.`,
    zh: ({ value }) => `\`seed\` 应为不小于 0 的整数，但得到的是${inChinese(value)}。`,
  },
} satisfies MessageTable;
