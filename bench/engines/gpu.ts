/**
 * `npm run bench -- engines --device=gpu`: a step of the bench models on this machine's GPU, by the clock, on every engine that
 * reaches one, beside PyTorch on the same GPU and our default engine with all cores.
 */
import type { BenchSection, BenchTable } from '../section.ts';
import { type BenchModel, benchTitles } from './models.ts';
import type { Measured } from './step.ts';
import { median } from './tables.ts';

export const gpuContenders = ['webgpu', 'tensorflow-gpu', 'torch-gpu', 'onnx'] as const;
export type GpuContender = (typeof gpuContenders)[number];

const names: Readonly<Record<GpuContender, string>> = {
  webgpu: 'ONNX Runtime, WebGPU',
  'tensorflow-gpu': 'TensorFlow, CUDA',
  'torch-gpu': 'PyTorch eager, CUDA',
  onnx: 'ONNX Runtime, CPU',
};

/** `measure` answers nothing where the contender is not there. */
export function benchGpu(
  models: readonly BenchModel[],
  rounds: number,
  measure: (contender: GpuContender, model: BenchModel) => Measured | undefined,
): BenchSection {
  const here = gpuContenders.filter((name) => name === 'onnx' || measure(name, 'mlp') !== undefined);
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const model of models) {
      for (const name of here) {
        const found = measure(name, model);
        if (found) times.set(`${model} ${name}`, [...(times.get(`${model} ${name}`) ?? []), found.ms]);
      }
    }
  }
  const cell = (model: BenchModel, name: GpuContender): string => {
    const found = times.get(`${model} ${name}`);
    if (found === undefined) return '–';
    const torch = times.get(`${model} torch-gpu`);
    const ratio = torch === undefined || name === 'torch-gpu' ? '' : ` (${(median(torch) / median(found)).toFixed(2)})`;
    return `${median(found).toPrecision(3)}${ratio}`;
  };
  const table: BenchTable = {
    title: 'On the GPU, by the clock, ms',
    columns: ['model', ...here.map((name) => names[name])],
    rows: models.map((model) => [benchTitles[model], ...here.map((name) => cell(model, name))]),
  };
  const missing = gpuContenders.filter((name) => !here.includes(name)).map((name) => names[name]);
  return {
    title: 'Training step on a GPU',
    tables: [table],
    targets: [],
    notes: [
      'In brackets PyTorch’s time on the same GPU over this one’s. Medians of the rounds; each measurement is a fresh process. A step ends when its loss is on the host.',
      ...(missing.length === 0 ? [] : [`Not here: ${missing.join(', ')}.`]),
    ],
  };
}
