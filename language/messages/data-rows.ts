/** Texts of problems with the rows of data: their cells, their lengths, their parts, their classes. */
import { inChinese } from './chinese.ts';
import type { MessageTable, MessageValues } from './table.ts';

/** Rows of a piece from further down in a large file have no known number. */
function rowText(row: MessageValues[string] | undefined): string {
  return row === 0 ? 'further down' : `in row ${row}`;
}

export const dataRowMessages = {
  'data/missing-cells': {
    en: ({ column, count, row, sampled }) =>
      `\`${column}\` has empty cells (${count} of the ${sampled} rows looked at, the first in row ${row}), and a number is needed in each row: fill them, leave these rows out, or pick rows with \`keep:\`.`,
    zh: ({ column, count, row, sampled }) =>
      `\`${column}\` 有空单元格（查看的 ${sampled} 行中有 ${count} 个，第一个在第 ${row} 行），而每一行都需要一个数：填充它们，去掉这些行，或者用 \`keep:\` 挑选行。`,
  },
  'data/missing-cells.later': {
    en: ({ column, count, sampled }) =>
      `\`${column}\` has empty cells (${count} of the ${sampled} rows looked at), and a number is needed in each row: fill them, leave these rows out, or pick rows with \`keep:\`.`,
    zh: ({ column, count, sampled }) =>
      `\`${column}\` 有空单元格（查看的 ${sampled} 行中有 ${count} 个），而每一行都需要一个数：填充它们，去掉这些行，或者用 \`keep:\` 挑选行。`,
  },
  'data/missing-cells.infinite': {
    en: ({ column, count, row, sampled }) =>
      `\`${column}\` has numbers that are not finite (NaN or infinite: ${count} in the ${sampled} rows looked at, the first in row ${row}); a single one makes the loss NaN. Fill them, or leave these rows out.`,
    zh: ({ column, count, row, sampled }) =>
      `\`${column}\` 中有不是有限值的数（NaN 或无穷大：查看的 ${sampled} 行中有 ${count} 个，第一个在第 ${row} 行）；只要有一个，损失就会变成 NaN。填充它们，或者去掉这些行。`,
  },
  'data/text-in-numbers': {
    en: ({ column, row, value }) =>
      `\`${column}\` has the text "${value}" ${rowText(row)} among its numbers, so all of it counts as text: mend that cell, or name what stands for an empty one, \`missing: ["${value}"]\`.`,
    zh: ({ column, row, value }) =>
      `\`${column}\` 的数中夹着文本 "${value}"（第 ${row} 行），因此整列都算文本：修正那个单元格，或者说明什么代表空值，\`missing: ["${value}"]\`。`,
  },
  'data/conversion.odd': {
    en: ({ column, row, value, stated }) =>
      `\`${column}\` has the text "${value}" ${rowText(row)} among its numbers, and text is no ${stated}: mend that cell, or name what stands for an empty one, \`missing: ["${value}"]\`.`,
    zh: ({ column, row, value, stated }) =>
      `\`${column}\` 的数中夹着文本 "${value}"（第 ${row} 行），而文本不是 ${stated}：修正那个单元格，或者说明什么代表空值，\`missing: ["${value}"]\`。`,
  },
  'data/text-in-numbers.comma': {
    en: ({ column, value }) =>
      `The numbers of \`${column}\` are written with a decimal comma ("${value}"), so they count as texts: write them with a point in the file.`,
    zh: ({ column, value }) => `\`${column}\` 的数用了小数逗号（"${value}"），因此算作文本：请在文件里用小数点。`,
  },
  'data/conversion.comma': {
    en: ({ column, value, stated }) =>
      `The numbers of \`${column}\` are written with a decimal comma ("${value}"), so they count as texts, and text is no ${stated}: write them with a point in the file.`,
    zh: ({ column, value, stated }) =>
      `\`${column}\` 的数用了小数逗号（"${value}"），因此算作文本，而文本不是 ${stated}：请在文件里用小数点。`,
  },
  'data/unsized.length': {
    en: ({ by, stated }) =>
      `Texts have many lengths, and \`${by}\` without \`length:\` leaves them so, but the field is ${stated}: say how long each row gets.`,
    zh: ({ by, stated }) =>
      `文本长短不一，而没有 \`length:\` 的 \`${by}\` 会保持原样，但字段是 ${stated}：说明每行取多长。`,
  },
  'data/unsized.fit': {
    en: ({ stated }) =>
      `Sounds have many lengths, but the field is ${stated}: bring them to one with \`fit\` behind \`decodeAudio\`.`,
    zh: ({ stated }) => `声音长短不一，但字段是 ${stated}：在 \`decodeAudio\` 后面用 \`fit\` 统一长度。`,
  },
  'data/unsized.resize': {
    en: ({ stated, first, second }) =>
      `The pictures have different sizes (${first} and ${second}, for example), but the field is ${stated}: bring them to one with \`resize\` behind \`decodeImage\`.`,
    zh: ({ stated, first, second }) =>
      `图片大小不一（例如 ${first} 和 ${second}），但字段是 ${stated}：在 \`decodeImage\` 后面用 \`resize\` 统一大小。`,
  },
  'data/unsized.list': {
    en: ({ by, stated }) =>
      `The lists of \`${by}\` have many lengths, but the field is ${stated}: bring them to one with \`fit\`.`,
    zh: ({ by, stated }) => `\`${by}\` 的列表长短不一，但字段是 ${stated}：用 \`fit\` 统一长度。`,
  },
  'data/no-training-rows': {
    en: ({ sum }) => `Validation and test take ${sum}% of the rows, so none is left to train on.`,
    zh: ({ sum }) => `验证和测试占了全部行的 ${sum}%，没有剩下用来训练的行。`,
  },
  'data/empty-part': {
    en: ({ key, rows }) =>
      `This share of ${rows} rows is less than half a row, so \`${key}\` has none: take a larger share.`,
    zh: ({ key, rows }) => `${rows} 行的这个比例不到半行，因此 \`${key}\` 一行也没有：增大比例。`,
  },
  'data/condition': {
    en: ({ key, type }) =>
      `\`${key}\` takes a condition that is true or false for each row, like \`age > 0\`, but this is ${type}.`,
    zh: ({ key, type }) => `\`${key}\` 后面写对每一行为真或假的条件，例如 \`age > 0\`，但这里是 ${type}。`,
  },
  'data/stratify': {
    en: ({ type }) =>
      `\`stratify\` keeps the shares of classes alike, but ${type} are measured numbers, not classes: name a column of classes.`,
    zh: ({ type }) => `\`stratify\` 保持各类别的比例，但 ${type} 是测量值，不是类别：请写一个类别列。`,
  },
  'data/part-fields': {
    en: ({ data, fields }) =>
      `\`${data}\` has no field ${fields}: the rows of another data set stand in for rows of this one, so it needs the same fields.`,
    zh: ({ data, fields }) => `\`${data}\` 没有字段 ${fields}：另一个数据集的行要代替这里的行，因此需要同样的字段。`,
  },
  'data/part-fields.type': {
    en: ({ data, field, own, other }) =>
      `The field \`${field}\` is ${own} here, but ${other} in \`${data}\`: the rows of another data set stand in for rows of this one, so its fields need the same types.`,
    zh: ({ data, field, own, other }) =>
      `字段 \`${field}\` 在这里是 ${own}，但在 \`${data}\` 中是 ${other}：另一个数据集的行要代替这里的行，因此字段类型必须相同。`,
  },
  'data/key-column': {
    en: ({ key, value }) => `\`${key}\` takes a column or field, but this is ${value}.`,
    zh: ({ key, value }) => `\`${key}\` 后面写列或字段，但这里是${inChinese(value)}。`,
  },
  'data/balance': {
    en: ({ type }) =>
      `\`balance\` takes a field of classes, one for each row, but this is ${type}: name one of whole numbers, like \`kind: int32 = folder -> Index\`.`,
    zh: ({ type }) =>
      `\`balance\` 后面写类别字段，每行一个，但这里是 ${type}：请写整数的类别字段，例如 \`kind: int32 = folder -> Index\`。`,
  },
  'data/weight': {
    en: ({ type }) => `\`weight\` takes a field with one number for each row, but this is ${type}.`,
    zh: ({ type }) => `\`weight\` 后面写每行一个数的字段，但这里是 ${type}。`,
  },
  'data/weight.negative': {
    en: ({ low }) =>
      `A weight is at least 0, but this field has ${low}: the loss would grow where the model gets better.`,
    zh: ({ low }) => `权重不能小于 0，但这个字段中有 ${low}：模型越好，损失反而越大。`,
  },
  'data/augment-form': {
    en: () =>
      `\`augment\` takes a field that flows through augmentations, like \`image -> flip -> rotate(15)\`, or a list of these.`,
    zh: () => '`augment` 后面写流过若干增强的字段，例如 `image -> flip -> rotate(15)`，或者它们的列表。',
  },
  'data/augment-field': {
    en: ({ text }) => `Augmentations change a field of this data, by its name, and \`${text}\` is none.`,
    zh: ({ text }) => `增强作用于这份数据的字段，写它的名字，而 \`${text}\` 不是字段。`,
  },
  'data/augment-shape': {
    en: ({ field, given, stated }) =>
      `Augmented, \`${field}\` would be ${given}, but it is ${stated}: what is done to training rows may not change what the field is.`,
    zh: ({ field, given, stated }) =>
      `增强之后 \`${field}\` 会变成 ${given}，但它应是 ${stated}：对训练行的处理不能改变字段本身。`,
  },
  'data/few-rows': {
    en: ({ batch, rows }) =>
      `The training part has ${rows} rows, fewer than one batch of ${batch}: each epoch is a single step.`,
    zh: ({ batch, rows }) => `训练部分只有 ${rows} 行，不足一批 ${batch} 行：每轮只有一步。`,
  },
  'data/unused-classes': {
    en: ({ classes, seen, low, high }) =>
      `There are scores for ${classes} classes, but the labels have ${seen} (${low} to ${high}): no row teaches the others.`,
    zh: ({ classes, seen, low, high }) =>
      `有 ${classes} 个类别的得分，但标签只有 ${seen} 个（${low} 到 ${high}）：其余的没有任何行可学。`,
  },
  'data/unlike-classes': {
    en: ({ most, mostRows, least, leastRows, count }) =>
      `The ${count} classes have very different numbers of rows: ${mostRows} of "${most}", ${leastRows} of "${least}". Accuracy is high for whoever always answers the frequent ones; look at \`f1\`, or weigh the loss with \`classWeights:\`.`,
    zh: ({ most, mostRows, least, leastRows, count }) =>
      `${count} 个类别的行数相差很大："${most}" 有 ${mostRows} 行，"${least}" 有 ${leastRows} 行。只答常见类别也能得到高准确率；请看 \`f1\`，或者用 \`classWeights:\` 给损失加权。`,
  },
  'data/sorted-classes': {
    en: ({ count }) =>
      `The rows stand class by class (${count} of them) and are not shuffled: each batch has rows of one class, and a share from the end has classes that training never sees. Take \`shuffle: false\` out.`,
    zh: ({ count }) =>
      `各行按类别排列（共 ${count} 类）又没有打乱：每一批只有一个类别，而从末尾留出的部分含有训练从未见过的类别。去掉 \`shuffle: false\`。`,
  },
  'data/no-such-text': {
    en: ({ text, column, names }) =>
      `No row has "${text}" in \`${column}\`, so this is the same for all of them; there are ${names}.`,
    zh: ({ text, column, names }) =>
      `\`${column}\` 里没有一行是 "${text}"，所以对每一行结果都一样；有的值是 ${names}。`,
  },
  'data/no-such-text.number': {
    en: ({ number, column, names }) =>
      `No row has ${number} in \`${column}\`, so this is the same for all of them; there are ${names}.`,
    zh: ({ number, column, names }) =>
      `\`${column}\` 里没有一行是 ${number}，所以对每一行结果都一样；有的值是 ${names}。`,
  },
  'why/column': { en: ({ column }) => `the column \`${column}\``, zh: ({ column }) => `列 \`${column}\`` },
  'fix/compare-text': { en: ({ text }) => `Compare it: \`${text}\``, zh: ({ text }) => `做比较：\`${text}\`` },
  'why/data-here': { en: () => `the other data`, zh: () => '另一份数据' },
} satisfies MessageTable;
