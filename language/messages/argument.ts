/** Texts of problems with arguments and settings. */
import type { MessageTable } from './table.ts';

export const argumentMessages = {
  'argument/axes': {
    en: ({ setting, count, given }) => `\`${setting}\` needs one number, or ${count} of them; here are ${given}.`,
  },
  'argument/few-inputs': {
    en: ({ callee, least, count }) => `\`${callee}\` needs at least ${least} values, but gets ${count}.`,
  },
  'argument/flow-in': {
    en: ({ callee }) =>
      `A value flows into \`${callee}\` with an arrow: write \`x -> ${callee}(…)\`, not \`${callee}(x, …)\`.`,
  },
  'argument/kind': {
    en: ({ setting, callee, expected, value }) => `\`${setting}\` of \`${callee}\` is ${expected}, but got ${value}.`,
  },
  'argument/metric': {
    en: ({ setting }) => `\`${setting}\` is the name of a metric, like \`validation.loss\` or \`accuracy\`.`,
  },
  'argument/missing': {
    en: ({ callee, setting, expected, doc }) =>
      `\`${callee}\` needs \`${setting}\`, ${expected}.${doc === '' ? '' : ` ${doc}`}`,
  },
  'argument/missing-input': {
    en: ({ callee, input }) => `\`${callee}\` needs a value for its input \`${input}\`.`,
  },
  'argument/no-body': {
    en: ({ callee }) => `\`${callee}\` needs a layer in braces: \`${callee} { … }\`.`,
  },
  'argument/none-here': {
    en: ({ layer }) => `\`${layer}\` is already complete: it takes no arguments here.`,
  },
  'argument/range': {
    en: ({ setting, range, value }) => `\`${setting}\` must be ${range}, but is ${value}.`,
  },
  'argument/range.min': {
    en: ({ setting, min, value }) => `\`${setting}\` must be at least ${min}, but is ${value}.`,
  },
  'argument/range.max': {
    en: ({ setting, max, value }) => `\`${setting}\` must be at most ${max}, but is ${value}.`,
  },
  'argument/too-many': {
    en: ({ callee, count, order, named }) =>
      `\`${callee}\` takes ${count} settings without names (${order}); the others are named: ${named}.`,
  },
  'argument/too-many.none': {
    en: ({ callee }) => `\`${callee}\` takes no settings.`,
  },
  'argument/too-many.named-only': {
    en: ({ callee, named }) => `The settings of \`${callee}\` are always named: ${named}.`,
  },
  'argument/too-many.all': {
    en: ({ callee, count, order }) => `\`${callee}\` takes ${count} settings (${order}), and here is one more.`,
  },
  'argument/too-many-inputs': {
    en: ({ callee, count }) =>
      `\`${callee}\` takes ${count === 1 ? 'one value' : `${count} values`}, and here is one more.`,
  },
  'argument/too-many-parts': {
    en: ({ input, callee }) => `\`${input}\` of \`${callee}\` can’t take this value too.`,
  },
  'argument/twice': {
    en: ({ setting, callee }) => `\`${setting}\` of \`${callee}\` is given twice.`,
  },
  'argument/unknown': {
    en: ({ callee, name }) => `\`${callee}\` has no setting \`${name}\`.`,
  },
  'argument/unknown.near': {
    en: ({ callee, name, near }) => `\`${callee}\` has no setting \`${name}\`. Did you mean \`${near}\`?`,
  },
  'argument/word': {
    en: ({ setting, words, name }) => `\`${setting}\` is ${words}, not \`${name}\`.`,
  },
  'argument/word.near': {
    en: ({ setting, words, name, near }) => `\`${setting}\` is ${words}, not \`${name}\`. Did you mean \`${near}\`?`,
  },
  'argument/word-kind': {
    en: ({ setting, words, value }) => `\`${setting}\` is ${words}, but got ${value}.`,
  },
  'argument/activation': {
    en: ({ name, setting, names }) => `\`${name}\` is no activation. \`${setting}\` can be ${names} …`,
  },
  'argument/activation.near': {
    en: ({ name, near }) => `\`${name}\` is no activation. Did you mean \`${near}\`?`,
  },
  'argument/initialiser': {
    en: ({ name, setting, names }) => `\`${name}\` is no way to start weights. \`${setting}\` can be ${names} …`,
  },
  'argument/initialiser.near': {
    en: ({ name, near }) => `\`${name}\` is no way to start weights. Did you mean \`${near}\`?`,
  },
  'argument/rate': {
    en: ({ name, setting, names }) => `\`${name}\` is no schedule. \`${setting}\` can be a number, ${names} …`,
  },
  'argument/rate.near': {
    en: ({ name, near }) => `\`${name}\` is no schedule. Did you mean \`${near}\`?`,
  },
} satisfies MessageTable;
