/** Texts of problems with the keys of run and export sections, and with what a `tune` tries. */
import type { MessageTable } from './table.ts';

export const sectionMessages = {
  'train/run-form': {
    en: ({ key }) => `\`${key}:\` is the name of a \`train\` block of this file.`,
    zh: ({ key }) => `\`${key}:\` 后面写这个文件中一个 \`train\` 段的名字。`,
  },
  'train/run-model': {
    en: ({ name, from, to }) =>
      `\`${name}\` trains \`${from}\`, but \`${to}\` is evaluated here: name a \`train\` block of \`${to}\`.`,
    zh: ({ name, from, to }) =>
      `\`${name}\` 训练的是 \`${from}\`，但这里评估的是 \`${to}\`：请写 \`${to}\` 的 \`train\` 段。`,
  },
  'train/start-model': {
    en: ({ name, from, to }) =>
      `\`${name}\` trains \`${from}\`, but this block trains \`${to}\`: a block starts from weights of its own model.`,
    zh: ({ name, from, to }) => `\`${name}\` 训练的是 \`${from}\`，但这一段训练 \`${to}\`：只能从自己模型的权重开始。`,
  },
  'train/start-cycle': {
    en: ({ name }) => `\`${name}\` itself starts from this block, so neither could ever be the first.`,
    zh: ({ name }) => `\`${name}\` 自己从这一段开始，因此两者都无法最先运行。`,
  },
  'train/start-cycle.self': {
    en: ({ name }) => `\`${name}\` is this block itself. Leave the line out to start from fresh weights.`,
    zh: ({ name }) => `\`${name}\` 就是这一段本身。想从全新的权重开始，去掉这一行。`,
  },
  'train/freeze-form': {
    en: () =>
      `\`freeze:\` takes the name of a layer, the path of one as a text, or a list of them: \`freeze: backbone\`.`,
    zh: () => '`freeze:` 后面写层的名字、用文本写的路径，或它们的列表：`freeze: backbone`。',
  },
  'train/freeze-unknown': {
    en: ({ name, count }) =>
      count === 0
        ? `There is no layer \`${name}\` in the model. A layer that is to be frozen gets a name there: \`layer ${name} = …\`.`
        : `There is no layer \`${name}\` in the model.`,
    zh: ({ name, count }) =>
      count === 0
        ? `模型中没有层 \`${name}\`。要冻结的层需要在模型里有名字：\`layer ${name} = …\`。`
        : `模型中没有层 \`${name}\`。`,
  },
  'train/freeze-unknown.near': {
    en: ({ name, near }) => `There is no layer \`${name}\` in the model. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `模型中没有层 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'train/freeze-unknown.other': {
    en: ({ name }) =>
      `\`${name}\` is no layer of the model: only what is bound by \`layer ${name} = …\` can be frozen.`,
    zh: ({ name }) => `\`${name}\` 不是模型的层：只有用 \`layer ${name} = …\` 绑定的才能冻结。`,
  },
  'train/freeze-unknown.path': {
    en: ({ path }) => `The model has no weights under \`${path}\`.`,
    zh: ({ path }) => `模型在 \`${path}\` 下没有权重。`,
  },
  'train/nothing-to-train': {
    en: () => `Every weight is frozen, so there is nothing left to train.`,
    zh: () => '所有权重都被冻结，没有可训练的内容。',
  },
  'train/tune-only': {
    en: ({ name }) => `\`${name}(…)\` stands for several values, which only \`tune\` tries: here goes one value.`,
    zh: ({ name }) => `\`${name}(…)\` 代表若干个值，只有 \`tune\` 会逐一尝试：这里需要一个值。`,
  },
  'train/tune-range': {
    en: ({ name }) => `\`${name}(…)\` takes a range: \`${name}(${name === 'log' ? '1e-4..1e-2' : '0.1..0.5'})\`.`,
    zh: ({ name }) => `\`${name}(…)\` 需要一个范围：\`${name}(${name === 'log' ? '1e-4..1e-2' : '0.1..0.5'})\`。`,
  },
  'train/tune-order': {
    en: ({ name, from, to }) =>
      `\`${name}\` goes from the smaller number to the larger one, but ${from} is not below ${to}.`,
    zh: ({ name, from, to }) => `\`${name}\` 从较小的数到较大的数，但 ${from} 并不小于 ${to}。`,
  },
  'train/tune-log': {
    en: ({ from }) => `A logarithmic range begins above 0, but this one begins at ${from}.`,
    zh: ({ from }) => `对数范围必须从大于 0 的数开始，但这里从 ${from} 开始。`,
  },
  'train/choice-empty': {
    en: () => `A choice needs something to choose from: \`choice(16, 32, 64)\`.`,
    zh: () => '选择需要有可选的内容：`choice(16, 32, 64)`。',
  },
  'train/nothing-to-tune': {
    en: () =>
      `No setting of this \`tune\` has more than one value. Give one a choice or a range: \`choice(16, 32)\`, \`uniform(0.1..0.5)\`, \`log(1e-4..1e-2)\`.`,
    zh: () =>
      '这里没有任何设置有多个值，所有试验都会一样：请写 `choice(16, 32)`、`uniform(0.1..0.5)` 或 `log(1e-4..1e-2)`。',
  },
  'train/two-goals': {
    en: () => `A search has one goal: give \`maximize:\` or \`minimize:\`, not both.`,
    zh: () => '搜索只有一个目标：`maximize:` 和 `minimize:` 只写一个。',
  },
  'train/goal-direction': {
    en: ({ metric, key, better }) =>
      `\`${metric}\` is better the ${better === 'maximize' ? 'larger' : 'smaller'} it is, but this asks to ${key} it.`,
    zh: ({ metric, key, better }) =>
      `\`${metric}\` ${better === 'maximize' ? '越大越好' : '越小越好'}，但这里要求 \`${key}\`。`,
  },
  'train/nothing-to-measure': {
    en: () => `An evaluation needs \`metrics:\` or \`expect:\`, for example \`metrics: accuracy(scores, label)\`.`,
    zh: () => '评估需要 `metrics:` 或 `expect:`，例如 `metrics: accuracy(scores, label)`。',
  },
  'train/slice-form': {
    en: () =>
      `\`slices:\` takes fields of the data or conditions on them, like \`age > 60\`, one or a list: the metrics are given apart for each of their values.`,
    zh: () =>
      '`slices:` 后面写数据的字段或对它们的条件，例如 `age > 60`，一个或一个列表：指标会按它们的每个取值分别给出。',
  },
  'train/slice-kind': {
    en: ({ name }) =>
      `Rows are parted by the values of a field with one whole number or text for each, but \`${name}\` is none.`,
    zh: ({ name }) => `按字段的取值划分行，每行应为一个整数或文本，但 \`${name}\` 不是这样。`,
  },
  'train/no-target': {
    en: () => `An export needs \`to:\`, the file or folder that is written: \`to: "dist/model"\`.`,
    zh: () => '导出需要 `to:`，即写入的文件或文件夹：`to: "dist/model"`。',
  },
  'train/export-part': {
    en: ({ name, model }) =>
      `\`${model}\` has no layer \`${name}\`. A part that is exported has a name there: \`layer ${name} = …\`.`,
    zh: ({ name, model }) =>
      `\`${model}\` 没有层 \`${name}\`。要单独导出的部分需要在模型里有名字：\`layer ${name} = …\`。`,
  },
  'train/export-part.near': {
    en: ({ name, near, model }) => `\`${model}\` has no layer \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near, model }) => `\`${model}\` 没有层 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'train/export-inputs': {
    en: () =>
      `\`inputs:\` is a list of the model's inputs, or gives open sizes a number: \`inputs: (tokens, T: 128)\`.`,
    zh: () => '`inputs:` 后面写模型输入的列表，或者为未定的尺寸给出数：`inputs: (tokens, T: 128)`。',
  },
  'train/export-input': {
    en: ({ name, model }) => `\`${model}\` has no input \`${name}\`.`,
    zh: ({ name, model }) => `\`${model}\` 没有输入 \`${name}\`。`,
  },
  'train/export-input.near': {
    en: ({ name, near, model }) => `\`${model}\` has no input \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near, model }) => `\`${model}\` 没有输入 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'train/export-size': {
    en: ({ name }) => `No size of the model's inputs is called \`${name}\`.`,
    zh: ({ name }) => `模型的输入中没有名为 \`${name}\` 的尺寸。`,
  },
  'train/export-size.near': {
    en: ({ name, near }) => `No size of the model's inputs is called \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `模型的输入中没有名为 \`${name}\` 的尺寸。是不是想写 \`${near}\`？`,
  },
} satisfies MessageTable;
