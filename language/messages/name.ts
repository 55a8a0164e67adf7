/** Texts of problems with names: unknown, doubled, shadowing. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

const importTroubles: Readonly<Record<string, string>> = {
  missing: 'there is no such file',
  folder: 'it is a folder',
  device: 'it is no regular file',
  denied: 'it may not be read',
  outside: 'it lies outside the folders that are trusted',
  'too-large': 'it is too large',
};

const importTroublesZh: Readonly<Record<string, string>> = {
  missing: '没有这个文件',
  folder: '它是文件夹',
  device: '它不是普通文件',
  denied: '不允许读取',
  outside: '它在受信任的文件夹之外',
  'too-large': '文件太大',
};

export const nameMessages = {
  'name/unknown': {
    en: ({ name }) => `There is no \`${name}\` here.`,
    zh: ({ name }) => `这里没有 \`${name}\`。`,
  },
  'name/unknown.near': {
    en: ({ name, near }) => `There is no \`${name}\` here. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `这里没有 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'name/unknown-insert': {
    en: ({ name }) => `\`${name}\` is no parameter of this declaration, so it can’t be put into a text.`,
    zh: ({ name }) => `\`${name}\` 不是这个声明的参数，不能插入到文本中。`,
  },
  'name/unknown-model': {
    en: ({ name }) => `There is no model \`${name}\` in this file or its imports.`,
    zh: ({ name }) => `这个文件及其导入中没有模型 \`${name}\`。`,
  },
  'name/unknown-model.near': {
    en: ({ name, near }) => `There is no model \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `没有模型 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'name/unknown-unit': {
    en: ({ name }) => `There is no model or block \`${name}\` in this file or its imports.`,
    zh: ({ name }) => `这个文件及其导入中没有名为 \`${name}\` 的模型或模块。`,
  },
  'name/unknown-unit.near': {
    en: ({ name, near }) => `There is no model or block \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `没有名为 \`${name}\` 的模型或模块。是不是想写 \`${near}\`？`,
  },
  'name/unknown-data': {
    en: ({ name }) => `There is no data \`${name}\` in this file or its imports.`,
    zh: ({ name }) => `这个文件及其导入中没有数据 \`${name}\`。`,
  },
  'name/unknown-data.near': {
    en: ({ name, near }) => `There is no data \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `没有数据 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'name/unknown-run': {
    en: ({ name }) => `There is no \`train\` block called \`${name}\` in this file.`,
    zh: ({ name }) => `这个文件中没有名为 \`${name}\` 的 \`train\` 段。`,
  },
  'name/unknown-run.near': {
    en: ({ name, near }) => `There is no \`train\` block called \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `没有名为 \`${name}\` 的 \`train\` 段。是不是想写 \`${near}\`？`,
  },
  'name/twice': {
    en: ({ name }) => `\`${name}\` is already bound in this body; a name is bound once. Choose another name here.`,
    zh: ({ name }) => `\`${name}\` 在这段代码中已经绑定过；一个名字只绑定一次，请换一个名字。`,
  },
  'name/twice.first': {
    en: ({ name }) => `\`${name}\` is first bound here`,
    zh: ({ name }) => `\`${name}\` 在这里首次绑定`,
  },
  'name/declared-twice': {
    en: ({ name }) => `This file declares \`${name}\` twice; the first one counts. Rename one of them.`,
    zh: ({ name }) => `这个文件声明了两次 \`${name}\`，以第一次为准。请给其中一个改名。`,
  },
  'name/output-twice': {
    en: ({ name }) => `This unit already has an output called \`${name}\`; name each output.`,
    zh: ({ name }) => `这个单元已经有名为 \`${name}\` 的输出；请给每个输出各起一个名字。`,
  },
  'name/hides-library': {
    en: ({ name }) => `\`${name}\` is also in the library; in this file the name means yours.`,
    zh: ({ name }) => `库里也有 \`${name}\`；在这个文件里，这个名字指你自己的定义。`,
  },
  'name/ambiguous': {
    en: ({ name, first, second }) =>
      `\`${name}\` is an output of the model and a field of the data: write \`${first}\` or \`${second}\`.`,
    zh: ({ name, first, second }) => `\`${name}\` 既是模型的输出，又是数据的字段：请写 \`${first}\` 或 \`${second}\`。`,
  },
  'name/not-a-layer': {
    en: ({ name }) => `\`${name}\` is data, not a layer.`,
    zh: ({ name }) => `\`${name}\` 是数据，不是层。`,
  },
  'name/not-a-model': {
    en: ({ name }) => `\`${name}\` is a block. Only a \`model\` can be trained, since its inputs have full types.`,
    zh: ({ name }) => `\`${name}\` 是模块。只有 \`model\` 可以训练，因为它的输入类型是完整的。`,
  },
  'name/part-not-here': {
    en: ({ model, part }) => `Only the whole model \`${model}\` can be named here, not its part \`${part}\`.`,
    zh: ({ model, part }) => `这里只能写整个模型 \`${model}\`，不能写它的部分 \`${part}\`。`,
  },
  'name/part': {
    en: ({ of, name }) => `\`${of}\` has no part \`${name}\`.`,
    zh: ({ of, name }) => `\`${of}\` 没有名为 \`${name}\` 的部分。`,
  },
  'name/part.near': {
    en: ({ of, name, near }) => `\`${of}\` has no part \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ of, name, near }) => `\`${of}\` 没有名为 \`${name}\` 的部分。是不是想写 \`${near}\`？`,
  },
  'name/no-parts': {
    en: ({ value, name }) => `${value} has no parts, so \`.${name}\` means nothing here.`,
    zh: ({ value, name }) => `${inChinese(value)}没有组成部分，因此 \`.${name}\` 在这里没有意义。`,
  },
  'name/no-weights': {
    en: ({ layer, name }) =>
      `The weights of \`${layer}\` depend on what flows into it, or it has none: \`.${name}\` can’t be read here. The weights of an \`Embedding\` or \`Weight\` can.`,
    zh: ({ layer, name }) =>
      `\`${layer}\` 的权重取决于流入它的值，或者它没有权重：这里读不到 \`.${name}\`。\`Embedding\` 和 \`Weight\` 的权重可以读取。`,
  },
  'name/weight': {
    en: ({ layer, name }) => `\`${layer}\` has no weight \`${name}\`.`,
    zh: ({ layer, name }) => `\`${layer}\` 没有名为 \`${name}\` 的权重。`,
  },
  'name/weight.near': {
    en: ({ layer, name, near }) => `\`${layer}\` has no weight \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ layer, name, near }) => `\`${layer}\` 没有名为 \`${name}\` 的权重。是不是想写 \`${near}\`？`,
  },
  'name/recursion': {
    en: ({ unit }) =>
      `\`${unit}\` leads back here: a unit can’t contain itself, since it would never end. A repeated part is written with \`repeat\`.`,
    zh: ({ unit }) => `\`${unit}\` 又绕回了这里：单元不能包含自己，否则永远不会结束。重复的部分用 \`repeat\` 来写。`,
  },
  'name/nesting': {
    en: ({ limit, unit }) => `Units are nested more than ${limit} deep here, in \`${unit}\`.`,
    zh: ({ limit, unit }) => `单元嵌套超过了 ${limit} 层，位置在 \`${unit}\` 中。`,
  },
  'name/variant-cycle': {
    en: ({ name }) => `\`${name}\` is defined by itself: follow its \`=\` to a model or block with a body.`,
    zh: ({ name }) => `\`${name}\` 由它自己定义：沿着它的 \`=\` 必须能走到一个有正文的模型或模块。`,
  },
  'name/import-cycle': {
    en: ({ path }) =>
      `\`${path}\` imports this file again, directly or through others; imports may not go round. Move what both need into a third file.`,
    zh: ({ path }) => `\`${path}\` 直接或间接地又导入了这个文件；导入不能成环。把双方都需要的内容移到第三个文件里。`,
  },
  'name/import-file': {
    en: ({ path, trouble }) =>
      `\`${path}\` can’t be imported: ${importTroubles[String(trouble)] ?? 'it can’t be read'}. The path is relative to this file.`,
    zh: ({ path, trouble }) =>
      `无法导入 \`${path}\`：${importTroublesZh[String(trouble)] ?? '文件无法读取'}。路径相对于这个文件。`,
  },
  'name/not-in-file': {
    en: ({ path, name }) => `\`${path}\` declares no \`${name}\`.`,
    zh: ({ path, name }) => `\`${path}\` 中没有声明 \`${name}\`。`,
  },
  'name/not-in-file.near': {
    en: ({ path, name, near }) => `\`${path}\` declares no \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ path, name, near }) => `\`${path}\` 中没有声明 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'name/unused.binding': {
    en: ({ name }) => `\`${name}\` is never used.`,
    zh: ({ name }) => `\`${name}\` 从未使用。`,
  },
  'name/unused.layer': {
    en: ({ name }) => `The layer \`${name}\` is never used.`,
    zh: ({ name }) => `层 \`${name}\` 从未使用。`,
  },
  'name/unused.input': {
    en: ({ name }) => `The input \`${name}\` is never used.`,
    zh: ({ name }) => `输入 \`${name}\` 从未使用。`,
  },
  'name/unused.parameter': {
    en: ({ name }) => `The parameter \`${name}\` is never used.`,
    zh: ({ name }) => `参数 \`${name}\` 从未使用。`,
  },
} satisfies MessageTable;
