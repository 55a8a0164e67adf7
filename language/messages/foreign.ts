/** Texts for names that other libraries have. */
import type { MessageTable } from './table.ts';

export const foreignMessages = {
  'name/foreign-module': {
    en: ({ written }) =>
      `\`${written}\` is Python: layers and functions are called by their own names here, without a module in front.`,
    zh: ({ written }) => `\`${written}\` 是 Python 的写法：层和函数在这里直接用名字，前面没有模块名。`,
  },
  'name/foreign-module.near': {
    en: ({ written, near }) =>
      `\`${written}\` is Python: layers and functions are called by their own names here, without a module in front. Write \`${near}\`.`,
    zh: ({ written, near }) =>
      `\`${written}\` 是 Python 的写法：层和函数在这里直接用名字，前面没有模块名。请写 \`${near}\`。`,
  },
  'name/foreign.input': {
    en: ({ name }) =>
      `There is no layer \`${name}\`: an input is declared by its type, without the batch: \`input image: float32[28, 28, 1]\`.`,
    zh: ({ name }) => `没有层 \`${name}\`：输入用类型声明，不写批：\`input image: float32[28, 28, 1]\`。`,
  },
  'name/foreign.flow': {
    en: ({ name }) =>
      `There is no \`${name}\`: layers stand in a row with arrows between them: \`x -> Dense(64, relu) -> Dense(10)\`.`,
    zh: ({ name }) => `没有 \`${name}\`：层排成一行，中间用箭头连接：\`x -> Dense(64, relu) -> Dense(10)\`。`,
  },
  'name/foreign.activation': {
    en: ({ name }) =>
      `There is no layer \`${name}\`: activations are called by their own names, \`-> relu\`, or stand in a layer, \`Dense(64, relu)\`.`,
    zh: ({ name }) => `没有层 \`${name}\`：激活函数直接写名字，\`-> relu\`，或者写在层里，\`Dense(64, relu)\`。`,
  },
  'name/foreign.operator': {
    en: ({ name }) =>
      `There is no \`${name}\`: write it as arithmetic, \`a + b\` or \`a * b\`; \`residual { … }\` adds what goes in to what comes out.`,
    zh: ({ name }) => `没有 \`${name}\`：写成算式，\`a + b\` 或 \`a * b\`；\`residual { … }\` 把输入加到输出上。`,
  },
  'name/foreign.expression': {
    en: ({ name }) => `There is no \`${name}\`: write the expression itself, for example \`y = 0.5 * x + 1\`.`,
    zh: ({ name }) => `没有 \`${name}\`：直接写表达式，例如 \`y = 0.5 * x + 1\`。`,
  },
  'name/foreign.mask': {
    en: ({ name }) =>
      `There is no layer \`${name}\`: say what is real where it is read, for example \`LSTM(64, mask: tokens != 0)\`.`,
    zh: ({ name }) => `没有层 \`${name}\`：在读取的地方说明哪些是真实内容，例如 \`LSTM(64, mask: tokens != 0)\`。`,
  },
  'name/foreign.none': {
    en: ({ name }) => `There is no layer \`${name}\`: leave it out.`,
    zh: ({ name }) => `没有层 \`${name}\`：去掉它即可。`,
  },
  'name/foreign.hover': {
    en: ({ name }) => `There is no \`${name}\`: point at a name or a layer to see its shape.`,
    zh: ({ name }) => `没有 \`${name}\`：把鼠标移到名字或层上，就能看到它的形状。`,
  },
  'name/foreign.data': {
    en: ({ name }) =>
      `There is no \`${name}\`: data is declared, \`data Digits { source: … }\`, and trained on with \`train Net on Digits { … }\`.`,
    zh: ({ name }) =>
      `没有 \`${name}\`：数据要声明，\`data Digits { source: … }\`，再用 \`train Net on Digits { … }\` 训练。`,
  },
  'name/foreign.train': {
    en: ({ name }) =>
      `There is no \`${name}\`: a model is trained by \`train Net on Digits { loss: … optimizer: … epochs: … }\`.`,
    zh: ({ name }) => `没有 \`${name}\`：模型这样训练：\`train Net on Digits { loss: … optimizer: … epochs: … }\`。`,
  },
} satisfies MessageTable;
