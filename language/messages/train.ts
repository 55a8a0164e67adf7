/** Texts of problems with train, tune, evaluate and export sections. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const trainMessages = {
  'train/unknown-key': {
    en: ({ name }) => `There is no key \`${name}\` in this section.`,
    zh: ({ name }) => `这一段没有键 \`${name}\`。`,
  },
  'train/unknown-key.near': {
    en: ({ name, near }) => `There is no key \`${name}\` in this section. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `这一段没有键 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'train/key-twice': {
    en: ({ key }) => `\`${key}\` is given twice.`,
    zh: ({ key }) => `\`${key}\` 给了两次。`,
  },
  'train/no-data': {
    en: ({ run }) => `\`${run}\` needs data: write \`on\` and its name.`,
    zh: ({ run }) => `\`${run}\` 需要数据：写上 \`on\` 和数据的名字。`,
  },
  'train/no-loss': {
    en: () => `Training needs a \`loss:\`, for example \`loss: crossEntropy(scores, label)\`.`,
    zh: () => '训练需要 `loss:`，例如 `loss: crossEntropy(scores, label)`。',
  },
  'train/no-search': {
    en: () => `Tuning needs \`search:\`, for example \`search: random(trials: 20)\`.`,
    zh: () => '调参需要 `search:`，例如 `search: random(trials: 20)`。',
  },
  'train/no-goal': {
    en: () =>
      `Tuning needs \`maximize:\` or \`minimize:\` with a metric, for example \`maximize: validation.accuracy\`.`,
    zh: () => '调参需要 `maximize:` 或 `minimize:` 加一个指标，例如 `maximize: validation.accuracy`。',
  },
  'train/metric-form': {
    en: () => `A metric is a call, like \`accuracy(scores, label)\`; several stand in a list \`[…]\`.`,
    zh: () => '指标要写成调用，例如 `accuracy(scores, label)`；多个指标写在列表 `[…]` 里。',
  },
  'train/unknown-metric': {
    en: ({ name }) => `There is no metric \`${name}\`.`,
    zh: ({ name }) => `没有名为 \`${name}\` 的指标。`,
  },
  'train/unknown-metric.near': {
    en: ({ name, near }) => `There is no metric \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `没有名为 \`${name}\` 的指标。是不是想写 \`${near}\`？`,
  },
  'train/expect-form': {
    en: () => `An expectation compares a metric with a number: \`accuracy(scores, label) > 95%\`.`,
    zh: () => '期望要把指标与数比较：`accuracy(scores, label) > 95%`。',
  },
  'train/expect-number': {
    en: () => `A metric is compared with a number, like \`95%\` or \`0.08\`.`,
    zh: () => '指标要与数比较，例如 `95%` 或 `0.08`。',
  },
  'train/optimizer-form': {
    en: () => `An optimizer is a call, like \`Adam(1e-3)\`.`,
    zh: () => '优化器要写成调用，例如 `Adam(1e-3)`。',
  },
  'train/unknown-optimizer': {
    en: ({ name }) => `There is no optimizer \`${name}\`.`,
    zh: ({ name }) => `没有名为 \`${name}\` 的优化器。`,
  },
  'train/unknown-optimizer.near': {
    en: ({ name, near }) => `There is no optimizer \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `没有名为 \`${name}\` 的优化器。是不是想写 \`${near}\`？`,
  },
  'train/epochs-and-steps': {
    en: () => `A run is as long as its \`epochs\` or its \`steps\` say; give one of the two.`,
    zh: () => '运行的长度由 `epochs` 或 `steps` 决定；两者只写一个。',
  },
  'train/clip-zero': {
    en: () => `\`clip: 0\` would leave no gradient at all. Leave the line out to train without clipping.`,
    zh: () => '`clip: 0` 会让梯度全部变成 0。不想裁剪梯度就去掉这一行。',
  },
  'train/rule': {
    en: ({ rules }) => `Here stands ${rules}.`,
    zh: ({ rules }) => `这里应为 ${inChinese(rules)}。`,
  },
  'train/rule.near': {
    en: ({ rules, near }) => `Here stands ${rules}. Did you mean \`${near}\`?`,
    zh: ({ rules, near }) => `这里应为 ${inChinese(rules)}。是不是想写 \`${near}\`？`,
  },
  'train/unknown-watch': {
    en: ({ metric, names }) => `There is no metric \`${metric}\` in this block. It has ${names}.`,
    zh: ({ metric, names }) => `这一段没有指标 \`${metric}\`。它有 ${inChinese(names)}。`,
  },
  'train/no-validation': {
    en: ({ metric }) =>
      `\`${metric}\` needs validation data, and the data section keeps none: add \`validation: 10%\` to it, or watch a metric of the training rows.`,
    zh: ({ metric }) =>
      `\`${metric}\` 需要验证数据，而数据段没有留出验证部分：给它加上 \`validation: 10%\`，或者改看训练数据上的指标。`,
  },
  'train/untrained': {
    en: ({ output, weight, count }) =>
      `Nothing in the loss depends on \`${output}\`, so ${count === 1 ? 'a weight behind it is' : `${count} weights behind it are`} never trained (\`${weight}\`${count === 1 ? '' : ' …'}): add it to the loss, or leave the output out.`,
    zh: ({ output, weight, count }) =>
      `损失中没有任何部分依赖 \`${output}\`，因此它背后的 ${count} 组权重永远不会被训练（\`${weight}\`${count === 1 ? '' : ' 等'}）：把它加入损失，或者去掉这个输出。`,
  },
  'train/not-supported-yet': {
    en: ({ key }) =>
      `\`${key}\` can be written and is checked, but this version does not carry it out yet: take it out to run this.`,
    zh: ({ key }) => `\`${key}\` 可以书写也会被检查，但这个版本还不能执行它：去掉它才能运行。`,
  },
  'train/not-supported-yet.checked': {
    en: ({ key }) => `\`${key}\` is checked here; training with it comes with a later version.`,
    zh: ({ key }) => `\`${key}\` 在这里会被检查；用它训练要等以后的版本。`,
  },
  'train/no-such-run': {
    en: ({ run, name }) => `There is no \`${run}\` block called \`${name}\` in this file.`,
    zh: ({ run, name }) => `这个文件中没有名为 \`${name}\` 的 \`${run}\` 段。`,
  },
  'train/no-run': {
    en: ({ run }) => `This file has no \`${run}\` block.`,
    zh: ({ run }) => `这个文件没有 \`${run}\` 段。`,
  },
  'train/unknown-size': {
    en: ({ what, names }) => `A size is not known here, so no run can be made of it: ${what} depends on \`${names}\`.`,
    zh: ({ what, names }) => `这里有一个尺寸未知，因此无法运行：${inChinese(what)}取决于 \`${inChinese(names)}\`。`,
  },
  'train/unread-data': {
    en: ({ what }) => `No run can be made of this yet: ${what} depends on data that could not be read.`,
    zh: ({ what }) => `现在还无法运行：${inChinese(what)}取决于未能读取的数据。`,
  },
  'train/override': {
    en: ({ key, model }) => `\`${key}\` is no setting of this block and no parameter of \`${model}\`.`,
    zh: ({ key, model }) => `\`${key}\` 既不是这一段的设置，也不是 \`${model}\` 的参数。`,
  },
  'train/override.near': {
    en: ({ key, model, near }) =>
      `\`${key}\` is no setting of this block and no parameter of \`${model}\`. Did you mean \`${near}\`?`,
    zh: ({ key, model, near }) => `\`${key}\` 既不是这一段的设置，也不是 \`${model}\` 的参数。是不是想写 \`${near}\`？`,
  },
  'train/override-value': {
    en: ({ text, key }) => `\`${text}\` can’t be read as a value for \`${key}\`.`,
    zh: ({ text, key }) => `\`${text}\` 不能作为 \`${key}\` 的值。`,
  },
} satisfies MessageTable;
