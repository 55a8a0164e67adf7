/** Texts of problems with element types and kinds of values. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const typeMessages = {
  'type/input': {
    en: ({ input, unit, wanted, given }) => `The input \`${input}\` of \`${unit}\` is ${wanted}, but gets ${given}.`,
    zh: ({ input, unit, wanted, given }) => `\`${unit}\` 的输入 \`${input}\` 是 ${wanted}，但得到的是 ${given}。`,
  },
  'type/no-dtype': {
    en: ({ input }) =>
      `An input of a model needs its type: write \`${input}: float32[…]\`, or \`int32\`, \`uint8\`, \`bool\`.`,
    zh: ({ input }) => `模型的输入必须写明元素类型：写 \`${input}: float32[…]\`，或 \`int32\`、\`uint8\`、\`bool\`。`,
  },
  'type/stated': {
    en: ({ given, stated }) => `The type here is ${given}, but you wrote ${stated}.`,
    zh: ({ given, stated }) => `这里的类型是 ${given}，但你写的是 ${stated}。`,
  },
  'type/stated-kind': {
    en: ({ value }) => `A shape can only be stated of a value, but this is ${value}.`,
    zh: ({ value }) => `只能为值写明形状，但这里是${inChinese(value)}。`,
  },
  'type/not-a-layer': {
    en: ({ value }) => `Only a layer or function can follow \`->\`, but this is ${value}.`,
    zh: ({ value }) => `\`->\` 后面只能是层或函数，但这里是${inChinese(value)}。`,
  },
  'type/not-a-value': {
    en: ({ callee, value }) => `\`${callee}\` needs a value to flow in, but gets ${value}.`,
    zh: ({ callee, value }) => `\`${callee}\` 需要一个流入的值，但得到的是${inChinese(value)}。`,
  },
  'type/not-an-output': {
    en: ({ value }) => `An output is a value, but this is ${value}: let something flow into it.`,
    zh: ({ value }) => `输出是一个值，但这里是${inChinese(value)}：要有值流入它才行。`,
  },
  'type/layer-operand': {
    en: ({ operator, layer }) =>
      `\`${operator}\` works on values, but ${layer} is still waiting for one: let something flow into it first.`,
    zh: ({ operator, layer }) => `\`${operator}\` 作用于值，但${inChinese(layer)}还在等待输入：先让值流入它。`,
  },
  'type/operands': {
    en: ({ operator, left, right }) => `\`${operator}\` can’t be used with ${left} and ${right}.`,
    zh: ({ operator, left, right }) => `\`${operator}\` 不能用于${inChinese(left)}和${inChinese(right)}。`,
  },
  'type/operand-kind': {
    en: ({ operator, value }) => `\`${operator}\` can’t be used with ${value}.`,
    zh: ({ operator, value }) => `\`${operator}\` 不能用于${inChinese(value)}。`,
  },
  'type/matmul-operand': {
    en: ({ left, right }) => `\`@\` multiplies two values of the model, but got ${left} and ${right}.`,
    zh: ({ left, right }) => `\`@\` 把模型中的两个值相乘，但得到的是${inChinese(left)}和${inChinese(right)}。`,
  },
  'type/condition': {
    en: ({ value }) => `A condition is true or false, but this is ${value}.`,
    zh: ({ value }) => `条件应为真或假，但这里是${inChinese(value)}。`,
  },
  'type/function-of': {
    en: ({ name, value }) => `\`${name}\` can’t be worked out from ${value}.`,
    zh: ({ name, value }) => `无法对${inChinese(value)}计算 \`${name}\`。`,
  },
  'type/index': {
    en: ({ value }) => `\`[…]\` takes parts of a value or of a list, but this is ${value}.`,
    zh: ({ value }) => `\`[…]\` 取值或列表的一部分，但这里是${inChinese(value)}。`,
  },
  'type/list-index': {
    en: () => `Of a list, one item is taken (\`sizes[0]\`), or the items between two places (\`sizes[1..3]\`).`,
    zh: () => '对列表可以取一项（`sizes[0]`），或取两个位置之间的各项（`sizes[1..3]`）。',
  },
  'type/body-layer': {
    en: ({ value }) => `In the braces stands a layer, but this is ${value}.`,
    zh: ({ value }) => `花括号里应为层，但这里是${inChinese(value)}。`,
  },
  'type/residual': {
    en: ({ value }) => `A residual adds one value to its input, but its result is ${value}.`,
    zh: ({ value }) => `残差把一个值加到它的输入上，但它的结果是${inChinese(value)}。`,
  },
  'type/each': {
    en: ({ callee, value }) => `\`${callee}\` goes along the first axis of one value, but this is ${value}.`,
    zh: ({ callee, value }) => `\`${callee}\` 沿一个值的第一个轴逐个处理，但这里是${inChinese(value)}。`,
  },
  'type/bidirectional': {
    en: ({ value }) => `\`Bidirectional\` holds one recurrent layer, like \`LSTM(64)\`, but this is ${value}.`,
    zh: ({ value }) => `\`Bidirectional\` 里要放一个循环层，例如 \`LSTM(64)\`，但这里是${inChinese(value)}。`,
  },
  'type/bidirectional.wrapped': {
    en: ({ name, wrapper }) =>
      `\`Bidirectional\` needs a layer that it can run backwards, and it cannot reach into \`${wrapper} { … }\`. Write both directions: \`concat(x -> ${wrapper} { ${name}(…) }, x -> ${wrapper} { ${name}(…, backwards: true) })\`.`,
    zh: ({ name, wrapper }) =>
      `\`Bidirectional\` 需要一个能够反向运行的层，但它无法进入 \`${wrapper} { … }\` 内部。请分别写出两个方向：\`concat(x -> ${wrapper} { ${name}(…) }, x -> ${wrapper} { ${name}(…, backwards: true) })\`。`,
  },
  'type/normalised': {
    en: ({ callee, value }) =>
      `\`${callee}\` holds one layer with a matrix or windows to learn, like \`Dense(64)\`, but this is ${value}.`,
    zh: ({ callee, value }) =>
      `\`${callee}\` 里要放一个带有可学习矩阵或卷积核的层，例如 \`Dense(64)\`，但这里是${inChinese(value)}。`,
  },
  'type/float.int32': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs decimal numbers (float32), but gets ${type}: look whole numbers up with \`Embedding\`, turn them into \`oneHot\`, or divide them (\`x / 1\`).`,
    zh: ({ callee, type }) =>
      `\`${callee}\` 需要浮点数（float32），但得到的是 ${type}：用 \`Embedding\` 查表，转成 \`oneHot\`，或者做除法（\`x / 1\`）。`,
  },
  'type/float.uint8': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs decimal numbers (float32), but gets raw bytes, ${type}: bring them to a small range with \`scale(0..255, 0..1)\`.`,
    zh: ({ callee, type }) =>
      `\`${callee}\` 需要浮点数（float32），但得到的是原始字节 ${type}：用 \`scale(0..255, 0..1)\` 缩到小范围。`,
  },
  'type/float.bool': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs decimal numbers (float32), but gets ${type}: choose numbers with \`where(condition, 1.0, 0.0)\`.`,
    zh: ({ callee, type }) =>
      `\`${callee}\` 需要浮点数（float32），但得到的是 ${type}：用 \`where(condition, 1.0, 0.0)\` 选取数值。`,
  },
  'type/float.string': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs numbers, but gets texts, ${type}: number them with \`Index\` or \`OneHot\` in \`data\`.`,
    zh: ({ callee, type }) =>
      `\`${callee}\` 需要数值，但得到的是文本 ${type}：在 \`data\` 中用 \`Index\` 或 \`OneHot\` 编号。`,
  },
  'type/whole': {
    en: ({ callee, type }) => `\`${callee}\` looks up whole numbers (int32), but gets ${type}.`,
    zh: ({ callee, type }) => `\`${callee}\` 按整数（int32）查表，但得到的是 ${type}。`,
  },
  'type/bool': {
    en: ({ callee, name, type }) =>
      `\`${name}\` of \`${callee}\` needs true and false (bool), but gets ${type}: compare it, for example \`${name}: x != 0\`.`,
    zh: ({ callee, name, type }) =>
      `\`${callee}\` 的 \`${name}\` 需要真假值（bool），但得到的是 ${type}：请做比较，例如 \`${name}: x != 0\`。`,
  },
  'type/number': {
    en: ({ callee, type }) => `\`${callee}\` needs numbers, but gets ${type}.`,
    zh: ({ callee, type }) => `\`${callee}\` 需要数值，但得到的是 ${type}。`,
  },
  'type/text': {
    en: ({ callee, type }) => `\`${callee}\` needs texts (string), but gets ${type}.`,
    zh: ({ callee, type }) => `\`${callee}\` 需要文本（string），但得到的是 ${type}。`,
  },
  'type/indexable': {
    en: ({ callee, type }) =>
      `\`${callee}\` numbers texts or whole numbers, but gets decimal numbers, ${type}: round them or use them as they are.`,
    zh: ({ callee, type }) => `\`${callee}\` 为文本或整数编号，但得到的是小数 ${type}：先取整，或者直接使用。`,
  },
  'type/mixed': {
    en: ({ callee, left, right }) =>
      `\`${callee}\` joins values of one type, but gets ${left} and ${right}: make them the same first.`,
    zh: ({ callee, left, right }) => `\`${callee}\` 连接同一类型的值，但得到的是 ${left} 和 ${right}：先转成同一类型。`,
  },
  'type/mixed.numbers': {
    en: ({ callee, left, right }) =>
      `\`${callee}\` does not mix whole and decimal numbers, but gets ${left} and ${right}: divide the whole ones (\`x / 1\`) to make them decimal.`,
    zh: ({ callee, left, right }) =>
      `\`${callee}\` 不会混用整数和浮点数，但得到的是 ${left} 和 ${right}：把整数做除法（\`x / 1\`）变成浮点数。`,
  },
  'type/operand.uint8': {
    en: ({ callee, type }) =>
      `\`${callee}\` does not take raw bytes, but gets ${type}: bring them to a small range with \`scale(0..255, 0..1)\` first.`,
    zh: ({ callee, type }) =>
      `\`${callee}\` 不接受原始字节，但得到的是 ${type}：先用 \`scale(0..255, 0..1)\` 缩到小范围。`,
  },
  'type/operand.bool': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs numbers, but gets true and false, ${type}: choose numbers with \`where(condition, a, b)\`.`,
    zh: ({ callee, type }) =>
      `\`${callee}\` 需要数值，但得到的是真假值 ${type}：用 \`where(condition, a, b)\` 选取数值。`,
  },
  'type/operand.string': {
    en: ({ callee, type }) => `\`${callee}\` needs numbers, but gets texts, ${type}.`,
    zh: ({ callee, type }) => `\`${callee}\` 需要数值，但得到的是文本 ${type}。`,
  },
  'type/compare': {
    en: ({ callee, left, right }) => `\`${callee}\` compares like with like, but gets ${left} and ${right}.`,
    zh: ({ callee, left, right }) => `\`${callee}\` 只能比较同类的值，但得到的是 ${left} 和 ${right}。`,
  },
  'type/truth': {
    en: ({ callee, type }) =>
      `\`${callee}\` needs true and false (bool), but gets ${type}: compare it first, for example \`x != 0\`.`,
    zh: ({ callee, type }) => `\`${callee}\` 需要真假值（bool），但得到的是 ${type}：先做比较，例如 \`x != 0\`。`,
  },
} satisfies MessageTable;
