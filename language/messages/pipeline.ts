/** Texts of problems with sources, transforms and augmentations. */
import type { MessageTable } from './table.ts';

export const pipelineMessages = {
  'shape/rank.picture': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` works on pictures, \`[height, width]\` or \`[height, width, channels]\`, but gets ${shape}, which has ${axes} ${plural}.`,
  },
  'shape/rank.sound': {
    en: ({ callee, shape, axes, plural }) =>
      `\`${callee}\` works on sounds, \`[samples]\`, but gets ${shape}, which has ${axes} ${plural}.`,
  },
  'shape/rank.colours': {
    en: ({ callee, shape }) =>
      `\`${callee}\` works on pictures in colour, \`[height, width, 3]\`, but gets ${shape}, which has no colours.`,
  },
  'data/buckets': {
    en: () =>
      `\`Bucketize\` needs either its edges, like \`Bucketize([18, 40])\`, or how many it is to learn: \`Bucketize(buckets: 8)\`.`,
  },
  'data/buckets.order': {
    en: ({ before, edge }) => `The edges of buckets rise, but ${edge} follows ${before}.`,
  },
  'data/fill.text': {
    en: ({ value }) =>
      `Texts have no ${value}: fill them with \`mode\` (the most frequent one) or with a text, like \`fill("unknown")\`.`,
  },
  'data/fill.number': {
    en: () => `The column is text, so an empty cell is filled with a text, like \`fill("0")\`, or with \`mode\`.`,
  },
  'data/fill.word': {
    en: ({ value }) =>
      `The column has numbers, so an empty cell is filled with a number, \`mean\`, \`median\` or \`mode\`, but got \`${value}\`.`,
  },
  'data/nothing-to-fill': {
    en: ({ column }) => `\`${column}\` has no empty cells.`,
  },
  'data/single-column': {
    en: ({ name }) => `\`${name}\` is a column of single values.`,
  },
  'data/not-decodable.image': {
    en: ({ file }) =>
      `\`${file}\` is no picture that can be read (PNG, JPEG, WebP, BMP): choose the right files with \`files: "*.png"\`.`,
  },
  'data/not-decodable.audio': {
    en: ({ file }) => `\`${file}\` is no WAV file: choose the right files with \`files: "*.wav"\`.`,
  },
  'data/not-decodable.sound': {
    en: () => `These files are sounds: read them with \`decodeAudio\`.`,
  },
  'data/not-decodable.picture': {
    en: () => `These files are pictures: read them with \`decodeImage\`.`,
  },
  'data/unlike-rates': {
    en: ({ first, second }) =>
      `The files have different rates (${first} and ${second} samples a second), so the same sound would look different: say to which one they are brought, \`decodeAudio(rate: ${first})\`.`,
  },
  'data/factors': {
    en: ({ callee, low }) => `A factor of \`${callee}\` is above 0, but the range begins at ${low}.`,
  },
  'data/augment-numbers': {
    en: ({ callee, type }) =>
      `\`${callee}\` changes numbers a little, but ${type} holds class numbers: a number in between would be another class. Leave this field out, or make it a number for each class with \`OneHot\`.`,
  },
  'data/column-twice': {
    en: ({ name }) => `The table has two columns called \`${name}\`: rename one of them in its first line.`,
  },
  'data/column-name': {
    en: ({ value }) =>
      `\`column\` takes the name of one raw column as a text, \`column("Sepal Length")\`, but got ${value}.`,
  },
  'data/separator': {
    en: ({ separator }) => `A separator is one sign, like \`","\` or \`";"\`, but got \`${separator}\`.`,
  },
  'data/array.fortran': {
    en: ({ name }) =>
      `The array of \`${name}\` lies in the file column by column (Fortran order): save it row by row, \`np.save(path, np.ascontiguousarray(array))\`.`,
  },
  'data/array.type': {
    en: ({ name }) =>
      `The array of \`${name}\` holds something else than numbers (objects, texts, complex numbers, records): save numbers, for example \`array.astype("float32")\`.`,
  },
  'data/array.single': {
    en: ({ name }) => `The array of \`${name}\` is a single number: its first axis should count the rows.`,
  },
  'data/empty-folder': {
    en: ({ path }) => `The folder \`${path}\` has no files in it.`,
  },
  'data/empty-folder.pattern': {
    en: ({ path, files, other }) => `No file in \`${path}\` fits \`${files}\`; the first one there is \`${other}\`.`,
  },
  'data/name-parts': {
    en: ({ file, count, parts }) =>
      `The name of \`${file}\` has ${count} parts, but \`parts\` names ${parts}: name all of them, or leave such files out with \`files:\`.`,
  },
  'data/query': {
    en: () => `The query of \`sql\` is a \`select\`: it reads rows and changes nothing.`,
  },
  'data/address': {
    en: ({ url }) => `An address begins with \`https://\`, but got \`${url}\`.`,
  },
  'data/sum': {
    en: ({ length }) =>
      `A SHA-256 sum has 64 hexadecimal digits, but this has ${length} signs: take it from \`sha256sum FILE\`.`,
  },
} satisfies MessageTable;
