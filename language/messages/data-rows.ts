/** Texts of problems with the rows of data: their cells, their lengths, their parts, their classes. */
import type { MessageTable } from './table.ts';

export const dataRowMessages = {
  'data/missing-cells': {
    en: ({ column, count, row, sampled }) =>
      `\`${column}\` has empty cells (${count} of the ${sampled} rows looked at, the first in row ${row}), and a number is needed in each row: fill them, leave these rows out, or pick rows with \`keep:\`.`,
  },
  'data/missing-cells.later': {
    en: ({ column, count, sampled }) =>
      `\`${column}\` has empty cells (${count} of the ${sampled} rows looked at), and a number is needed in each row: fill them, leave these rows out, or pick rows with \`keep:\`.`,
  },
  'data/text-in-numbers': {
    en: ({ column, row, value }) =>
      `\`${column}\` has the text "${value}" in row ${row} among its numbers, so all of it counts as text: mend that cell, or name what stands for an empty one, \`missing: ["${value}"]\`.`,
  },
  'data/conversion.odd': {
    en: ({ column, row, value, stated }) =>
      `\`${column}\` has the text "${value}" in row ${row} among its numbers, and text is no ${stated}: mend that cell, or name what stands for an empty one, \`missing: ["${value}"]\`.`,
  },
  'data/unsized.length': {
    en: ({ by, stated }) =>
      `Texts have many lengths, and \`${by}\` without \`length:\` leaves them so, but the field is ${stated}: say how long each row gets.`,
  },
  'data/unsized.fit': {
    en: ({ stated }) =>
      `Sounds have many lengths, but the field is ${stated}: bring them to one with \`fit\` behind \`decodeAudio\`.`,
  },
  'data/unsized.resize': {
    en: ({ stated, first, second }) =>
      `The pictures have different sizes (${first} and ${second}, for example), but the field is ${stated}: bring them to one with \`resize\` behind \`decodeImage\`.`,
  },
  'data/unsized.list': {
    en: ({ by, stated }) =>
      `The lists of \`${by}\` have many lengths, but the field is ${stated}: bring them to one with \`fit\`.`,
  },
  'data/no-training-rows': {
    en: ({ sum }) => `Validation and test take ${sum}% of the rows, so none is left to train on.`,
  },
  'data/empty-part': {
    en: ({ key, rows }) =>
      `This share of ${rows} rows is less than half a row, so \`${key}\` has none: take a larger share.`,
  },
  'data/condition': {
    en: ({ key, type }) =>
      `\`${key}\` takes a condition that is true or false for each row, like \`age > 0\`, but this is ${type}.`,
  },
  'data/stratify': {
    en: ({ type }) =>
      `\`stratify\` keeps the shares of classes alike, but ${type} are measured numbers, not classes: name a column of classes.`,
  },
  'data/part-fields': {
    en: ({ data, fields }) =>
      `\`${data}\` has no field ${fields}: the rows of another data set stand in for rows of this one, so it needs the same fields.`,
  },
  'data/key-column': {
    en: ({ key, value }) => `\`${key}\` takes a column or field, but this is ${value}.`,
  },
  'data/balance': {
    en: ({ type }) => `\`balance\` takes a field of classes, one for each row, but this is ${type}.`,
  },
  'data/weight': {
    en: ({ type }) => `\`weight\` takes a field with one number for each row, but this is ${type}.`,
  },
  'data/weight.negative': {
    en: ({ low }) =>
      `A weight is at least 0, but this field has ${low}: the loss would grow where the model gets better.`,
  },
  'data/augment-form': {
    en: () =>
      `\`augment\` takes a field that flows through augmentations, like \`image -> flip -> rotate(15)\`, or a list of these.`,
  },
  'data/augment-field': {
    en: ({ value }) => `Augmentations change a field of this data, by its name, but this is ${value}.`,
  },
  'data/augment-shape': {
    en: ({ field, given, stated }) =>
      `Augmented, \`${field}\` would be ${given}, but it is ${stated}: what is done to training rows may not change what the field is.`,
  },
  'data/few-rows': {
    en: ({ batch, rows }) =>
      `The training part has ${rows} rows, fewer than one batch of ${batch}: each epoch is a single step.`,
  },
  'data/unused-classes': {
    en: ({ classes, seen, low, high }) =>
      `There are scores for ${classes} classes, but the labels have ${seen} (${low} to ${high}): no row teaches the others.`,
  },
  'data/unlike-classes': {
    en: ({ most, mostRows, least, leastRows, count }) =>
      `The ${count} classes have very different numbers of rows: ${mostRows} of "${most}", ${leastRows} of "${least}". Accuracy is high for whoever always answers the frequent ones; look at \`f1\`, or weigh the loss with \`classWeights:\`.`,
  },
  'data/sorted-classes': {
    en: ({ count }) =>
      `The rows stand class by class (${count} of them) and are not shuffled: each batch has rows of one class, and a share from the end has classes that training never sees. Take \`shuffle: false\` out.`,
  },
  'why/data-here': { en: () => `the other data` },
} satisfies MessageTable;
