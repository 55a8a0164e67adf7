/** Texts of problems with losses and metrics. */
import { inChinese, thingInChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const lossMessages = {
  'loss/not-a-value': {
    en: ({ value }) => `A loss is a value made of outputs and fields, but this is ${value}.`,
    zh: ({ value }) => `损失由输出和字段计算得出，但这里是${inChinese(value)}。`,
  },
  'loss/not-one-number': {
    en: ({ type }) => `A loss is one number for each example, but this is ${type}: take its \`mean(…)\`.`,
    zh: ({ type }) => `每个样本的损失是一个数，但这里是 ${type}：用 \`mean(…)\` 取平均。`,
  },
  'loss/not-decimal': {
    en: ({ type }) => `A loss is a decimal number (float32), but this is ${type}.`,
    zh: ({ type }) => `损失是浮点数（float32），但这里是 ${type}。`,
  },
  'loss/shapes': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares a prediction and a truth of one shape, but gets ${prediction} and ${truth}.`,
    zh: ({ callee, prediction, truth }) =>
      `\`${callee}\` 比较形状相同的预测和真实值，但得到的是 ${prediction} 和 ${truth}。`,
  },
  'loss/shapes.vectors': {
    en: ({ callee, first, second }) => `\`${callee}\` compares vectors of one shape, but gets ${first} and ${second}.`,
    zh: ({ callee, first, second }) => `\`${callee}\` 比较形状相同的向量，但得到的是 ${first} 和 ${second}。`,
  },
  'loss/shapes.answer': {
    en: ({ callee, name, type, places }) =>
      `\`${name}\` of \`${callee}\` has one answer for each pair of vectors, ${places}, but it is ${type}.`,
    zh: ({ callee, name, type, places }) =>
      `\`${callee}\` 的 \`${name}\` 对每一对向量有一个答案，应为 ${places}，但这里是 ${type}。`,
  },
  'loss/one-against-number': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares ${prediction} with ${truth}: \`squeeze\` takes the axis of size 1 away.`,
    zh: ({ callee, prediction, truth }) =>
      `\`${callee}\` 把 ${prediction} 与 ${truth} 比较：用 \`squeeze\` 去掉大小为 1 的轴。`,
  },
  'loss/all-classes': {
    en: ({ callee, k, classes }) =>
      `\`${callee}\` asks whether the right class is among the best ${k}, and there are only ${classes}: it always is.`,
    zh: ({ callee, k, classes }) =>
      `\`${callee}\` 看正确的类是否在最好的 ${k} 个之中，而总共只有 ${classes} 个类：总是在的。`,
  },
  'loss/whole-numbers': {
    en: ({ callee, name, type }) =>
      `\`${callee}\` compares decimal numbers (float32), but the ${name} is ${type}: state it as float32 in \`data\`.`,
    zh: ({ callee, name, type }) =>
      `\`${callee}\` 比较浮点数（float32），但${thingInChinese(name)}是 ${type}：在 \`data\` 中把它写成 float32。`,
  },
  'loss/choice': {
    en: ({ callee, name, type, places }) =>
      `\`${name}\` of \`${callee}\` says which places count, so it must have their shape ${places} or that of its first axes, but it is ${type}.`,
    zh: ({ callee, name, type, places }) =>
      `\`${callee}\` 的 \`${name}\` 说明哪些位置计入，因此形状必须是 ${places}，或者是它前几个轴的形状，但这里是 ${type}。`,
  },
  'loss/class-numbers': {
    en: ({ callee, prediction, truth, wanted }) =>
      `\`${callee}\` compares class scores with class numbers: a truth of ${truth} needs a prediction of ${wanted}, but it is ${prediction}.`,
    zh: ({ callee, prediction, truth, wanted }) =>
      `\`${callee}\` 把各类别得分与类别编号比较：真实值 ${truth} 需要预测为 ${wanted}，但它是 ${prediction}。`,
  },
  'loss/class-probabilities': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares class scores with a probability for each class, so both need one shape, but the prediction is ${prediction} and the truth ${truth}.`,
    zh: ({ callee, prediction, truth }) =>
      `\`${callee}\` 把各类别得分与各类别概率比较，两者形状必须相同，但预测是 ${prediction}，真实值是 ${truth}。`,
  },
  'loss/class-probabilities.decimal': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares class scores ${prediction} with class numbers (int32), but the truth is ${truth}: state it as int32 in \`data\`.`,
    zh: ({ callee, prediction, truth }) =>
      `\`${callee}\` 把各类别得分 ${prediction} 与类别编号（int32）比较，但真实值是 ${truth}：在 \`data\` 中把它写成 int32。`,
  },
  'loss/truth-type': {
    en: ({ callee, truth }) =>
      `\`${callee}\` needs class numbers (int32) or a probability for each class (float32) as truth, but gets ${truth}.`,
    zh: ({ callee, truth }) =>
      `\`${callee}\` 的真实值应为类别编号（int32）或各类别的概率（float32），但得到的是 ${truth}。`,
  },
  'loss/labels': {
    en: ({ callee, classes, low, high }) =>
      `\`${callee}\` has scores for ${classes} classes (0 to ${Number(classes) - 1}), but the labels run from ${low} to ${high}.`,
    zh: ({ callee, classes, low, high }) =>
      `\`${callee}\` 有 ${classes} 个类别的得分（0 到 ${Number(classes) - 1}），但标签从 ${low} 到 ${high}。`,
  },
  'loss/labels.from-one': {
    en: ({ classes, low, high }) =>
      `The labels run from ${low} to ${high}, but classes count from 0: there are ${classes} scores, 0 to ${Number(classes) - 1}. Take 1 from the label.`,
    zh: ({ classes, low, high }) =>
      `标签从 ${low} 到 ${high}，但类别从 0 数起：共有 ${classes} 个得分，0 到 ${Number(classes) - 1}。请把标签减 1。`,
  },
  'loss/sigmoid-classes': {
    en: ({ callee }) =>
      `\`${callee}\` chooses one class among several, but \`sigmoid\` judged each class on its own: use \`softmax\`, or \`binaryCrossEntropy\` where several may be true at once.`,
    zh: ({ callee }) =>
      `\`${callee}\` 在多个类别中选一个，但 \`sigmoid\` 对每个类别单独判断：用 \`softmax\`；如果可以同时属于多个类别，用 \`binaryCrossEntropy\`。`,
  },
  'loss/softmax-binary': {
    en: ({ callee }) =>
      `\`${callee}\` judges each number on its own, but \`softmax\` made them sum to 1: use \`sigmoid\`, or \`crossEntropy\` where one class is to be chosen.`,
    zh: ({ callee }) =>
      `\`${callee}\` 对每个数单独判断，但 \`softmax\` 让它们的和为 1：用 \`sigmoid\`；如果只选一个类别，用 \`crossEntropy\`。`,
  },
  'loss/class-weights': {
    en: ({ callee, weights, classes }) =>
      `\`classWeights\` of \`${callee}\` has ${weights} numbers, but there are ${classes} classes.`,
    zh: ({ callee, weights, classes }) =>
      `\`${callee}\` 的 \`classWeights\` 有 ${weights} 个数，但类别有 ${classes} 个。`,
  },
} satisfies MessageTable;
