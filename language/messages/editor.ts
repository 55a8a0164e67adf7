/** Texts of the editor's own surfaces: hover, lenses, suggestions, actions, outline, the summary of shapes. */
import type { MessageTable } from './table.ts';

export const editorMessages = {
  // ---- hover
  'editor/word-of': {
    en: ({ word, setting }) => `\`${word}\`: one of the values of \`${setting}\`.`,
    zh: ({ word, setting }) => `\`${word}\`：\`${setting}\` 的可选值之一。`,
  },
  'editor/required': { en: () => 'Required.', zh: () => '必填。' },
  'editor/default': { en: ({ value }) => `Default: \`${value}\`.`, zh: ({ value }) => `默认值：\`${value}\`。` },
  'editor/column': {
    en: ({ type }) => `A column of the source: \`${type}\`.`,
    zh: ({ type }) => `数据来源中的一列：\`${type}\`。`,
  },
  'editor/here': { en: ({ what }) => `Here: ${what}`, zh: ({ what }) => `这里：${what}` },
  'editor/unknown-shape': {
    en: () => 'The shape is not known here, because of an error before it.',
    zh: () => '由于前面有错误，这里的形状未知。',
  },
  'editor/single-number': { en: ({ type }) => `${type} (a single number)`, zh: ({ type }) => `${type}（单个数）` },
  'editor/text': { en: () => 'text', zh: () => '文本' },
  'editor/weights': { en: ({ names }) => `Weights: ${names}`, zh: ({ names }) => `权重：${names}` },
  'editor/weights-counted': {
    en: ({ count, sum, memory, names }) =>
      `${count} ${count === '1' ? 'parameter' : 'parameters'} (${sum}, ${memory}): ${names}`,
    zh: ({ count, sum, memory, names }) => `${count} 个参数（${sum}，${memory}）：${names}`,
  },
  'editor/not-trained': { en: ({ weight }) => `${weight} (not trained)`, zh: ({ weight }) => `${weight}（不训练）` },
  'editor/parameters': {
    en: ({ count, trainable }) =>
      `${count} ${count === '1' ? 'parameter' : 'parameters'}${trainable === '' ? '' : ` (${trainable} trainable)`}`,
    zh: ({ count, trainable }) => `${count} 个参数${trainable === '' ? '' : `（可训练 ${trainable}）`}`,
  },
  'editor/macs': {
    en: ({ count }) => `${count} multiply-adds per example`,
    zh: ({ count }) => `每个样本 ${count} 次乘加`,
  },
  'editor/range.from': { en: ({ low }) => `Values from ${low} upwards.`, zh: ({ low }) => `取值不小于 ${low}。` },
  'editor/range.to': { en: ({ high }) => `Values up to ${high}.`, zh: ({ high }) => `取值不大于 ${high}。` },
  'editor/range': {
    en: ({ low, high }) => `Values from ${low} to ${high}.`,
    zh: ({ low, high }) => `取值从 ${low} 到 ${high}。`,
  },
  'editor/probabilities.softmax': {
    en: () => 'Probabilities that sum to 1 along the last axis (`softmax`).',
    zh: () => '概率，沿最后一个轴之和为 1（`softmax`）。',
  },
  'editor/probabilities.sigmoid': {
    en: () => 'Probabilities, each on its own (`sigmoid`).',
    zh: () => '概率，各自独立（`sigmoid`）。',
  },
  'editor/column-odd': {
    en: ({ value, row }) => `Row ${row} is the text "${value}", so the whole column is text.`,
    zh: ({ value, row }) => `第 ${row} 行是文本 "${value}"，因此整列都是文本。`,
  },
  'editor/column-classes': {
    en: ({ count, most, mostRows, least, leastRows }) =>
      `${count} classes in the rows looked at: most rows ${most} (${mostRows}), fewest ${least} (${leastRows}).`,
    zh: ({ count, most, mostRows, least, leastRows }) =>
      `查看的行中有 ${count} 个类别：最多的是 ${most}（${mostRows} 行），最少的是 ${least}（${leastRows} 行）。`,
  },
  'editor/column-missing': {
    en: ({ missing, sampled }) => `${missing} of the ${sampled} rows looked at have no value.`,
    zh: ({ missing, sampled }) => `查看的 ${sampled} 行中有 ${missing} 行没有值。`,
  },

  // ---- lenses
  'editor/run.train': { en: () => 'Train', zh: () => '训练' },
  'editor/run.tune': { en: () => 'Tune', zh: () => '调参' },
  'editor/run.evaluate': { en: () => 'Evaluate', zh: () => '评估' },
  'editor/graph': { en: () => 'Graph', zh: () => '计算图' },
  'editor/no-graph': {
    en: ({ file }) =>
      `There is no model and no block in ${file} yet, so there is no graph. Write \`model Name { … }\`.`,
    zh: ({ file }) => `${file} 中还没有模型或块，因此没有计算图。请写 \`model Name { … }\`。`,
  },
  'editor/no-plan-graph': {
    en: () =>
      'The plan of this run (plan.json) is missing, damaged or of another version, so its graph cannot be drawn. Open the program and choose "Graph" above its model.',
    zh: () => '此次训练的计划（plan.json）缺失、损坏或版本不同，无法绘制计算图。请打开程序并选择模型上方的“计算图”。',
  },
  'editor/look-at-data': { en: () => 'Look at data', zh: () => '查看数据' },
  'editor/run.export': { en: () => 'Export', zh: () => '导出' },
  'editor/uses': {
    en: ({ count }) => `${count} ${count === 1 ? 'use' : 'uses'}`,
    zh: ({ count }) => `${count} 处使用`,
  },

  'editor/merged': {
    en: ({ keys, train }) => `${keys}: from train ${train}`,
    zh: ({ keys, train }) => `${keys}：取自 train ${train}`,
  },
  'editor/cost': {
    en: ({ macs, memory, batch }) => `${macs} multiply-adds · ${memory} to train at batch ${batch}`,
    zh: ({ macs, memory, batch }) => `${macs} 次乘加 · 批大小 ${batch} 训练需 ${memory}`,
  },

  // ---- suggestions and signatures
  'editor/what.parameter': { en: () => 'parameter', zh: () => '参数' },
  'editor/what.input': { en: () => 'input', zh: () => '输入' },
  'editor/what.output': { en: () => 'output', zh: () => '输出' },
  'editor/what.binding': { en: () => 'value', zh: () => '值' },
  'editor/what.layer': { en: () => 'layer', zh: () => '层' },
  'editor/what.field': { en: () => 'field', zh: () => '字段' },
  'editor/what.size': { en: () => 'size', zh: () => '尺寸' },
  'editor/what.round': { en: () => 'round', zh: () => '轮次编号' },
  'editor/column-detail': { en: ({ type }) => `column: ${type}`, zh: ({ type }) => `列：${type}` },
  'editor/part-of': {
    en: ({ what, owner, type }) => `${what} of ${owner}${type === '' ? '' : `: ${type}`}`,
    zh: ({ what, owner, type }) => `${owner} 的${what}${type === '' ? '' : `：${type}`}`,
  },
  'editor/weight-of': { en: ({ layer }) => `a weight of ${layer}`, zh: ({ layer }) => `${layer} 的权重` },
  'editor/does-not-fit': {
    en: ({ signature, type }) => `${signature}, not for ${type}`,
    zh: ({ signature, type }) => `${signature}，不适用于 ${type}`,
  },
  'editor/setting-required': { en: () => 'required', zh: () => '必填' },
  'editor/defined-in': { en: ({ path }) => `import from ${path}`, zh: ({ path }) => `从 ${path} 导入` },
  'editor/folder': { en: () => 'folder', zh: () => '文件夹' },
  'editor/program': { en: () => 'program', zh: () => '程序' },
  'editor/data-file': { en: () => 'data file', zh: () => '数据文件' },

  // ---- snippets
  'editor/snippet.model': { en: () => 'a network that can be trained', zh: () => '可以训练的网络' },
  'editor/snippet.block': { en: () => 'a part of networks, for any shape', zh: () => '网络的一部分，适用于任意形状' },
  'editor/snippet.data': { en: () => 'where examples come from', zh: () => '样本从哪里来' },
  'editor/snippet.train': { en: () => 'how a model is trained on data', zh: () => '怎样用数据训练模型' },
  'editor/snippet.evaluate': { en: () => 'what a trained model must reach', zh: () => '训练好的模型必须达到的要求' },
  'editor/snippet.tune': { en: () => 'a search for settings', zh: () => '搜索各项设置' },
  'editor/snippet.export': { en: () => 'the model for elsewhere', zh: () => '供别处使用的模型' },
  'editor/snippet.import': { en: () => 'declarations of another file', zh: () => '另一个文件中的声明' },
  'editor/snippet.input': { en: () => 'what flows in', zh: () => '流入的内容' },
  'editor/snippet.output': { en: () => 'what comes out', zh: () => '流出的内容' },
  'editor/snippet.layer': { en: () => 'a layer shared by all its uses', zh: () => '多处共用的层' },
  'editor/snippet.require': { en: () => 'a condition on sizes', zh: () => '对尺寸的条件' },

  // ---- rename
  'editor/rename.illegal': {
    en: ({ name }) => `\`${name}\` cannot be a name: names begin with a letter or \`_\`, and are no keyword.`,
    zh: ({ name }) => `\`${name}\` 不能作名字：名字以字母或 \`_\` 开头，且不是关键字。`,
  },
  'editor/rename.nothing': {
    en: () => 'There is nothing here that can be renamed.',
    zh: () => '这里没有可以重命名的内容。',
  },
  'editor/rename.taken': {
    en: ({ name, file }) => `\`${name}\` is the name of something else in ${file}: choose another.`,
    zh: ({ name, file }) => `\`${name}\` 在 ${file} 中已有别的含义：换一个名字。`,
  },

  // ---- actions
  'editor/fix-all': { en: () => 'Fix everything that can be fixed', zh: () => '修复所有可以修复的问题' },
  'editor/fix-all.same': {
    en: ({ code }) => `Fix all problems of this kind (${code})`,
    zh: ({ code }) => `修复所有此类问题（${code}）`,
  },
  'editor/organise-imports': { en: () => 'Organise imports', zh: () => '整理导入' },
  'editor/import': {
    en: ({ name, path }) => `Import \`${name}\` from "${path}"`,
    zh: ({ name, path }) => `从 "${path}" 导入 \`${name}\``,
  },
  'editor/extract-block': { en: () => 'Extract into a block', zh: () => '提取为模块' },
  'editor/inline-block': { en: ({ name }) => `Inline \`${name}\``, zh: ({ name }) => `内联 \`${name}\`` },
  'editor/name-shape': { en: ({ shape }) => `State the shape: ${shape}`, zh: ({ shape }) => `写明形状：${shape}` },
  'editor/unroll': {
    en: ({ times }) => `Unroll the repeat (${times} times)`,
    zh: ({ times }) => `展开 repeat（${times} 次）`,
  },
  'editor/extract-parameter': {
    en: ({ value, name }) => `Make ${value} the parameter \`${name}\``,
    zh: ({ value, name }) => `把 ${value} 变成参数 \`${name}\``,
  },

  'name/unused-import': {
    en: ({ name }) => `\`${name}\` is imported, but nothing in this file uses it: take it out, or use it.`,
    zh: ({ name }) => `导入了 \`${name}\`，但这个文件没有用到它：去掉它，或者使用它。`,
  },
  'fix/remove-import': {
    en: ({ name }) => `Take \`${name}\` out of the import`,
    zh: ({ name }) => `从导入中去掉 \`${name}\``,
  },

  // ---- the summary of shapes
  'editor/summary.title': {
    en: ({ unit, file }) => `${unit} in ${file}`,
    zh: ({ unit, file }) => `${file} 中的 ${unit}`,
  },
  'editor/summary.none': {
    en: ({ file }) => `${file} has no model or block.`,
    zh: ({ file }) => `${file} 中没有模型或模块。`,
  },
  'editor/summary.layer': { en: () => 'Layer', zh: () => '层' },
  'editor/summary.shape': { en: () => 'Shape', zh: () => '形状' },
  'editor/summary.parameters': { en: () => 'Parameters', zh: () => '参数量' },
  'editor/summary.input': { en: () => 'input', zh: () => '输入' },
  'editor/summary.output': { en: () => 'output', zh: () => '输出' },
  'editor/summary.total': { en: ({ count }) => `Parameters: ${count}`, zh: ({ count }) => `参数量：${count}` },
  'editor/summary.trainable': { en: ({ count }) => `Trainable: ${count}`, zh: ({ count }) => `可训练：${count}` },
  'editor/keras.none': {
    en: ({ file }) => `# ${file} has no model that can be written as a Keras program.`,
    zh: ({ file }) => `# ${file} 中没有可以写成 Keras 程序的模型。`,
  },

  // ---- the server's own refusals
  'editor/unreadable-program': {
    en: ({ file }) => `The program cannot be read: ${file}. Look whether it is still there and may be read.`,
    zh: ({ file }) => `无法读取程序：${file}。请检查它是否还在、是否允许读取。`,
  },
} satisfies MessageTable;
