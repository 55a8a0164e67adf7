/** Texts of warnings and hints: programs that run, and hardly do what was meant. */
import { thingInChinese } from './chinese.ts';
import type { MessageTable, MessageValues } from './table.ts';

const between = ({ low, high }: MessageValues) => `between ${minus(low)} and ${minus(high)}`;

function minus(value: string | number | undefined): string {
  return String(value ?? '').replace('-', '−');
}

export const habitMessages = {
  // ---- losses
  'loss/cut-scores.above': {
    en: ({ callee, activation, low }) =>
      `\`${callee}\` needs scores that can be any number, but \`${activation}\` lets none below ${minus(low)} through: no answer can ever be called unlikely. Leave the activation out, or use the one that gives probabilities.`,
    zh: ({ callee, activation, low }) =>
      `\`${callee}\` 需要可以取任意值的得分，但 \`${activation}\` 不让低于 ${minus(low)} 的值通过：永远无法把某个答案判为不可能。去掉这个激活函数，或者换成给出概率的那一个。`,
  },
  'loss/cut-scores.between': {
    en: (v) =>
      `\`${v.callee}\` needs scores that can be any number, but \`${v.activation}\` keeps them ${between(v)}: no answer can ever be called nearly certain. Leave the activation out, or use the one that gives probabilities.`,
    zh: (v) =>
      `\`${v.callee}\` 需要可以取任意值的得分，但 \`${v.activation}\` 把它限制在 ${minus(v.low)} 和 ${minus(v.high)} 之间：永远无法把某个答案判为几乎确定。去掉这个激活函数，或者换成给出概率的那一个。`,
  },
  'loss/out-of-reach.between': {
    en: (v) =>
      `\`${v.activation}\` gives numbers ${between(v)}, but the truth runs from ${minus(v.least)} to ${minus(v.most)}: the prediction can never get there. Leave the activation out, or bring the field to that range with \`scale\`.`,
    zh: (v) =>
      `\`${v.activation}\` 给出 ${minus(v.low)} 和 ${minus(v.high)} 之间的数，但真实值从 ${minus(v.least)} 到 ${minus(v.most)}：预测永远达不到。去掉这个激活函数，或者用 \`scale\` 把字段变到那个范围。`,
  },
  'loss/out-of-reach.above': {
    en: (v) =>
      `\`${v.activation}\` gives no number below ${minus(v.low)}, but the truth runs from ${minus(v.least)} to ${minus(v.most)}: the prediction can never get there. Leave the activation out.`,
    zh: (v) =>
      `\`${v.activation}\` 不会给出低于 ${minus(v.low)} 的数，但真实值从 ${minus(v.least)} 到 ${minus(v.most)}：预测永远达不到。去掉这个激活函数。`,
  },
  'loss/out-of-reach.between-normalised': {
    en: (v) =>
      `\`${v.activation}\` gives numbers ${between(v)}, but the truth is normalised (mean 0, deviation 1) and goes beyond that: leave the activation out.`,
    zh: (v) =>
      `\`${v.activation}\` 给出 ${minus(v.low)} 和 ${minus(v.high)} 之间的数，但真实值已标准化（均值 0，标准差 1），会超出这个范围：去掉这个激活函数。`,
  },
  'loss/out-of-reach.above-normalised': {
    en: (v) =>
      `\`${v.activation}\` gives no number below ${minus(v.low)}, but the truth is normalised: about half of it is below 0. Leave the activation out.`,
    zh: (v) =>
      `\`${v.activation}\` 不会给出低于 ${minus(v.low)} 的数，但真实值已标准化：大约一半低于 0。去掉这个激活函数。`,
  },
  'loss/half-used': {
    en: (v) =>
      `\`${v.activation}\` gives numbers ${between(v)}, but the truth runs from ${minus(v.least)} to ${minus(v.most)}: half of the range is never needed. \`sigmoid\` fits, or \`scale(…, -1..1)\` in the data.`,
    zh: (v) =>
      `\`${v.activation}\` 给出 ${minus(v.low)} 和 ${minus(v.high)} 之间的数，但真实值从 ${minus(v.least)} 到 ${minus(v.most)}：有一半范围用不到。用 \`sigmoid\` 更合适，或者在数据中写 \`scale(…, -1..1)\`。`,
  },
  'loss/shares': {
    en: (v) =>
      `\`${v.callee}\` compares with numbers from 0 to 1, but the truth runs from ${minus(v.low)} to ${minus(v.high)}: bring it there with \`scale\`, or compare distances with \`mse\`.`,
    zh: (v) =>
      `\`${v.callee}\` 与 0 到 1 之间的数比较，但真实值从 ${minus(v.low)} 到 ${minus(v.high)}：用 \`scale\` 变到那个范围，或者用 \`mse\` 比较距离。`,
  },
  'loss/shares.normalised': {
    en: ({ callee }) =>
      `\`${callee}\` compares with numbers from 0 to 1, but the truth is normalised (mean 0, deviation 1): compare distances with \`mse\`.`,
    zh: ({ callee }) =>
      `\`${callee}\` 与 0 到 1 之间的数比较，但真实值已标准化（均值 0，标准差 1）：用 \`mse\` 比较距离。`,
  },
  'loss/hinge-probability': {
    en: (v) =>
      `\`${v.callee}\` wants scores below −1 for no and above 1 for yes, but \`${v.activation}\` gives no number below ${minus(v.low)}: leave the activation out.`,
    zh: (v) =>
      `\`${v.callee}\` 希望“否”的得分低于 −1、“是”的得分高于 1，但 \`${v.activation}\` 不会给出低于 ${minus(v.low)} 的数：去掉这个激活函数。`,
  },

  'loss/whole-numbers.classes': {
    en: ({ callee, type, classes }) =>
      `\`${callee}\` compares decimal numbers (float32), but the truth is ${type}, which names classes, and there is a score for each: \`${classes}\` compares these.`,
    zh: ({ callee, type, classes }) =>
      `\`${callee}\` 比较浮点数（float32），但真实值是 ${type}，是类别编号，而且每个类别都有一个得分：应该用 \`${classes}\` 来比较。`,
  },
  'loss/several': {
    en: ({ sum }) => `A loss is one value: several are added, each with its weight if need be, \`${sum}\`.`,
    zh: ({ sum }) => `损失只有一个值：多个损失要相加，需要时各带权重：\`${sum}\`。`,
  },
  'loss/softmax-axis': {
    en: ({ callee }) =>
      `\`${callee}\` reads the classes along the last axis, but \`softmax\` made another axis sum to 1: its places now share one answer among them.`,
    zh: ({ callee }) =>
      `\`${callee}\` 沿最后一个轴读取各类别，但 \`softmax\` 让另一个轴之和为 1：那个轴上的各个位置共用了一个答案。`,
  },
  'loss/one-score': {
    en: ({ callee }) =>
      `\`${callee}\` chooses among classes by their scores, but there is only one score: give the last layer a unit for each class, or use \`binaryCrossEntropy\` with \`sigmoid\` for a yes or no.`,
    zh: ({ callee }) =>
      `\`${callee}\` 按得分在多个类别中选一个，但这里只有一个得分：让最后一层为每个类别各有一个单元；二选一则用 \`binaryCrossEntropy\` 和 \`sigmoid\`。`,
  },
  'fix/units-of-classes': {
    en: ({ units }) => `Give the last layer ${units} units and \`softmax\``,
    zh: ({ units }) => `把最后一层改为 ${units} 个单元，并用 \`softmax\``,
  },
  'fix/state-type': {
    en: ({ field, type }) => `State \`${field}\` as ${type}`,
    zh: ({ field, type }) => `把 \`${field}\` 写成 ${type}`,
  },
  'fix/one-unit': {
    en: () => 'Give the last layer one unit, and take its axis away',
    zh: () => '把最后一层改为一个单元，并去掉它的轴',
  },
  'fix/set-default': {
    en: ({ name, value }) => `Set the default of \`${name}\` to ${value}`,
    zh: ({ name, value }) => `把 \`${name}\` 的默认值设为 ${value}`,
  },
  'fix/layer-into-flow': { en: ({ text }) => `Write ${text}`, zh: ({ text }) => `写成 ${text}` },
  'train/expect-bounds': {
    en: ({ metric, low, high, value }) =>
      `\`${metric}\` lies between ${low} and ${high}, so it never gets to ${value}: 95 per cent is written \`95%\` or 0.95.`,
    zh: ({ metric, low, high, value }) =>
      `\`${metric}\` 在 ${low} 和 ${high} 之间，永远到不了 ${value}：百分之 95 写作 \`95%\` 或 0.95。`,
  },
  'train/expect-bounds.low': {
    en: ({ metric, low, value }) => `\`${metric}\` is never below ${low}, so comparing it with ${value} says nothing.`,
    zh: ({ metric, low, value }) => `\`${metric}\` 从不低于 ${low}，因此与 ${value} 比较没有意义。`,
  },
  'train/expect-bounds.high': {
    en: ({ metric, high, value }) =>
      `\`${metric}\` is never above ${high}, so comparing it with ${value} says nothing.`,
    zh: ({ metric, high, value }) => `\`${metric}\` 从不高于 ${high}，因此与 ${value} 比较没有意义。`,
  },
  'argument/applied': {
    en: ({ flow }) => `A layer is not called with its input here: the input flows into it with an arrow, \`${flow}\`.`,
    zh: ({ flow }) => `层在这里不是用括号调用输入：输入用箭头流入，\`${flow}\`。`,
  },
  'train/layer-in-loss': {
    en: ({ layer }) =>
      `\`${layer}\` has weights of its own, and a loss or metric is no part of the model: they would be lost. Put it into the model, as an output.`,
    zh: ({ layer }) => `\`${layer}\` 有自己的权重，而损失或指标不属于模型：这些权重会丢失。把它放进模型，作为输出。`,
  },
  'argument/unknown.decay': {
    en: ({ callee, better }) => `\`${callee}\` has no weight decay: \`${better}\` is \`${callee}\` with it.`,
    zh: ({ callee, better }) => `\`${callee}\` 没有权重衰减：\`${better}\` 就是带权重衰减的 \`${callee}\`。`,
  },
  'name/method': {
    en: ({ name }) => `A layer follows behind an arrow, not behind a dot: \`-> ${name}(…)\`.`,
    zh: ({ name }) => `层跟在箭头后面，而不是点后面：\`-> ${name}(…)\`。`,
  },
  'data/split-key': {
    en: ({ key, text }) => `Rows are kept aside with \`${text}\` here, not with \`${key}\`.`,
    zh: ({ key, text }) => `在这里用 \`${text}\` 留出一部分行，而不是用 \`${key}\`。`,
  },
  'loss/swapped': {
    en: ({ callee, first, second }) =>
      `\`${callee}\` takes the prediction first and the truth second, but \`${first}\` is a field of the data and \`${second}\` comes from the model: swap them.`,
    zh: ({ callee, first, second }) =>
      `\`${callee}\` 先写预测，后写真实值，但 \`${first}\` 是数据的字段，\`${second}\` 来自模型：请交换两者。`,
  },
  'fix/activation': {
    en: ({ layer, activation }) =>
      layer === activation ? `Use \`${activation}\`` : `Make the activation of \`${layer}\` \`${activation}\``,
    zh: ({ layer, activation }) =>
      layer === activation ? `改用 \`${activation}\`` : `把 \`${layer}\` 的激活函数改为 \`${activation}\``,
  },
  'fix/no-activation': {
    en: ({ layer }) => `Leave out the activation of \`${layer}\``,
    zh: ({ layer }) => `去掉 \`${layer}\` 的激活函数`,
  },

  'fix/add-line': { en: ({ text }) => `Add \`${text}\``, zh: ({ text }) => `加上 \`${text}\`` },
  'fix/train-on': { en: ({ data }) => `Train on \`${data}\``, zh: ({ data }) => `用 \`${data}\` 训练` },
  'fix/make-model': { en: ({ name }) => `Make \`${name}\` a model`, zh: ({ name }) => `把 \`${name}\` 改为模型` },
  'fix/rename-field': {
    en: ({ field, input }) => `Call the field \`${field}\` \`${input}\``,
    zh: ({ field, input }) => `把字段 \`${field}\` 改名为 \`${input}\``,
  },
  'fix/rename-binding': {
    en: ({ name }) => `Call it \`${name}\` from here on`,
    zh: ({ name }) => `从这里起改名为 \`${name}\``,
  },
  'fix/last-step': {
    en: ({ layer }) => `Take the last step of \`${layer}\` only`,
    zh: ({ layer }) => `只取 \`${layer}\` 的最后一步`,
  },

  // ---- layers
  'shape/linear-stack': {
    en: ({ layer }) =>
      `No activation stands between this \`${layer}\` and the next: two linear layers in a row are as good as one. Give it an activation, or leave it out.`,
    zh: ({ layer }) =>
      `这个 \`${layer}\` 和下一个之间没有激活函数：两个相连的线性层只相当于一个。给它加上激活函数，或者去掉它。`,
  },
  'why/next-layer': { en: ({ layer }) => `the next \`${layer}\``, zh: ({ layer }) => `下一个 \`${layer}\`` },
  'shape/dropout-before-norm': {
    en: ({ layer }) =>
      `\`Dropout\` before \`${layer}\`: the variance that is measured while training is not that of later, when nothing is dropped. Put it behind.`,
    zh: ({ layer }) => `\`Dropout\` 在 \`${layer}\` 之前：训练时测得的方差与之后不再丢弃时的方差不同。把它放到后面。`,
  },
  'shape/dropout-before-pool': {
    en: ({ layer }) =>
      `\`Dropout\` before \`${layer}\`: pooling over neighbours undoes most of it. Put it behind, or use \`SpatialDropout\`.`,
    zh: ({ layer }) =>
      `\`Dropout\` 在 \`${layer}\` 之前：对相邻位置的池化会抵消大部分效果。把它放到后面，或者用 \`SpatialDropout\`。`,
  },
  'shape/bias-before-norm': {
    en: ({ layer }) =>
      `\`BatchNorm\` takes the mean away, and the bias of this \`${layer}\` with it: \`bias: false\` saves the numbers.`,
    zh: ({ layer }) =>
      `\`BatchNorm\` 会减去均值，这个 \`${layer}\` 的偏置也随之消失：写 \`bias: false\` 可以省下这些参数。`,
  },
  'shape/vanishing': {
    en: ({ activation, count }) =>
      `${count} layers with \`${activation}\` in a row: each passes on a part of the gradient only, so the first ones hardly learn. Use \`relu\` or \`gelu\` in hidden layers, or put \`BatchNorm\` between them.`,
    zh: ({ activation, count }) =>
      `连续 ${count} 层使用 \`${activation}\`：每层只传回一部分梯度，前几层几乎学不到东西。隐藏层用 \`relu\` 或 \`gelu\`，或者在中间加 \`BatchNorm\`。`,
  },
  'shape/equal-weights': {
    en: ({ layer, init }) =>
      `All weights of this \`${layer}\` start equal (\`${init}\`): its units then compute the same thing until something else tells them apart.`,
    zh: ({ layer, init }) =>
      `这个 \`${layer}\` 的权重初始值全都相同（\`${init}\`）：它的各个单元计算同样的内容，直到有别的东西把它们区分开。`,
  },
  'shape/equal-weights.dead': {
    en: ({ layer }) =>
      `All weights of this \`${layer}\` start at 0, and \`relu\` has no slope there: it can never learn anything.`,
    zh: ({ layer }) => `这个 \`${layer}\` 的权重全部从 0 开始，而 \`relu\` 在那里没有梯度：它永远学不到任何东西。`,
  },

  'shape/activation-twice': {
    en: ({ first, second }) =>
      `\`${second}\` comes on top of \`${first}\`: applied twice, it squeezes the numbers together until they hardly differ. Leave one out.`,
    zh: ({ first, second }) =>
      `\`${second}\` 叠在 \`${first}\` 之上：用了两次，各个数会被挤到一起，几乎没有差别。去掉其中一个。`,
  },
  'shape/activation-twice.idle': {
    en: ({ first, second }) => `\`${second}\` after \`${first}\` changes nothing. Leave it out.`,
    zh: ({ first, second }) => `\`${first}\` 之后的 \`${second}\` 不起作用。去掉它。`,
  },
  'shape/activation-twice.cut': {
    en: ({ first, second }) =>
      `\`${second}\` comes on top of \`${first}\`, which lets nothing below 0 through: half of what \`${second}\` can say is lost. Leave \`${first}\` out.`,
    zh: ({ first, second }) =>
      `\`${second}\` 叠在 \`${first}\` 之上，而后者不让低于 0 的值通过：\`${second}\` 能表达的内容丢了一半。去掉 \`${first}\`。`,
  },
  'fix/relu': { en: () => 'Use `relu` in these layers', zh: () => '在这些层中改用 `relu`' },
  'fix/remove-stage': { en: ({ stage }) => `Leave \`${stage}\` out`, zh: ({ stage }) => `去掉 \`${stage}\`` },
  'shape/channels-first': {
    en: ({ layer, shape, channels, side }) =>
      `\`${layer}\` reads ${shape} as [height, width, channels]: an image ${channels} high with ${side} channels. Channels stand last here.`,
    zh: ({ layer, shape, channels, side }) =>
      `\`${layer}\` 把 ${shape} 读作 [height, width, channels]：一张高 ${channels}、有 ${side} 个通道的图像。通道在这里写在最后。`,
  },
  'shape/gaps': {
    en: ({ layer, window, stride }) =>
      `\`${layer}\` moves its window of ${window} by ${stride}: what lies between two windows is never seen.`,
    zh: ({ layer, window, stride }) =>
      `\`${layer}\` 把大小为 ${window} 的窗口每次移动 ${stride}：两个窗口之间的内容永远看不到。`,
  },
  'shape/patches-rest': {
    en: ({ axis, whole, patch, left }) =>
      `Patches of ${patch} do not fill ${axis} ${whole}: ${left} at the end are left out.`,
    zh: ({ axis, whole, patch, left }) =>
      `大小为 ${patch} 的块铺不满${thingInChinese(axis)} ${whole}：末尾的 ${left} 个被丢下。`,
  },

  // ---- ranges of numbers
  'data/unscaled': {
    en: (v) =>
      `\`${v.field}\` reaches \`${v.layer}\` with numbers from ${minus(v.low)} to ${minus(v.high)}: layers learn from numbers around 0 to 1. Bring it there with \`${v.stage}\`.`,
    zh: (v) =>
      `\`${v.field}\` 带着 ${minus(v.low)} 到 ${minus(v.high)} 的数进入 \`${v.layer}\`：层适合学习 0 到 1 附近的数。用 \`${v.stage}\` 变到那个范围。`,
  },
  'why/field-here': { en: ({ field }) => `the field \`${field}\``, zh: ({ field }) => `字段 \`${field}\`` },
  'why/unscaled-here': {
    en: ({ field, layer }) => `here \`${field}\` flows into \`${layer}\``,
    zh: ({ field, layer }) => `\`${field}\` 在这里流入 \`${layer}\``,
  },
  'data/scaled-twice': {
    en: (v) =>
      `The numbers lie ${between(v)} already, but \`${v.callee}\` takes them for ${minus(v.from)} to ${minus(v.to)}: scaled twice, almost nothing is left of them.`,
    zh: (v) =>
      `这些数已经在 ${minus(v.low)} 和 ${minus(v.high)} 之间，但 \`${v.callee}\` 把它们当作 ${minus(v.from)} 到 ${minus(v.to)}：缩放两次，几乎什么也不剩。`,
  },
  'data/scaled-twice.normalised': {
    en: ({ callee }) =>
      `The numbers are normalised already (mean 0, deviation 1), but \`${callee}\` scales them once more.`,
    zh: ({ callee }) => `这些数已经标准化（均值 0，标准差 1），但 \`${callee}\` 又缩放了一次。`,
  },

  // ---- runs
  'train/learning-rate': {
    en: ({ optimizer, rate, usual }) =>
      `A learning rate of ${rate} is far above what \`${optimizer}\` takes: the loss is likely to jump about or become NaN. Begin near ${usual}.`,
    zh: ({ optimizer, rate, usual }) =>
      `学习率 ${rate} 远高于 \`${optimizer}\` 的常用值：损失很可能剧烈波动或变成 NaN。从 ${usual} 附近开始。`,
  },
  'train/device-key': {
    en: ({ key }) =>
      `\`${key}\` is no part of a program: where it runs is chosen in the settings of the editor, or by a flag (\`--device gpu\`), so that the same program runs everywhere.`,
    zh: ({ key }) =>
      `\`${key}\` 不属于程序：在哪里运行由编辑器的设置或命令行选项（\`--device gpu\`）决定，这样同一个程序到处都能运行。`,
  },
  'train/epsilon': {
    en: ({ epsilon }) =>
      `\`epsilon: ${epsilon}\` is lost beside the numbers it is added to: where a gradient is almost 0, the update divides by almost 0. 1e-7 is usual.`,
    zh: ({ epsilon }) =>
      `\`epsilon: ${epsilon}\` 与它相加的数相比微不足道：梯度接近 0 时，更新几乎是除以 0。通常用 1e-7。`,
  },
  'train/devices': {
    en: ({ batch, devices, near }) =>
      `A batch of ${batch} does not divide among ${devices} devices: some would wait for the others. ${near} does.`,
    zh: ({ batch, devices, near }) =>
      `批大小 ${batch} 不能平分给 ${devices} 个设备：有的设备要等别的设备。${near} 可以。`,
  },
  'train/same-rows': {
    en: ({ data, model }) =>
      `\`${model}\` was trained on all rows of \`${data}\`, so there are none left to measure it on: what it knows by heart says nothing. Keep some with \`test: 20%\`, or name other data.`,
    zh: ({ data, model }) =>
      `\`${model}\` 是用 \`${data}\` 的全部行训练的，没有剩下可以用来评估的行：背下来的答案说明不了什么。用 \`test: 20%\` 留出一部分，或者换用别的数据。`,
  },
  'why/trained-here': {
    en: ({ data }) => `here \`${data}\` is trained on`,
    zh: ({ data }) => `在这里用 \`${data}\` 训练`,
  },
  'fix/keep-test': {
    en: ({ data }) => `Keep 20% of ${data} for the test`,
    zh: ({ data }) => `从 ${data} 留出 20% 作测试`,
  },
  'train/rate-key': {
    en: ({ key, value }) =>
      `The learning rate belongs to the optimizer: \`optimizer: Adam(${value === '' ? '1e-3' : value})\`, not \`${key}: …\`.`,
    zh: ({ key, value }) =>
      `学习率属于优化器：写 \`optimizer: Adam(${value === '' ? '1e-3' : value})\`，而不是 \`${key}: …\`。`,
  },
  'train/patience': {
    en: ({ patience, epochs }) =>
      `With \`patience: ${patience}\` a run of ${epochs} epochs can never stop early: patience must be shorter than the run.`,
    zh: ({ patience, epochs }) =>
      `\`patience: ${patience}\` 时，只有 ${epochs} 轮的运行永远不会提前停止：耐心必须短于运行。`,
  },
  'train/patience.one': {
    en: () => 'A run of one epoch cannot stop early: say how long it may last with `epochs:`.',
    zh: () => '只有一轮的运行无法提前停止：用 `epochs:` 写明最多运行多少轮。',
  },
  'train/warmup': {
    en: ({ warmup, steps }) =>
      `The warm-up of ${warmup} updates is as long as the whole run of ${steps}: the rate never reaches its peak.`,
    zh: ({ warmup, steps }) => `预热 ${warmup} 次更新，而整个运行只有 ${steps} 次：学习率永远达不到峰值。`,
  },
  'train/too-late': {
    en: ({ every }) => `Every ${every} updates is never: the run is shorter than that.`,
    zh: ({ every }) => `每 ${every} 次更新等于从不：运行没有那么长。`,
  },
  'train/batch-of-one': {
    en: () =>
      '`BatchNorm` needs several examples in a batch: of one alone, each number is its own mean, and what is left is 0. Take a larger batch, or `LayerNorm`.',
    zh: () =>
      '`BatchNorm` 需要一批中有多个样本：只有一个时，每个数就是它自己的均值，剩下的是 0。增大批大小，或者用 `LayerNorm`。',
  },
  'why/norm-here': { en: () => 'the `BatchNorm` over features', zh: () => '对特征的 `BatchNorm`' },
  'train/dropped-answer': {
    en: ({ output, layer }) =>
      `\`${layer}\` is the last step before the output \`${output}\`: the answers themselves become 0 by chance, and the loss is taken of these. Put it before the last layer.`,
    zh: ({ output, layer }) =>
      `\`${layer}\` 是输出 \`${output}\` 前的最后一步：答案本身会随机变成 0，损失就按这些来算。把它放到最后一层之前。`,
  },
  'train/regression-accuracy': {
    en: ({ metric, loss }) =>
      `\`${metric}\` counts right answers, but the loss (\`${loss}\`) takes this output for an amount, which is hardly ever hit exactly: measure the distance with \`mae\`, \`rmse\` or \`r2\`.`,
    zh: ({ metric, loss }) =>
      `\`${metric}\` 数的是答对的次数，但损失（\`${loss}\`）把这个输出当作数量，几乎不可能完全命中：用 \`mae\`、\`rmse\` 或 \`r2\` 衡量距离。`,
  },
  'why/distance-here': { en: () => 'the loss measures a distance', zh: () => '损失衡量的是距离' },
  'train/loss-without-output': {
    en: ({ outputs }) =>
      `No output of the model stands in this loss, so nothing can be learned from it: compare one (${outputs}) with what it should be.`,
    zh: ({ outputs }) => `这个损失里没有模型的输出，因此学不到任何东西：把某个输出（${outputs}）与它应有的值比较。`,
  },
  'data/leak': {
    en: ({ input, truth, column }) =>
      `The answer is among the inputs: \`${truth}\` is made of the column \`${column}\`, and so is \`${input}\`, which the model sees. It will do well here and fail where the answer is not known.`,
    zh: ({ input, truth, column }) =>
      `答案就在输入里：\`${truth}\` 由列 \`${column}\` 得出，模型看到的 \`${input}\` 也是。它在这里会表现很好，但在答案未知时会失败。`,
  },
  'why/leak-here': {
    en: ({ column }) => `\`${column}\` goes into the input here`,
    zh: ({ column }) => `\`${column}\` 在这里进入输入`,
  },
  'train/looks-ahead': {
    en: ({ truth, input, layer }) =>
      `\`${truth}\` is \`${input}\` one step later, and this \`${layer}\` lets a step see those after it: each can read its own answer off the next. It must look back only.`,
    zh: ({ truth, input, layer }) =>
      `\`${truth}\` 就是晚一步的 \`${input}\`，而这个 \`${layer}\` 让每一步看到后面的步：每一步都能从下一步读出自己的答案。它只能往回看。`,
  },
} satisfies MessageTable;
