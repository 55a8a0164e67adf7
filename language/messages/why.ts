/** Texts that say where a size comes from: "26 = 28 − 3 + 1 (window 3, padding: valid)". */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const whyMessages = {
  'why/declared': {
    en: ({ size }) => `${size}: declared here`,
    zh: ({ size }) => `${size}：在这里声明`,
  },
  'why/default': {
    en: ({ size, name }) => `${size}: the default of \`${name}\``,
    zh: ({ size, name }) => `${size}：\`${name}\` 的默认值`,
  },
  'why/named': {
    en: ({ size, name }) => `${size} = \`${name}\``,
    zh: ({ size, name }) => `${size} = \`${name}\``,
  },
  'why/calculated': {
    en: ({ size, sum }) => `${size} = ${sum}`,
    zh: ({ size, sum }) => `${size} = ${sum}`,
  },
  'why/input-here': {
    en: ({ unit }) => `the input of \`${unit}\` is declared here`,
    zh: ({ unit }) => `\`${unit}\` 的输入在这里声明`,
  },
  'why/input': {
    en: ({ input }) => `the input \`${input}\` is declared here`,
    zh: ({ input }) => `输入 \`${input}\` 在这里声明`,
  },
  'why/field': {
    en: ({ field, type }) => `the field \`${field}\` is ${type}`,
    zh: ({ field, type }) => `字段 \`${field}\` 是 ${type}`,
  },
  'why/labels': {
    en: ({ field }) => `the labels come from the field \`${field}\``,
    zh: ({ field }) => `标签来自字段 \`${field}\``,
  },
  'why/loss-here': {
    en: () => `here they are compared`,
    zh: () => '在这里进行比较',
  },
  'why/here': {
    en: ({ inputs }) => (inputs === '' ? 'here' : `here, with ${inputs}`),
    zh: ({ inputs }) => (inputs === '' ? '在这里' : `在这里，输入为 ${inputs}`),
  },
  'why/setting': {
    en: ({ size, setting, callee }) => `${size} = \`${setting}\` of \`${callee}\``,
    zh: ({ size, setting, callee }) => `${size} = \`${callee}\` 的 \`${setting}\``,
  },
  'why/window': {
    en: ({ result, room, window, settings }) => `${result} = ${room} − ${window} + 1 (${settings})`,
    zh: ({ result, room, window, settings }) => `${result} = ${room} − ${window} + 1（${inChinese(settings)}）`,
  },
  'why/window-strided': {
    en: ({ result, room, window, stride, settings, rounding }) =>
      `${result} = (${room} − ${window}) // ${stride} + 1 (${settings}${rounding})`,
    zh: ({ result, room, window, stride, settings, rounding }) =>
      `${result} = (${room} − ${window}) // ${stride} + 1（${inChinese(settings)}${inChinese(rounding)}）`,
  },
  'why/window-same': {
    en: ({ result, size, stride }) => `${result} = ${size} divided by stride ${stride}, rounded up (padding: same)`,
    zh: ({ result, size, stride }) => `${result} = ${size} 除以步幅 ${stride}，向上取整（padding: same）`,
  },
  'why/window-transposed': {
    en: ({ result, size, stride, settings }) => `${result} = ${size} stretched by stride ${stride} (${settings})`,
    zh: ({ result, size, stride, settings }) => `${result} = ${size} 按步幅 ${stride} 放大（${inChinese(settings)}）`,
  },
  'why/join': {
    en: ({ result, parts, callee, axis }) => `${result} = ${parts} (\`${callee}\` along axis ${axis})`,
    zh: ({ result, parts, callee, axis }) => `${result} = ${parts}（\`${callee}\`，沿第 ${axis} 轴）`,
  },
  'why/flattened': {
    en: ({ result, factors }) => `${result} = ${factors} (all axes in one)`,
    zh: ({ result, factors }) => `${result} = ${factors}（所有轴合为一个）`,
  },
  'why/times': {
    en: ({ result, size, times, callee }) => `${result} = ${size} × ${times} (\`${callee}\`)`,
    zh: ({ result, size, times, callee }) => `${result} = ${size} × ${times}（\`${callee}\`）`,
  },
  'why/divided': {
    en: ({ result, size, parts, callee }) => `${result} = ${size} / ${parts} (\`${callee}\`)`,
    zh: ({ result, size, parts, callee }) => `${result} = ${size} / ${parts}（\`${callee}\`）`,
  },
  'why/count': {
    en: ({ size, callee }) => `${size} values in \`${callee}\``,
    zh: ({ size, callee }) => `\`${callee}\` 中有 ${size} 个值`,
  },
  'why/range': {
    en: ({ size, from, to }) => `${size} places from ${from} to ${to}`,
    zh: ({ size, from, to }) => `从 ${from} 到 ${to} 共 ${size} 个位置`,
  },
  'why/padded': {
    en: ({ result, size, before, after }) => `${result} = ${size} + ${before} + ${after} (\`pad\`)`,
    zh: ({ result, size, before, after }) => `${result} = ${size} + ${before} + ${after}（\`pad\`）`,
  },
  'why/half': {
    en: ({ result, size, callee }) => `${result} = half of ${size} (\`${callee}\`)`,
    zh: ({ result, size, callee }) => `${result} = ${size} 的一半（\`${callee}\`）`,
  },
} satisfies MessageTable;
