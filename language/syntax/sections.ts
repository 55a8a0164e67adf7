/** The keys of each section, in the order in which completion offers them. Sections are closed sets of keys. */
export type SectionName = 'data' | 'train' | 'tune' | 'evaluate' | 'export';

const train = [
  'loss',
  'metrics',
  'optimizer',
  'epochs',
  'steps',
  'batch',
  'accumulate',
  'clip',
  'freeze',
  'start',
  'stop',
  'save',
  'validate',
  'average',
  'seed',
  'precision',
  'devices',
] as const;

export const sectionKeys: Readonly<Record<SectionName, readonly string[]>> = {
  data: [
    'source',
    'validation',
    'test',
    'shuffle',
    'seed',
    'cache',
    'augment',
    'keep',
    'deduplicate',
    'balance',
    'weight',
  ],
  train,
  tune: ['search', 'maximize', 'minimize', ...train],
  evaluate: ['metrics', 'expect', 'slices', 'batch', 'run'],
  export: ['to', 'format', 'quantize', 'inputs'],
};

export function isSectionKey(section: SectionName, word: string): boolean {
  return sectionKeys[section].includes(word);
}
