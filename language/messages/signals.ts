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
} satisfies MessageTable;
