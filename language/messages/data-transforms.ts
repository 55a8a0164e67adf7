/** Texts of problems with what is done to rows: transforms that do not go together, and augmentations. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const dataTransformMessages = {
  'data/share.rows': {
    en: ({ key, value }) =>
      `\`${key}\` is a share of the rows between 0% and 100%, like \`10%\`, or a number of rows from 100 on, like \`5_000\`, but is ${value}.`,
    zh: ({ key, value }) =>
      `\`${key}\` 是占总行数的比例，介于 0% 和 100% 之间，例如 \`10%\`，或者不少于 100 的行数，例如 \`5_000\`，但这里是${inChinese(value)}。`,
  },
  'data/augment-form.alone': {
    en: ({ step, whole }) =>
      `\`${step}\` has no field to change, because a comma begins another flow. Let the field flow on: \`${whole}\`.`,
    zh: ({ step, whole }) => `\`${step}\` 没有可以作用的字段，因为逗号开始了另一个流。让字段继续流下去：\`${whole}\`。`,
  },
  'data/mixed-alone': {
    en: ({ callee, field, fields }) =>
      `\`${callee}\` mixes rows of \`${field}\`, but not what belongs to them: let the labels flow along, as a number for each class (\`OneHot\`), like \`(${fields}) -> ${callee}\`.`,
    zh: ({ callee, field, fields }) =>
      `\`${callee}\` 混合了 \`${field}\` 的行，却没有混合与之对应的内容：让标签一起流过，每个类别一个数（\`OneHot\`），例如 \`(${fields}) -> ${callee}\`。`,
  },
  'data/cutmix-picture': {
    en: ({ fields, whole }) =>
      `\`cutmix\` cuts a rectangle out of a picture, but \`${fields}\` is none: let the picture flow along, like \`${whole}\`.`,
    zh: ({ fields, whole }) =>
      `\`cutmix\` 从图片中裁出一个矩形，但 \`${fields}\` 不是图片：让图片一起流过，例如 \`${whole}\`。`,
  },
  'data/cutmix-picture.none': {
    en: ({ fields }) =>
      `\`cutmix\` cuts a rectangle out of a picture, but \`${fields}\` is none and this data has none: \`mixup\` mixes rows of any kind.`,
    zh: ({ fields }) =>
      `\`cutmix\` 从图片中裁出一个矩形，但 \`${fields}\` 不是图片，这份数据里也没有图片：\`mixup\` 可以混合任何种类的行。`,
  },
  'data/hide-numbers': {
    en: () =>
      '`hide` writes 2 over what it hides and takes 0 for padding, but `Index` gives these numbers to values. Number the texts with `Words`, or with `BytePairs(259)`, which cuts them into single bytes.',
    zh: () =>
      '`hide` 用 2 覆盖被隐藏的内容，并把 0 当作填充，但 `Index` 把这些编号给了实际的值。请用 `Words` 给文本编号，或者用 `BytePairs(259)`，它把文本切成单个字节。',
  },
  'data/windows-rows': {
    en: ({ what }) =>
      `${what} chooses rows one by one, but \`windows\` cuts rows that lie together in the file, so no run can be made of both. Clean the file before, or fill what is missing.`,
    zh: ({ what }) =>
      `${inChinese(what)}逐行选取，但 \`windows\` 截取的是文件中相邻的行，两者不能一起运行。请先清理文件，或者填充缺失的值。`,
  },
  'train/unknown-size.field': {
    en: ({ field, names }) =>
      `The rows of \`${field}\` have many lengths (\`${names}\`), and a run needs one for all: give it where the rows are made, like \`length: 32\` of \`Words\` or \`fit(16_000)\` behind \`decodeAudio\`, and write it in the field's type.`,
    zh: ({ field, names }) =>
      `\`${field}\` 的各行长短不一（\`${names}\`），而一次运行需要统一的长度：在产生这些行的地方写出来，例如 \`Words\` 的 \`length: 32\`，或者 \`decodeAudio\` 后面的 \`fit(16_000)\`，并写进字段的类型。`,
  },
} satisfies MessageTable;
