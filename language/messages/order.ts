/** Texts about what stands too early: names before their line, defaults that do not fit, an answer beside its question. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const orderMessages = {
  'name/bound-later': {
    en: ({ name }) => `\`${name}\` is bound further down: a name can be used only after its line.`,
    zh: ({ name }) => `\`${name}\` 在后面才绑定：名字只能在它那一行之后使用。`,
  },
  'name/bound-later.own': {
    en: ({ name }) =>
      `\`${name}\` is bound by this very line, so it has no value yet. If an earlier value is meant, it needs another name.`,
    zh: ({ name }) => `\`${name}\` 正由这一行绑定，此时还没有值。如果指的是之前的值，请换一个名字。`,
  },
  'argument/default': {
    en: ({ name, expected, value }) => `\`${name}\` is ${expected}, but its default is ${value}.`,
    zh: ({ name, expected, value }) => `\`${name}\` 应为${inChinese(expected)}，但它的默认值是${inChinese(value)}。`,
  },
  'train/sees-answer': {
    en: ({ truth, input }) =>
      truth === input
        ? `\`${truth}\` is what the model reads as well: each place sees the very token that it is to say, and nothing is learned. To say the next one, the truth must begin one step later.`
        : `\`${truth}\` is the same as \`${input}\`, which the model reads: each place sees the very token that it is to say, and nothing is learned. To say the next one, the truth must begin one step later.`,
    zh: ({ truth, input }) =>
      `${truth === input ? `\`${truth}\` 也是模型所读的内容` : `\`${truth}\` 与模型所读的 \`${input}\` 相同`}：每个位置都看得到它要说的那个词元，什么也学不到。要说下一个词元，真值必须从后一步开始。`,
  },
} satisfies MessageTable;
