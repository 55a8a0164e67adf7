/** Names of the bench models: `examples/bench/<name>.model`. The first five have targets of their own. */
export const benchModels = ['cnn', 'mlp', 'lstm', 'gpt', 'resnet', 'resnet20', 'gru', 'bert', 'table'] as const;
export type BenchModel = (typeof benchModels)[number];

export function isBenchModel(text: string): text is BenchModel {
  return benchModels.some((name) => name === text);
}

export const benchTitles: Readonly<Record<BenchModel, string>> = {
  cnn: '(a) digits CNN, batch 128',
  mlp: '(b) MLP 784-512-512-10, batch 128',
  lstm: '(c) LSTM(128) over [64, 64], batch 32',
  gpt: '(d) GPT, 4 layers, batch 16',
  resnet: '(e) ResNet-8, batch 64',
  resnet20: '(f) ResNet-20, batch 64',
  gru: '(g) two GRU(128) over [64, 64], batch 32',
  bert: '(h) BERT of width 256, 4 layers, batch 16',
  table: '(i) MLP on 100 columns, batch 64',
};
