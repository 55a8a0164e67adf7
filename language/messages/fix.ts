/** Titles of fixes that belong to no single area. */
import type { MessageTable } from './table.ts';

export const fixMessages = {
  'fix/change': {
    en: ({ text }) => `Change to ${text}`,
    zh: ({ text }) => `改为 ${text}`,
  },
  'fix/insert-stage': {
    en: ({ stage, layer }) => `Insert ${stage} before ${layer}`,
    zh: ({ stage, layer }) => `在 ${layer} 之前插入 ${stage}`,
  },
  'fix/mean': {
    en: () => `Take the mean`,
    zh: () => '取平均值',
  },
  'fix/batch-axis': { en: () => 'Leave the batch out', zh: () => '去掉批这一轴' },
  'fix/padding': {
    en: ({ layers }) => `Set padding: same on ${layers}`,
    zh: ({ layers }) => `为 ${layers} 设置 padding: same`,
  },
  'fix/keep-validation': {
    en: ({ data }) => `Keep 10% of ${data} for validation`,
    zh: ({ data }) => `从 ${data} 中留出 10% 作验证`,
  },
  'fix/insert-before': { en: ({ stage }) => `Put \`${stage}\` in front`, zh: ({ stage }) => `在前面加上 \`${stage}\`` },
  'fix/insert-after': { en: ({ stage }) => `Put \`${stage}\` behind it`, zh: ({ stage }) => `在后面加上 \`${stage}\`` },
  'fix/set': {
    en: ({ setting, value }) => `Set \`${setting}: ${value}\``,
    zh: ({ setting, value }) => `设置 \`${setting}: ${value}\``,
  },
  'fix/replace': { en: ({ text }) => `Use \`${text}\``, zh: ({ text }) => `改用 \`${text}\`` },
  // ---- what a fix leads to, behind its title
  'fix/leads-to': {
    en: ({ inner, shape }) => `${inner} (→ ${shape})`,
    zh: ({ inner, shape }) => `${inner}（→ ${shape}）`,
  },
  'fix/leads-to.times-fewer': {
    en: ({ inner, shape, times }) => `${inner} (→ ${shape}, ${times}× fewer weights)`,
    zh: ({ inner, shape, times }) => `${inner}（→ ${shape}，权重只有 1/${times}）`,
  },
  'fix/leads-to.times-more': {
    en: ({ inner, shape, times }) => `${inner} (→ ${shape}, ${times}× the weights)`,
    zh: ({ inner, shape, times }) => `${inner}（→ ${shape}，权重是 ${times} 倍）`,
  },
  'fix/leads-to.fewer': {
    en: ({ inner, shape, percent }) => `${inner} (→ ${shape}, ${percent}% fewer weights)`,
    zh: ({ inner, shape, percent }) => `${inner}（→ ${shape}，权重少 ${percent}%）`,
  },
  'fix/leads-to.more': {
    en: ({ inner, shape, percent }) => `${inner} (→ ${shape}, ${percent}% more weights)`,
    zh: ({ inner, shape, percent }) => `${inner}（→ ${shape}，权重多 ${percent}%）`,
  },
} satisfies MessageTable;
