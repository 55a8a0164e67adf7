/** Texts about names that are used before their line, and defaults that do not fit what they stand for. */
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
} satisfies MessageTable;
