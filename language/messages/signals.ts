/** Texts of attention, signals, metrics, losses, optimizers and schedules. */
import type { MessageTable } from './table.ts';

export const signalMessages = {
  'argument/layers': {
    en: ({ name, setting }) =>
      `\`${setting}\` names layers of the model (\`layer embed = …\`), classes (\`LayerNorm\`) or paths (\`"GPT/embed"\`), but there is no \`${name}\`.`,
    zh: ({ name, setting }) =>
      `\`${setting}\` 可以写模型的层（\`layer embed = …\`）、类名（\`LayerNorm\`）或路径（\`"GPT/embed"\`），但没有 \`${name}\`。`,
  },
  'argument/layers.near': {
    en: ({ name, setting, near }) =>
      `\`${setting}\` names layers of the model, classes or paths, but there is no \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, setting, near }) =>
      `\`${setting}\` 可以写模型的层、类名或路径，但没有 \`${name}\`。是不是想写 \`${near}\`？`,
  },
  'shape/key-heads': {
    en: ({ heads, keyHeads }) =>
      `\`Attention\` shares ${heads} heads out evenly among ${keyHeads} key heads, but ${heads} is no multiple of ${keyHeads}.`,
    zh: ({ heads, keyHeads }) =>
      `\`Attention\` 把 ${heads} 个查询头平分给 ${keyHeads} 个键头，但 ${heads} 不是 ${keyHeads} 的倍数。`,
  },
  'shape/odd': {
    en: ({ callee, width }) =>
      `\`${callee}\` turns numbers in pairs, so it needs an even width of each head, but that is ${width}.`,
    zh: ({ callee, width }) => `\`${callee}\` 成对旋转各个数，因此每个头的宽度必须是偶数，但这里是 ${width}。`,
  },
  'shape/score-bias': {
    en: ({ wanted, bias }) =>
      `\`scoreBias\` is added to the scores \`[heads, T, S]\`, here ${wanted}, but it is ${bias}.`,
    zh: ({ wanted, bias }) => `\`scoreBias\` 加到注意力得分 \`[heads, T, S]\` 上，这里应为 ${wanted}，但它是 ${bias}。`,
  },
  'shape/frame': {
    en: ({ callee, length, frame }) =>
      `\`${callee}\` looks at ${frame} moments at a time, but the sound has only ${length}: no frame fits.`,
    zh: ({ callee, length, frame }) =>
      `\`${callee}\` 每次看 ${frame} 个采样点，但声音只有 ${length} 个：一帧也放不下。`,
  },
  'argument/fft': {
    en: ({ callee, fft, frame }) =>
      `The transform of \`${callee}\` must be at least as long as a frame, but \`fft\` is ${fft} and the frame ${frame}.`,
    zh: ({ callee, fft, frame }) => `\`${callee}\` 的变换长度不能小于一帧，但 \`fft\` 是 ${fft}，帧长是 ${frame}。`,
  },
  'argument/bands': {
    en: ({ callee, low, high, rate, most }) =>
      `The bands of \`${callee}\` go from \`low\` up to \`high\`, at most half the rate: a sound of ${rate} moments a second has frequencies up to ${most} Hz, but these are ${low} and ${high}.`,
    zh: ({ callee, low, high, rate, most }) =>
      `\`${callee}\` 的频带从 \`low\` 到 \`high\`，最高为采样率的一半：采样率 ${rate} 的声音频率最高 ${most} Hz，但这里是 ${low} 和 ${high}。`,
  },
  'argument/coefficients': {
    en: ({ coefficients, bands }) =>
      `\`MFCC\` can keep at most as many coefficients as there are bands, but ${coefficients} of ${bands} are asked for.`,
    zh: ({ coefficients, bands }) =>
      `\`MFCC\` 保留的系数不能多于频带数，但这里要从 ${bands} 个频带中取 ${coefficients} 个。`,
  },
  'type/log-of-spectrum': {
    en: () =>
      `A spectrum is 0 where there is silence, and the logarithm of 0 is minus infinity: add a little first, \`log(x + 1e-6)\`.`,
    zh: () => '安静处频谱为 0，而 0 的对数是负无穷：先加上一个小数，`log(x + 1e-6)`。',
  },
  'why/frames': {
    en: ({ frames, length, frame, step }) => `${frames} = (${length} − ${frame}) // ${step} + 1 frames`,
    zh: ({ frames, length, frame, step }) => `${frames} = (${length} − ${frame}) // ${step} + 1 帧`,
  },
  'why/bins': {
    en: ({ bins, fft, callee }) => `${bins} = ${fft} // 2 + 1 frequencies of \`${callee}\``,
    zh: ({ bins, fft, callee }) => `${bins} = ${fft} // 2 + 1 个频率（\`${callee}\`）`,
  },
  'shape/top': {
    en: ({ callee, k, size }) => `\`${callee}\` cannot name ${k} numbers of ${size}.`,
    zh: ({ callee, k, size }) => `\`${callee}\` 无法从 ${size} 个数中取出 ${k} 个。`,
  },
  'shape/cross': {
    en: ({ first, other }) =>
      `\`Cross\` puts numbers of the same place together, so all its values have one shape, but these are ${first} and ${other}.`,
    zh: ({ first, other }) => `\`Cross\` 组合同一位置的数，因此所有值的形状必须相同，但这里是 ${first} 和 ${other}。`,
  },
  'argument/edges': {
    en: ({ before, edge }) => `The edges of \`Bucketize\` rise, but ${edge} follows ${before}.`,
    zh: ({ before, edge }) => `\`Bucketize\` 的分界点必须递增，但 ${edge} 排在 ${before} 之后。`,
  },
  'argument/edges.none': {
    en: () => `\`Bucketize\` needs at least one edge, for example \`[18, 40, 65]\`.`,
    zh: () => '`Bucketize` 至少需要一个分界点，例如 `[18, 40, 65]`。',
  },
  'train/normalize-late': {
    en: ({ weight }) =>
      `\`Normalize\` is measured once, before training, so nothing that is trained may stand in front of it, but \`${weight}\` does: move it to the front, freeze that layer, or use \`BatchNorm\`.`,
    zh: ({ weight }) =>
      `\`Normalize\` 在训练之前测量一次，因此它前面不能有要训练的内容，但前面有 \`${weight}\`：把它移到最前面，冻结那一层，或者用 \`BatchNorm\`。`,
  },
  'loss/sequences': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares whole numbers in a row, \`int32[T]\` (or scores \`[T, classes]\` of moments) against \`int32[L]\`, but gets ${prediction} against ${truth}.`,
    zh: ({ callee, prediction, truth }) =>
      `\`${callee}\` 比较成行的整数 \`int32[T]\`（或各时刻的得分 \`[T, classes]\`）与 \`int32[L]\`，但得到的是 ${prediction} 与 ${truth}。`,
  },
  'loss/blank': {
    en: ({ callee, blank, classes, last }) =>
      `\`${callee}\` has ${classes} classes, 0 to ${last}, so class ${blank} cannot be the blank one.`,
    zh: ({ callee, blank, classes, last }) =>
      `\`${callee}\` 有 ${classes} 个类别，0 到 ${last}，因此类别 ${blank} 不能作空白类。`,
  },
  'loss/keys': {
    en: ({ callee, query, key }) =>
      `\`${callee}\` with \`at\` ranks keys by their product with a query, so both are vectors of one width for each example, but these are ${query} and ${key}.`,
    zh: ({ callee, query, key }) =>
      `带 \`at\` 的 \`${callee}\` 按键与查询的乘积排序，因此两者都应是每个样本一个等宽的向量，但这里是 ${query} 和 ${key}。`,
  },
  'loss/moments': {
    en: ({ callee, prediction, truth }) =>
      `\`${callee}\` compares the scores of moments, \`[T, classes]\`, with a text of class numbers, \`int32[L]\`, but gets ${prediction} and ${truth}.`,
    zh: ({ callee, prediction, truth }) =>
      `\`${callee}\` 把各时刻的得分 \`[T, classes]\` 与类别编号组成的文本 \`int32[L]\` 比较，但得到的是 ${prediction} 和 ${truth}。`,
  },
  'loss/no-blank': {
    en: ({ low, high, classes, blank, needed }) =>
      `\`ctc\` needs a class for "nothing" beside those of the text: the text has numbers ${low} to ${high}, so at least ${needed} classes are needed, but there are ${classes}, of which ${blank} is the blank one.`,
    zh: ({ low, high, classes, blank, needed }) =>
      `\`ctc\` 除文本的类别外还需要一个空白类：文本的编号从 ${low} 到 ${high}，因此至少需要 ${needed} 个类别，但这里有 ${classes} 个，其中 ${blank} 是空白类。`,
  },
  'loss/no-blank.taken': {
    en: ({ low, high, blank }) =>
      `\`ctc\` needs a class for "nothing" that no character has: the text has numbers ${low} to ${high}, but \`blank\` is ${blank}.`,
    zh: ({ low, high, blank }) =>
      `\`ctc\` 需要一个不对应任何字符的空白类：文本的编号从 ${low} 到 ${high}，而 \`blank\` 是 ${blank}。`,
  },
  'loss/short': {
    en: ({ time, length }) =>
      `${time} moments cannot spell a text of ${length} characters: \`ctc\` needs at least one moment for each. Shrink the time less (a smaller stride or pool), or take longer pieces.`,
    zh: ({ time, length }) =>
      `${time} 个时刻拼不出 ${length} 个字符的文本：\`ctc\` 至少需要每个字符一个时刻。减少对时间的压缩（更小的步幅或池化），或者取更长的片段。`,
  },
  'loss/short.padded': {
    en: ({ time, length }) =>
      `${time} moments can spell no text longer than ${time} characters, but the field has room for ${length}: longer ones could never be learned. Shrink the time less (a smaller stride or pool).`,
    zh: ({ time, length }) =>
      `${time} 个时刻最多拼出 ${time} 个字符，但字段可以有 ${length} 个：更长的文本永远学不会。减少对时间的压缩（更小的步幅或池化）。`,
  },
  'loss/short.repeats': {
    en: ({ time, length, safe }) =>
      `${time} moments are few for a text of ${length} characters: each character that follows its like needs one more moment, so ${safe} are enough for any text. Shrink the time less (a smaller stride or pool).`,
    zh: ({ time, length, safe }) =>
      `对 ${length} 个字符的文本来说，${time} 个时刻偏少：与前一个相同的字符还要多一个时刻，因此 ${safe} 个才足够任何文本。减少对时间的压缩（更小的步幅或池化）。`,
  },
  'data/wrong-format.network': {
    en: ({ file }) =>
      `\`${file}\` is no network that \`Pretrained\` can read: it takes the \`model.json\` of TensorFlow.js, a \`.keras\` file, or \`.safetensors\`.`,
    zh: ({ file }) =>
      `\`${file}\` 不是 \`Pretrained\` 能读取的网络：它接受 TensorFlow.js 的 \`model.json\`、\`.keras\` 文件或 \`.safetensors\`。`,
  },
  'shape/pretrained': {
    en: ({ given, wanted }) =>
      `This network was trained on ${wanted}, but gets ${given}: bring the data to that shape, for example with \`resize\`.`,
    zh: ({ given, wanted }) =>
      `这个网络是用 ${wanted} 训练的，但得到的是 ${given}：把数据变成那个形状，例如用 \`resize\`。`,
  },
  'argument/output': {
    en: ({ name, last }) => `The network has no layer \`${name}\`. Its last one is \`${last}\`.`,
    zh: ({ name, last }) => `网络没有层 \`${name}\`。它的最后一层是 \`${last}\`。`,
  },
  'argument/output.near': {
    en: ({ name, near }) => `The network has no layer \`${name}\`. Did you mean \`${near}\`?`,
    zh: ({ name, near }) => `网络没有层 \`${name}\`。是不是想写 \`${near}\`？`,
  },
} satisfies MessageTable;
