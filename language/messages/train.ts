/** Texts of problems with train, tune, evaluate and export sections. */
import type { MessageTable } from './table.ts';

export const trainMessages = {
  'train/unknown-key': {
    en: ({ name }) => `There is no key \`${name}\` in this section.`,
  },
  'train/unknown-key.near': {
    en: ({ name, near }) => `There is no key \`${name}\` in this section. Did you mean \`${near}\`?`,
  },
  'train/key-twice': {
    en: ({ key }) => `\`${key}\` is given twice.`,
  },
  'train/no-data': {
    en: ({ run }) => `\`${run}\` needs data: write \`on\` and its name.`,
  },
  'train/no-loss': {
    en: () => `Training needs a \`loss:\`, for example \`loss: crossEntropy(scores, label)\`.`,
  },
  'train/no-search': {
    en: () => `Tuning needs \`search:\`, for example \`search: random(trials: 20)\`.`,
  },
  'train/no-goal': {
    en: () =>
      `Tuning needs \`maximize:\` or \`minimize:\` with a metric, for example \`maximize: validation.accuracy\`.`,
  },
  'train/metric-form': {
    en: () => `A metric is a call, like \`accuracy(scores, label)\`; several stand in a list \`[…]\`.`,
  },
  'train/unknown-metric': {
    en: ({ name }) => `There is no metric \`${name}\`.`,
  },
  'train/unknown-metric.near': {
    en: ({ name, near }) => `There is no metric \`${name}\`. Did you mean \`${near}\`?`,
  },
  'train/expect-form': {
    en: () => `An expectation compares a metric with a number: \`accuracy(scores, label) > 95%\`.`,
  },
  'train/expect-number': {
    en: () => `A metric is compared with a number, like \`95%\` or \`0.08\`.`,
  },
  'train/optimizer-form': {
    en: () => `An optimizer is a call, like \`Adam(1e-3)\`.`,
  },
  'train/unknown-optimizer': {
    en: ({ name }) => `There is no optimizer \`${name}\`.`,
  },
  'train/unknown-optimizer.near': {
    en: ({ name, near }) => `There is no optimizer \`${name}\`. Did you mean \`${near}\`?`,
  },
  'train/epochs-and-steps': {
    en: () => `A run is as long as its \`epochs\` or its \`steps\` say; give one of the two.`,
  },
  'train/clip-zero': {
    en: () => `\`clip: 0\` would leave no gradient at all. Leave the line out to train without clipping.`,
  },
  'train/rule': {
    en: ({ rules }) => `Here stands ${rules}.`,
  },
  'train/rule.near': {
    en: ({ rules, near }) => `Here stands ${rules}. Did you mean \`${near}\`?`,
  },
  'train/run-form': {
    en: () => `\`run:\` is the name of a \`train\` block.`,
  },
  'train/unknown-watch': {
    en: ({ metric, names }) => `There is no metric \`${metric}\` in this block. It has ${names}.`,
  },
  'train/no-validation': {
    en: ({ metric }) =>
      `\`${metric}\` needs validation data, and the data section keeps none: add \`validation: 10%\` to it, or watch a metric of the training rows.`,
  },
  'train/untrained': {
    en: ({ output, weight, count }) =>
      `Nothing in the loss depends on \`${output}\`, so ${count === 1 ? 'a weight behind it is' : `${count} weights behind it are`} never trained (\`${weight}\`${count === 1 ? '' : ' …'}): add it to the loss, or leave the output out.`,
  },
  'train/not-supported-yet': {
    en: ({ key }) =>
      `\`${key}\` can be written and is checked, but this version does not carry it out yet: take it out to run this.`,
  },
  'train/no-such-run': {
    en: ({ run, name }) => `There is no \`${run}\` block called \`${name}\` in this file.`,
  },
  'train/no-run': {
    en: ({ run }) => `This file has no \`${run}\` block.`,
  },
  'train/unknown-size': {
    en: ({ what, names }) => `A size is not known here, so no run can be made of it: ${what} depends on \`${names}\`.`,
  },
  'train/unread-data': {
    en: ({ what }) => `No run can be made of this yet: ${what} depends on data that could not be read.`,
  },
  'train/override': {
    en: ({ key, model }) => `\`${key}\` is no setting of this block and no parameter of \`${model}\`.`,
  },
  'train/override.near': {
    en: ({ key, model, near }) =>
      `\`${key}\` is no setting of this block and no parameter of \`${model}\`. Did you mean \`${near}\`?`,
  },
  'train/override-value': {
    en: ({ text, key }) => `\`${text}\` can’t be read as a value for \`${key}\`.`,
  },
} satisfies MessageTable;
