/** Networks that were trained elsewhere. */
import type { MessageTable } from './table.ts';

export const networkMessages: MessageTable = {
  'argument/network-layer': {
    en: ({ file, layer, kind }) =>
      `\`${file}\` has the layer \`${layer}\` (${kind}), which cannot be written as layers of this language. Cut the network before it (\`output: "…"\`), or write its layers out and start from a run.`,
    zh: ({ file, layer, kind }) =>
      `\`${file}\` 里的层 \`${layer}\`（${kind}）无法用本语言的层表示。请在它之前截断网络（\`output: "…"\`），或者把这些层写出来并从某次运行开始。`,
  },
};
