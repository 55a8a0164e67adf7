/** Names of the bench models: `examples/bench/<name>.model`. */
export const benchModels = ['cnn', 'mlp', 'lstm', 'gpt', 'resnet'] as const;
export type BenchModel = (typeof benchModels)[number];

export function isBenchModel(text: string): text is BenchModel {
  return benchModels.some((name) => name === text);
}
