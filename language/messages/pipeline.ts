/** Texts of problems with sources, transforms and augmentations. */
import { inChinese } from './chinese.ts';
import type { MessageTable } from './table.ts';

export const pipelineMessages = {
  'shape/rank.picture': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` works on pictures, \`[height, width]\` or \`[height, width, channels]\`, but gets ${shape}, which has ${axes} ${plural}.`,
    zh: ({ callee, shape, axes }) =>
      `\`${callee}\` 处理图像 \`[height, width]\` 或 \`[height, width, channels]\`，但得到的是 ${shape}，它有 ${axes} 个轴。`,
  },
  'shape/rank.sound': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` works on sounds, \`[samples]\`, but gets ${shape}, which has ${axes} ${plural}.`,
    zh: ({ callee, shape, axes }) => `\`${callee}\` 处理声音 \`[samples]\`，但得到的是 ${shape}，它有 ${axes} 个轴。`,
  },
  'shape/rank.colours': {
    en: ({ callee, shape }) =>
      `\`${callee}\` works on pictures in colour, \`[height, width, 3]\`, but gets ${shape}, which has no colours.`,
    zh: ({ callee, shape }) => `\`${callee}\` 处理彩色图像 \`[height, width, 3]\`，但得到的是 ${shape}，没有颜色通道。`,
  },
  'data/buckets': {
    en: () =>
      `\`Bucketize\` needs either its edges, like \`Bucketize([18, 40])\`, or how many it is to learn: \`Bucketize(buckets: 8)\`.`,
    zh: () => '`Bucketize` 需要写出分界点，例如 `Bucketize([18, 40])`，或者要学习的桶数：`Bucketize(buckets: 8)`。',
  },
  'data/buckets.order': {
    en: ({ before, edge }) => `The edges of buckets rise, but ${edge} follows ${before}.`,
    zh: ({ before, edge }) => `分界点必须递增，但 ${edge} 排在 ${before} 之后。`,
  },
  'data/fill.text': {
    en: ({ value }) =>
      `Texts have no ${value}: fill them with \`mode\` (the most frequent one) or with a text, like \`fill("unknown")\`.`,
    zh: ({ value }) => `文本没有 ${value}：用 \`mode\`（最常见的值）或文本来填充，例如 \`fill("unknown")\`。`,
  },
  'data/fill.number': {
    en: () => `The column is text, so an empty cell is filled with a text, like \`fill("0")\`, or with \`mode\`.`,
    zh: () => '这一列是文本，因此空单元格要用文本填充，例如 `fill("0")`，或者用 `mode`。',
  },
  'data/fill.word': {
    en: ({ value }) =>
      `The column has numbers, so an empty cell is filled with a number, \`mean\`, \`median\` or \`mode\`, but got \`${value}\`.`,
    zh: ({ value }) =>
      `这一列是数，因此空单元格要用数、\`mean\`、\`median\` 或 \`mode\` 填充，但得到的是 \`${value}\`。`,
  },
  'data/nothing-to-fill': {
    en: ({ column }) => `\`${column}\` has no empty cells.`,
    zh: ({ column }) => `\`${column}\` 没有空单元格。`,
  },
  'data/single-column': {
    en: ({ name }) => `\`${name}\` is a column of single values.`,
    zh: ({ name }) => `\`${name}\` 这一列每行是单个值。`,
  },
  'data/not-decodable.image': {
    en: ({ file }) =>
      `\`${file}\` is no picture that can be read (PNG, JPEG, WebP, BMP): choose the right files with \`files: "*.png"\`.`,
    zh: ({ file }) => `\`${file}\` 不是可以读取的图片（PNG、JPEG、WebP、BMP）：用 \`files: "*.png"\` 选取正确的文件。`,
  },
  'data/not-decodable.audio': {
    en: ({ file }) => `\`${file}\` is no WAV file: choose the right files with \`files: "*.wav"\`.`,
    zh: ({ file }) => `\`${file}\` 不是 WAV 文件：用 \`files: "*.wav"\` 选取正确的文件。`,
  },
  'data/not-decodable.sound': {
    en: () => `These files are sounds: read them with \`decodeAudio\`.`,
    zh: () => '这些文件是声音：用 `decodeAudio` 读取。',
  },
  'data/not-decodable.picture': {
    en: () => `These files are pictures: read them with \`decodeImage\`.`,
    zh: () => '这些文件是图片：用 `decodeImage` 读取。',
  },
  'data/unlike-rates': {
    en: ({ first, second }) =>
      `The files have different rates (${first} and ${second} samples a second), so the same sound would look different: say to which one they are brought, \`decodeAudio(rate: ${first})\`.`,
    zh: ({ first, second }) =>
      `这些文件的采样率不同（${first} 和 ${second}），同样的声音会变得不一样：说明统一到哪个采样率，\`decodeAudio(rate: ${first})\`。`,
  },
  'data/factors': {
    en: ({ callee, low }) => `A factor of \`${callee}\` is above 0, but the range begins at ${low}.`,
    zh: ({ callee, low }) => `\`${callee}\` 的系数必须大于 0，但范围从 ${low} 开始。`,
  },
  'data/augment-numbers': {
    en: ({ callee, type }) =>
      `\`${callee}\` changes numbers a little, but ${type} holds class numbers: a number in between would be another class. Leave this field out, or make it a number for each class with \`OneHot\`.`,
    zh: ({ callee, type }) =>
      `\`${callee}\` 会稍微改变数值，但 ${type} 是类别编号：中间的数会变成另一个类别。去掉这个字段，或者用 \`OneHot\` 让每个类别各有一个数。`,
  },
  'data/column-twice': {
    en: ({ name }) => `The table has two columns called \`${name}\`: rename one of them in its first line.`,
    zh: ({ name }) => `表中有两列都叫 \`${name}\`：在第一行给其中一列改名。`,
  },
  'data/column-name': {
    en: ({ value }) =>
      `\`column\` takes the name of one raw column as a text, \`column("Sepal Length")\`, but got ${value}.`,
    zh: ({ value }) =>
      `\`column\` 里写一个原始列的名字，用文本，\`column("Sepal Length")\`，但得到的是${inChinese(value)}。`,
  },
  'data/separator': {
    en: ({ separator }) => `A separator is one sign, like \`","\` or \`";"\`, but got \`${separator}\`.`,
    zh: ({ separator }) => `分隔符是一个字符，例如 \`","\` 或 \`";"\`，但得到的是 \`${separator}\`。`,
  },
  'data/array.fortran': {
    en: ({ name }) =>
      `The array of \`${name}\` lies in the file column by column (Fortran order): save it row by row, \`np.save(path, np.ascontiguousarray(array))\`.`,
    zh: ({ name }) =>
      `\`${name}\` 的数组在文件中按列存放（Fortran 顺序）：请按行保存，\`np.save(path, np.ascontiguousarray(array))\`。`,
  },
  'data/array.type': {
    en: ({ name }) =>
      `The array of \`${name}\` holds something else than numbers (objects, texts, complex numbers, records): save numbers, for example \`array.astype("float32")\`.`,
    zh: ({ name }) =>
      `\`${name}\` 的数组里不是数（对象、文本、复数、记录）：请保存数，例如 \`array.astype("float32")\`。`,
  },
  'data/array.single': {
    en: ({ name }) => `The array of \`${name}\` is a single number: its first axis should count the rows.`,
    zh: ({ name }) => `\`${name}\` 的数组是单个数：它的第一个轴应是行。`,
  },
  'data/empty-folder': {
    en: ({ path }) => `The folder \`${path}\` has no files in it.`,
    zh: ({ path }) => `文件夹 \`${path}\` 里没有文件。`,
  },
  'data/empty-folder.pattern': {
    en: ({ path, files, other }) => `No file in \`${path}\` fits \`${files}\`; the first one there is \`${other}\`.`,
    zh: ({ path, files, other }) => `\`${path}\` 中没有符合 \`${files}\` 的文件；那里的第一个文件是 \`${other}\`。`,
  },
  'data/name-parts': {
    en: ({ file, count, parts }) =>
      `The name of \`${file}\` has ${count} parts, but \`parts\` names ${parts}: name all of them, or leave such files out with \`files:\`.`,
    zh: ({ file, count, parts }) =>
      `\`${file}\` 的文件名有 ${count} 部分，但 \`parts\` 写了 ${parts} 个：把各部分都写上名字，或者用 \`files:\` 排除这样的文件。`,
  },
  'data/query': {
    en: () => `The query of \`sql\` is a \`select\`: it reads rows and changes nothing.`,
    zh: () => '`sql` 的查询应为 `select`：只读取行，不改变任何内容。',
  },
  'data/address': {
    en: ({ url }) => `An address begins with \`https://\`, but got \`${url}\`.`,
    zh: ({ url }) => `网址以 \`https://\` 开头，但得到的是 \`${url}\`。`,
  },
  'data/sum': {
    en: ({ length }) =>
      `A SHA-256 sum has 64 hexadecimal digits, but this has ${length} signs: take it from \`sha256sum FILE\`.`,
    zh: ({ length }) => `SHA-256 校验和有 64 位十六进制数字，但这里有 ${length} 个字符：用 \`sha256sum FILE\` 得到它。`,
  },
} satisfies MessageTable;
