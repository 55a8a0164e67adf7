/** Texts of problems with shapes. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const shapeMessages = {
  'shape/stated': {
    en: ({ given, stated, axis, actual, wanted }) =>
      `The shape here is ${given}, but you wrote ${stated}: axis ${axis} is ${actual}, not ${wanted}.`,
    zh: ({ given, stated, axis, actual, wanted }) =>
      `这里的形状是 ${given}，但你写的是 ${stated}：第 ${axis} 轴是 ${actual}，而不是 ${wanted}。`,
  },
  'shape/stated.rank': {
    en: ({ given, stated }) => `The shape here is ${given}, but you wrote ${stated}, which has another number of axes.`,
    zh: ({ given, stated }) => `这里的形状是 ${given}，但你写的是 ${stated}，轴数不同。`,
  },
  'shape/input': {
    en: ({ input, unit, expected, given, axis, actual, wanted }) =>
      `The input \`${input}\` of \`${unit}\` is ${expected}, but gets ${given}: axis ${axis} is ${actual}, not ${wanted}.`,
    zh: ({ input, unit, expected, given, axis, actual, wanted }) =>
      `\`${unit}\` 的输入 \`${input}\` 是 ${expected}，但得到的是 ${given}：第 ${axis} 轴是 ${actual}，而不是 ${wanted}。`,
  },
  'shape/input.unsolved': {
    en: ({ input, unit, expected, given, axis, actual }) =>
      `The input \`${input}\` of \`${unit}\` is ${expected}, but gets ${given}: axis ${axis} is ${actual}, which no whole number fits.`,
    zh: ({ input, unit, expected, given, axis, actual }) =>
      `\`${unit}\` 的输入 \`${input}\` 是 ${expected}，但得到的是 ${given}：第 ${axis} 轴是 ${actual}，没有整数能满足。`,
  },
  'shape/input.rank': {
    en: ({ input, unit, expected, given }) =>
      `The input \`${input}\` of \`${unit}\` is ${expected}, but gets ${given}.`,
    zh: ({ input, unit, expected, given }) => `\`${unit}\` 的输入 \`${input}\` 是 ${expected}，但得到的是 ${given}。`,
  },
  'shape/in-unit': {
    en: ({ unit, inner }) => `In \`${unit}\`: ${inner}`,
    zh: ({ unit, inner }) => `在 \`${unit}\` 中：${inner}`,
  },
  'shape/each': {
    en: ({ callee, place, first, other }) =>
      `\`${callee}\` puts the results of all places beside each other, so they must have one shape, but place 0 gives ${first} and place ${place} ${other}.`,
    zh: ({ callee, place, first, other }) =>
      `\`${callee}\` 把各个位置的结果并排放在一起，因此形状必须一致，但位置 0 给出 ${first}，位置 ${place} 给出 ${other}。`,
  },
  'shape/residual': {
    en: ({ input, result }) =>
      `A residual adds its input to its result, so both must have the same shape: the input is ${input} and the result ${result}.`,
    zh: ({ input, result }) => `残差把结果加到输入上，两者形状必须相同：输入是 ${input}，结果是 ${result}。`,
  },
  'shape/require': {
    en: ({ condition, facts }) => `${condition} does not hold: ${facts}.`,
    zh: ({ condition, facts }) => `${condition} 不成立：${inChinese(facts)}。`,
  },
  'shape/require.why': {
    en: ({ why, facts }) => `${why}: ${facts}.`,
    zh: ({ why, facts }) => `${why}：${inChinese(facts)}。`,
  },
  'shape/missing-flatten': {
    en: ({ layer, positions, shape }) =>
      `\`${layer}\` works on the last axis only, so each of the ${positions} positions of ${shape} gets results of its own, but one result for each example is needed. Put \`Flatten\` before it to use the whole.`,
    zh: ({ layer, positions, shape }) =>
      `\`${layer}\` 只作用于最后一个轴，因此 ${shape} 的 ${positions} 个位置各有一份结果，而每个样本只需要一份。在它前面加上 \`Flatten\`，就能用到整体。`,
  },
  'shape/missing-flatten.stated': {
    en: ({ stated }) => `Here the shape is stated as ${stated}`,
    zh: ({ stated }) => `这里写明的形状是 ${stated}`,
  },
  'shape/no-output': {
    en: ({ unit }) => `\`${unit}\` has no output, so nothing can come out of it: add \`output name = …\`.`,
    zh: ({ unit }) => `\`${unit}\` 没有输出，不会有任何结果：加上 \`output name = …\`。`,
  },
  'shape/results': {
    en: ({ count, names }) =>
      `Here are ${count} results, but ${names} names: give each a name, or drop one with \`_\`.`,
    zh: ({ count, names }) => `这里有 ${count} 个结果，却有 ${names} 个名字：给每个结果一个名字，或者用 \`_\` 丢弃。`,
  },
  'shape/one-result': {
    en: ({ value, names }) => `Only one result comes out here (${value}), but there are ${names} names.`,
    zh: ({ value, names }) => `这里只有一个结果（${inChinese(value)}），却有 ${names} 个名字。`,
  },
  'shape/results-output': {
    en: ({ count }) => `Here are ${count} results, and an output is one: take them apart with \`(a, b) = …\` first.`,
    zh: ({ count }) => `这里有 ${count} 个结果，而输出只能是一个：先用 \`(a, b) = …\` 拆开。`,
  },
  'shape/shared-layer': {
    en: ({ layer, first, second }) =>
      `\`${layer}\` is one layer with one set of weights, but its uses need different ones: ${first} numbers at the first, ${second} at a later one.`,
    zh: ({ layer, first, second }) =>
      `\`${layer}\` 是同一个层，只有一套权重，但它的几处使用需要不同的权重：第一处需要 ${first} 个数，后面一处需要 ${second} 个。`,
  },
  'shape/not-whole': {
    en: ({ value }) => `A size is a whole number, but this is ${value}.`,
    zh: ({ value }) => `尺寸应为整数，但这里是${inChinese(value)}。`,
  },
  'shape/not-whole.quotient': {
    en: ({ left, right, value }) => `A size is a whole number, but ${left} / ${right} is ${value}.`,
    zh: ({ left, right, value }) => `尺寸应为整数，但 ${left} / ${right} 是 ${value}。`,
  },
  'shape/division-by-zero': {
    en: ({ left, operator }) => `${left} ${operator} 0 has no result.`,
    zh: ({ left, operator }) => `${left} ${operator} 0 没有结果。`,
  },
  'shape/list-index': {
    en: ({ count, index }) => `The list has ${count} items, counted from 0, so there is no item ${index}.`,
    zh: ({ count, index }) => `列表有 ${count} 项，从 0 数起，没有第 ${index} 项。`,
  },
  'shape/too-large': {
    en: ({ limit }) =>
      `This program writes out more than ${limit} layers, which is more than can be followed: lower the rounds of \`repeat\`.`,
    zh: ({ limit }) => `这个程序展开后超过 ${limit} 层，无法继续分析：减少 \`repeat\` 的次数。`,
  },
  'shape/too-deep': {
    en: () => `This is nested too deeply to be followed: give its parts names.`,
    zh: () => '这里嵌套太深，无法继续分析：给其中的部分起名字。',
  },
} satisfies MessageTable;
