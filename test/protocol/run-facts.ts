/** Facts of runs made up for tests. */
import type { RunFacts, RunSetting } from '../../protocol/index.ts';

const usual = { optimizer: 'Adam', lr: '1e-3', batch: '64', epochs: '5', seed: '0' };

export function runOf(number: number, change: Partial<RunFacts> = {}, settings: Record<string, string> = {}): RunFacts {
  const all: Record<string, string> = { ...usual, ...settings };
  return {
    folder: `/runs/${number}`,
    id: `${String(number).padStart(4, '0')}-quiet-heron`,
    number,
    title: 'mnist Digits',
    file: '/home/ada/mnist.model',
    state: 'finished',
    created: number * 1000,
    ended: number * 1000 + 60_000,
    parameters: 693962,
    steps: 4690,
    step: 4690,
    best: { epoch: 5, step: 4690, metric: 'validation.accuracy', value: 0.9 + number / 1000 },
    metrics: { loss: 0.1, accuracy: 0.98, 'validation.loss': 0.2 - number / 1000, 'validation.accuracy': 0.9 },
    planHash: 'p',
    dataHash: 'd',
    starred: false,
    tags: [],
    name: '',
    settings: Object.entries(all).map(([name, value]): RunSetting => ({ name, value })),
    engine: 'onnx cpu, 2 threads',
    seconds: 60,
    rows: { train: 54000, validation: 6000, test: 0 },
    directions: { loss: 'min', accuracy: 'max' },
    reason: undefined,
    ...change,
  };
}
