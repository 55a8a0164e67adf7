/** Texts of problems with the keys of run and export sections, and with what a `tune` tries. */
import type { MessageTable } from './table.ts';

export const sectionMessages = {
  'train/run-form': {
    en: ({ key }) => `\`${key}:\` is the name of a \`train\` block of this file.`,
  },
  'train/run-model': {
    en: ({ name, from, to }) =>
      `\`${name}\` trains \`${from}\`, but \`${to}\` is evaluated here: name a \`train\` block of \`${to}\`.`,
  },
  'train/start-model': {
    en: ({ name, from, to }) =>
      `\`${name}\` trains \`${from}\`, but this block trains \`${to}\`: a block starts from weights of its own model.`,
  },
  'train/start-cycle': {
    en: ({ name }) => `\`${name}\` itself starts from this block, so neither could ever be the first.`,
  },
  'train/start-cycle.self': {
    en: ({ name }) => `\`${name}\` is this block itself. Leave the line out to start from fresh weights.`,
  },
  'train/freeze-form': {
    en: () =>
      `\`freeze:\` takes the name of a layer, the path of one as a text, or a list of them: \`freeze: backbone\`.`,
  },
  'train/freeze-unknown': {
    en: ({ name, count }) =>
      count === 0
        ? `There is no layer \`${name}\` in the model. A layer that is to be frozen gets a name there: \`layer ${name} = …\`.`
        : `There is no layer \`${name}\` in the model.`,
  },
  'train/freeze-unknown.near': {
    en: ({ name, near }) => `There is no layer \`${name}\` in the model. Did you mean \`${near}\`?`,
  },
  'train/freeze-unknown.other': {
    en: ({ name }) =>
      `\`${name}\` is no layer of the model: only what is bound by \`layer ${name} = …\` can be frozen.`,
  },
  'train/freeze-unknown.path': {
    en: ({ path }) => `The model has no weights under \`${path}\`.`,
  },
  'train/nothing-to-train': {
    en: () => `Every weight is frozen, so there is nothing left to train.`,
  },
  'train/tune-only': {
    en: ({ name }) => `\`${name}(…)\` stands for several values, which only \`tune\` tries: here goes one value.`,
  },
  'train/tune-range': {
    en: ({ name }) => `\`${name}(…)\` takes a range: \`${name}(${name === 'log' ? '1e-4..1e-2' : '0.1..0.5'})\`.`,
  },
  'train/tune-order': {
    en: ({ name, from, to }) =>
      `\`${name}\` goes from the smaller number to the larger one, but ${from} is not below ${to}.`,
  },
  'train/tune-log': {
    en: ({ from }) => `A logarithmic range begins above 0, but this one begins at ${from}.`,
  },
  'train/choice-empty': {
    en: () => `A choice needs something to choose from: \`choice(16, 32, 64)\`.`,
  },
  'train/nothing-to-tune': {
    en: () =>
      `No setting of this \`tune\` has more than one value. Give one a choice or a range: \`choice(16, 32)\`, \`uniform(0.1..0.5)\`, \`log(1e-4..1e-2)\`.`,
  },
  'train/two-goals': {
    en: () => `A search has one goal: give \`maximize:\` or \`minimize:\`, not both.`,
  },
  'train/goal-direction': {
    en: ({ metric, key, better }) =>
      `\`${metric}\` is better the ${better === 'maximize' ? 'larger' : 'smaller'} it is, but this asks to ${key} it.`,
  },
  'train/nothing-to-measure': {
    en: () => `An evaluation needs \`metrics:\` or \`expect:\`, for example \`metrics: accuracy(scores, label)\`.`,
  },
  'train/slice-form': {
    en: () =>
      `\`slices:\` takes fields of the data, one or a list: the metrics are given apart for each of their values.`,
  },
  'train/slice-kind': {
    en: ({ name }) =>
      `Rows are parted by the values of a field with one whole number or text for each, but \`${name}\` is none.`,
  },
  'train/no-target': {
    en: () => `An export needs \`to:\`, the file or folder that is written: \`to: "dist/model"\`.`,
  },
  'train/export-part': {
    en: ({ name, model }) =>
      `\`${model}\` has no layer \`${name}\`. A part that is exported has a name there: \`layer ${name} = …\`.`,
  },
  'train/export-part.near': {
    en: ({ name, near, model }) => `\`${model}\` has no layer \`${name}\`. Did you mean \`${near}\`?`,
  },
  'train/export-inputs': {
    en: () =>
      `\`inputs:\` is a list of the model's inputs, or gives open sizes a number: \`inputs: (tokens, T: 128)\`.`,
  },
  'train/export-input': {
    en: ({ name, model }) => `\`${model}\` has no input \`${name}\`.`,
  },
  'train/export-input.near': {
    en: ({ name, near, model }) => `\`${model}\` has no input \`${name}\`. Did you mean \`${near}\`?`,
  },
  'train/export-size': {
    en: ({ name }) => `No size of the model's inputs is called \`${name}\`.`,
  },
  'train/export-size.near': {
    en: ({ name, near }) => `No size of the model's inputs is called \`${name}\`. Did you mean \`${near}\`?`,
  },
} satisfies MessageTable;
