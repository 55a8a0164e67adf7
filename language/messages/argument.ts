/** Texts of problems with arguments and settings. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const argumentMessages = {
  'argument/axes': {
    en: ({ setting, count, given }) => `\`${setting}\` needs one number, or ${count} of them; here are ${given}.`,
    zh: ({ setting, count, given }) => `\`${setting}\` 需要一个数，或者 ${count} 个数；这里给了 ${given} 个。`,
  },
  'argument/flow-in': {
    en: ({ callee }) =>
      `A value flows into \`${callee}\` with an arrow: write \`x -> ${callee}(…)\`, not \`${callee}(x, …)\`.`,
    zh: ({ callee }) => `值要用箭头流入 \`${callee}\`：写 \`x -> ${callee}(…)\`，而不是 \`${callee}(x, …)\`。`,
  },
  'argument/flow-in.many': {
    en: ({ callee }) =>
      `Values flow into \`${callee}\` with an arrow, several of them in brackets: write \`(x, y) -> ${callee}(…)\`, not \`${callee}(x, y, …)\`.`,
    zh: ({ callee }) =>
      `值要用箭头流入 \`${callee}\`，多个值写在括号里：写 \`(x, y) -> ${callee}(…)\`，而不是 \`${callee}(x, y, …)\`。`,
  },
  'argument/kind': {
    en: ({ setting, callee, expected, value }) => `\`${setting}\` of \`${callee}\` is ${expected}, but got ${value}.`,
    zh: ({ setting, callee, expected, value }) =>
      `\`${callee}\` 的 \`${setting}\` 应为${inChinese(expected)}，但得到的是${inChinese(value)}。`,
  },
  'argument/metric': {
    en: ({ setting }) => `\`${setting}\` is the name of a metric, like \`validation.loss\` or \`accuracy\`.`,
    zh: ({ setting }) => `\`${setting}\` 是指标的名字，例如 \`validation.loss\` 或 \`accuracy\`。`,
  },
  'argument/missing': {
    en: ({ callee, setting, expected, doc }) =>
      `\`${callee}\` needs \`${setting}\`, ${expected}.${doc === '' ? '' : ` ${doc}`}`,
    zh: ({ callee, setting, expected }) => `\`${callee}\` 缺少设置 \`${setting}\`，它应为${inChinese(expected)}。`,
  },
  'argument/missing-input': {
    en: ({ callee, input }) => `\`${callee}\` needs a value for its input \`${input}\`.`,
    zh: ({ callee, input }) => `\`${callee}\` 的输入 \`${input}\` 还没有值。`,
  },
  'argument/no-body': {
    en: ({ callee }) => `\`${callee}\` needs a layer in braces: \`${callee} { … }\`.`,
    zh: ({ callee }) => `\`${callee}\` 需要一个写在花括号里的层：\`${callee} { … }\`。`,
  },
  'argument/none-here': {
    en: ({ layer }) => `\`${layer}\` is already complete: it takes no arguments here.`,
    zh: ({ layer }) => `\`${layer}\` 已经是完整的层，这里不能再给它参数。`,
  },
  'argument/range': {
    en: ({ setting, range, value }) => `\`${setting}\` must be ${range}, but is ${value}.`,
    zh: ({ setting, range, value }) => `\`${setting}\` 必须${inChinese(range)}，但这里是 ${value}。`,
  },
  'argument/range.min': {
    en: ({ setting, min, value }) => `\`${setting}\` must be at least ${min}, but is ${value}.`,
    zh: ({ setting, min, value }) => `\`${setting}\` 不能小于 ${min}，但这里是 ${value}。`,
  },
  'argument/range.max': {
    en: ({ setting, max, value }) => `\`${setting}\` must be at most ${max}, but is ${value}.`,
    zh: ({ setting, max, value }) => `\`${setting}\` 不能大于 ${max}，但这里是 ${value}。`,
  },
  'argument/too-many': {
    en: ({ callee, count, order, named }) =>
      `\`${callee}\` takes ${count} settings without names (${order}); the others are named: ${named}.`,
    zh: ({ callee, count, order, named }) =>
      `\`${callee}\` 只有 ${count} 个设置可以不写名字（${inChinese(order)}）；其余的要写名字：${inChinese(named)}。`,
  },
  'argument/too-many.none': {
    en: ({ callee }) => `\`${callee}\` takes no settings.`,
    zh: ({ callee }) => `\`${callee}\` 没有任何设置。`,
  },
  'argument/too-many.named-only': {
    en: ({ callee, named }) => `The settings of \`${callee}\` are always named: ${named}.`,
    zh: ({ callee, named }) => `\`${callee}\` 的设置都必须写名字：${inChinese(named)}。`,
  },
  'argument/too-many.all': {
    en: ({ callee, count, order }) => `\`${callee}\` takes ${count} settings (${order}), and here is one more.`,
    zh: ({ callee, count, order }) => `\`${callee}\` 有 ${count} 个设置（${inChinese(order)}），这里多给了一个。`,
  },
  'argument/too-many-inputs': {
    en: ({ callee, count }) =>
      `\`${callee}\` takes ${count === 1 ? 'one value' : `${count} values`}, and here is one more.`,
    zh: ({ callee, count }) => `\`${callee}\` 接收 ${count} 个值，这里多给了一个。`,
  },
  'argument/too-many-parts': {
    en: ({ input, callee }) => `\`${input}\` of \`${callee}\` can’t take this value too.`,
    zh: ({ input, callee }) => `\`${callee}\` 的 \`${input}\` 不能再接收这个值。`,
  },
  'argument/twice': {
    en: ({ setting, callee }) => `\`${setting}\` of \`${callee}\` is given twice.`,
    zh: ({ setting, callee }) => `\`${callee}\` 的 \`${setting}\` 给了两次。`,
  },
  'argument/unknown': {
    en: ({ callee, name }) => `\`${callee}\` has no setting \`${name}\`.`,
    zh: ({ callee, name }) => `\`${callee}\` 没有名为 \`${name}\` 的设置。`,
  },
  'argument/unknown.near': {
    en: ({ callee, name, near }) => `\`${callee}\` has no setting \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ callee, name, near }) => `\`${callee}\` 没有名为 \`${name}\` 的设置。是不是想写 \`${near}\`？`,
  },
  'argument/word': {
    en: ({ setting, words, name }) => `\`${setting}\` is ${words}, not \`${name}\`.`,
    zh: ({ setting, words, name }) => `\`${setting}\` 应为${inChinese(words)}，而不是 \`${name}\`。`,
  },
  'argument/word.near': {
    en: ({ setting, words, name, near }) => `\`${setting}\` is ${words}, not \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ setting, words, name, near }) =>
      `\`${setting}\` 应为${inChinese(words)}，而不是 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'argument/word-kind': {
    en: ({ setting, words, value }) => `\`${setting}\` is ${words}, but got ${value}.`,
    zh: ({ setting, words, value }) => `\`${setting}\` 应为${inChinese(words)}，但得到的是${inChinese(value)}。`,
  },
  'argument/activation': {
    en: ({ name, setting, names }) => `\`${name}\` is no activation. \`${setting}\` can be ${names} …`,
    zh: ({ name, setting, names }) => `\`${name}\` 不是激活函数。\`${setting}\` 可以是 ${inChinese(names)} 等。`,
  },
  'argument/activation.near': {
    en: ({ name, near }) => `\`${name}\` is no activation. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `\`${name}\` 不是激活函数。是不是想写 \`${near}\`？`,
  },
  'argument/initialiser': {
    en: ({ name, setting, names }) => `\`${name}\` is no way to start weights. \`${setting}\` can be ${names} …`,
    zh: ({ name, setting, names }) => `\`${name}\` 不是权重初始化方法。\`${setting}\` 可以是 ${inChinese(names)} 等。`,
  },
  'argument/initialiser.near': {
    en: ({ name, near }) => `\`${name}\` is no way to start weights. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `\`${name}\` 不是权重初始化方法。是不是想写 \`${near}\`？`,
  },
  'argument/rate': {
    en: ({ name, setting, names }) => `\`${name}\` is no schedule. \`${setting}\` can be a number, ${names} …`,
    zh: ({ name, setting, names }) =>
      `\`${name}\` 不是学习率调度。\`${setting}\` 可以是一个数，或 ${inChinese(names)} 等。`,
  },
  'argument/rate.near': {
    en: ({ name, near }) => `\`${name}\` is no schedule. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `\`${name}\` 不是学习率调度。是不是想写 \`${near}\`？`,
  },
  'argument/stride-and-dilation': {
    en: ({ callee }) => `\`stride\` and \`dilation\` of \`${callee}\` cannot both be above 1.`,
    zh: ({ callee }) => `\`${callee}\` 的 \`stride\` 和 \`dilation\` 不能同时大于 1。`,
  },
  'argument/size': {
    en: ({ callee, setting, size }) =>
      `A size in \`${setting}\` of \`${callee}\` must be at least 1, but one is ${size}: write the size itself (names and arithmetic are fine).`,
    zh: ({ callee, setting, size }) =>
      `\`${callee}\` 的 \`${setting}\` 中每个尺寸至少为 1，但有一个是 ${size}：请写出尺寸本身（可以用名字和算式）。`,
  },
  'argument/einsum.form': {
    en: ({ equation }) =>
      `"${equation}" is no equation: letters for the axes of each value, commas between the values, and \`->\` with the axes of the result, as in "ij,jk->ik".`,
    zh: ({ equation }) =>
      `"${equation}" 不是合法的式子：每个值的每个轴用一个字母，值之间用逗号，\`->\` 后面写结果的轴，例如 "ij,jk->ik"。`,
  },
  'argument/einsum.twice': {
    en: ({ letter }) => `The letter \`${letter}\` stands twice for one value: each axis needs a letter of its own.`,
    zh: ({ letter }) => `字母 \`${letter}\` 在同一个值里出现了两次：每个轴要用不同的字母。`,
  },
  'argument/einsum.stray': {
    en: ({ letter }) => `The result has an axis \`${letter}\`, but no value has it.`,
    zh: ({ letter }) => `结果中有轴 \`${letter}\`，但没有任何值有这个轴。`,
  },
  'argument/causal': {
    en: ({ callee }) =>
      `\`${callee}\` makes a sequence longer, so there is no \`causal\` padding: \`valid\`, \`same\`, or how many cells are cut off.`,
    zh: ({ callee }) =>
      `\`${callee}\` 会让序列变长，因此没有 \`causal\` 填充：用 \`valid\`、\`same\`，或者写要裁掉多少个单元。`,
  },
  'argument/output-padding': {
    en: ({ callee, value, stride }) =>
      `\`outputPadding\` of \`${callee}\` must be smaller than the stride, but it is ${value} with stride ${stride}.`,
    zh: ({ callee, value, stride }) =>
      `\`${callee}\` 的 \`outputPadding\` 必须小于步幅，但它是 ${value}，步幅是 ${stride}。`,
  },
  'argument/empty-range': {
    en: ({ callee, setting, value }) =>
      `\`${setting}\` of \`${callee}\` runs from ${value} to ${value}: its ends must differ.`,
    zh: ({ callee, setting, value }) => `\`${callee}\` 的 \`${setting}\` 从 ${value} 到 ${value}：两端必须不同。`,
  },
  'argument/reversed-range': {
    en: ({ callee, setting, low, high }) =>
      `\`${setting}\` of \`${callee}\` runs from ${low} down to ${high}: write ${high}..${low}.`,
    zh: ({ callee, setting, low, high }) =>
      `\`${callee}\` 的 \`${setting}\` 从 ${low} 降到 ${high}：请写 ${high}..${low}。`,
  },
} satisfies MessageTable;
