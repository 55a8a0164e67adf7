/** Measures training steps of a program on one of our engines, in this process. */
import { readFileSync } from 'node:fs';
import { compile, stream } from '../../compiler/index.ts';
import { createAnalyser, makePlan, type Plan } from '../../language/index.ts';
import type { Batch, Engine, HostTensor } from '../../trainer/engine.ts';
import { openers } from '../../trainer/engines/index.ts';
import { createTensorFlowEngine, findTensorFlow } from '../../trainer/engines/tensorflow/index.ts';
import type { BenchModel } from './models.ts';
import { loadTfjs, tfjsStep } from './tfjs.ts';

/** Ours: ONNX Runtime, TensorFlow by each of its loaders, and both on a GPU. */
const ownEngines = ['onnx', 'package', 'library', 'webgpu', 'tensorflow-gpu'] as const;
export type OwnEngine = (typeof ownEngines)[number];

export function isOwnEngine(text: string): text is OwnEngine {
  return ownEngines.some((name) => name === text);
}

export interface Measured {
  /** Median of a step by the clock. */
  readonly ms: number;
  /** Mean processor time of a step, in milliseconds: steadier where other programs run too. */
  readonly cpu: number;
  readonly steps: number;
  /** Largest resident memory in MB, where it was asked for. */
  readonly resident?: number;
}

const warmUp = 5;

export async function measureStep(file: string, id: OwnEngine, threads: number, seconds: number): Promise<Measured> {
  const plan = planOf(file);
  const batch = plan.train?.batch ?? 1;
  const compiled = compile(plan);
  const engine = await openEngine(id, threads);
  const session = await engine.open(compiled, { batch, threads, seed: 0 });
  const fed = batchOf(compiled.lower('train', batch, { update: 'outside' }).inputs, batch);
  const measured = await repeat(seconds, async (step) => {
    await session.step([fed], { rate: 1e-3, step, metrics: true, gradientNorm: false });
  });
  await session.dispose();
  await engine.dispose();
  return measured;
}

async function repeat(seconds: number, run: (step: number) => Promise<void>): Promise<Measured> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  let used = process.cpuUsage();
  for (let step = 0; performance.now() < end || step < warmUp + 5; step++) {
    if (step === warmUp) used = process.cpuUsage();
    const start = performance.now();
    await run(step);
    if (step >= warmUp) times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(used);
  const cpu = (user + system) / 1000 / times.length;
  const resident = process.resourceUsage().maxRSS / 1000;
  times.sort((a, b) => a - b);
  return { ms: times[times.length >> 1] ?? Number.NaN, cpu, steps: times.length, resident };
}

/** TensorFlow.js as its users run it, on the library that ours runs on. */
export async function measureTfjs(model: BenchModel, threads: number, seconds: number): Promise<Measured> {
  const { loaders } = await findTensorFlow();
  const loader = loaders.find(({ kind }) => kind === 'package');
  if (loader?.kind !== 'package') throw new Error('@tensorflow/tfjs-node-gpu has no native part here.');
  // Opening it loads the library and sets the threads.
  await createTensorFlowEngine({ threads, loader });
  const step = tfjsStep(loadTfjs(loader.folder), model);
  return repeat(seconds, async () => {
    const loss = step();
    loss.dataSync();
    loss.dispose();
  });
}

async function openEngine(id: OwnEngine, threads: number): Promise<Engine> {
  const options = { device: 'cpu', threads, reason: 'measured' } as const;
  if (id === 'onnx') return openers.onnx(options);
  if (id === 'webgpu') return openers.onnx({ ...options, device: 'gpu' });
  if (id === 'tensorflow-gpu') return openers.tensorflow({ ...options, device: 'gpu' });
  const { loaders, looked } = await findTensorFlow();
  const loader = loaders.find(({ kind }) => kind === id);
  if (!loader) throw new Error(`No TensorFlow by ${id} here: ${looked.join('; ')}`);
  return createTensorFlowEngine({ ...options, loader });
}

/** The files of the bench programs do not exist; nothing is known of them. */
function planOf(file: string): Plan {
  const analyser = createAnalyser({ source: () => undefined, header: () => undefined });
  const answer = makePlan(analyser, { file, text: readFileSync(file, 'utf8'), action: 'train' });
  if (answer.kind === 'plan') return answer.plan;
  throw new Error(`${file} has no plan: ${answer.problems.map(({ code }) => code).join(', ')}`);
}

/** Numbers without a pattern: from −1 to 1, or classes below 10. */
function batchOf(inputs: ReturnType<ReturnType<typeof compile>['lower']>['inputs'], size: number): Batch {
  const fields: Record<string, HostTensor> = {};
  for (const input of inputs) {
    if (input.kind !== 'field') continue;
    const { dtype, shape } = input.tensor;
    const count = shape.reduce((product, n) => product * n, 1);
    const source = stream(0, 'bench', input.name);
    fields[input.name] =
      dtype === 'float32'
        ? { dtype, shape, data: Float32Array.from({ length: count }, (_, i) => 2 * source.uniform(i) - 1) }
        : { dtype, shape, data: Int32Array.from({ length: count }, (_, i) => source.word(i) % 10) };
  }
  return { size, fields };
}
