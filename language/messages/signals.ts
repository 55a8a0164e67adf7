/** Texts of attention, signals, metrics, losses, optimizers and schedules. */
import type { MessageTable } from './table.ts';

export const signalMessages = {
  'argument/layers': {
    en: ({ name, setting }) =>
      `\`${setting}\` names layers of the model (\`layer embed = …\`), classes (\`LayerNorm\`) or paths (\`"GPT/embed"\`), but there is no \`${name}\`.`,
  },
  'argument/layers.near': {
    en: ({ name, setting, near }) =>
      `\`${setting}\` names layers of the model, classes or paths, but there is no \`${name}\`. Did you mean \`${near}\`?`,
  },
  'shape/key-heads': {
    en: ({ heads, keyHeads }) =>
      `\`Attention\` shares ${heads} heads out evenly among ${keyHeads} key heads, but ${heads} is no multiple of ${keyHeads}.`,
  },
  'shape/odd': {
    en: ({ callee, width }) =>
      `\`${callee}\` turns numbers in pairs, so it needs an even width of each head, but that is ${width}.`,
  },
  'shape/score-bias': {
    en: ({ wanted, bias }) =>
      `\`scoreBias\` is added to the scores \`[heads, T, S]\`, here ${wanted}, but it is ${bias}.`,
  },
} satisfies MessageTable;
