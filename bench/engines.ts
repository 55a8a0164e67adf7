/**
 * One training step of the bench models on every engine that is there, against PyTorch eager and Keras where the reference
 * Python has them, and against TensorFlow.js operation by operation. Every measurement is a fresh process; a round measures all
 * of them one after the other, and ratios are taken within a round, so that a machine that slows down slows them all.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { benchGpu } from './engines/gpu.ts';
import { type BenchModel, benchModels, isBenchModel } from './engines/models.ts';
import { isOwnEngine, type Measured, measureStep, measureTfjs, type OwnEngine } from './engines/step.ts';
import { loaderTarget, memoryTable, stepTable, targetsOf } from './engines/tables.ts';
import type { BenchOptions, BenchSection, BenchTable, BenchTarget } from './section.ts';

/** What is measured, ours first. */
export type Contender = OwnEngine | 'torch' | 'torch-gpu' | 'keras' | 'tfjs';

/** By model, one record a round. */
export type Rounds = ReadonlyMap<BenchModel, readonly Partial<Record<Contender, Measured>>[]>;

export async function bench(options: BenchOptions): Promise<BenchSection> {
  const [task, model = '', engine = '', threads = '1', seconds = '1'] = process.argv.slice(2);
  if (task === 'step' && isBenchModel(model)) {
    const measured = await measureHere(options, model, engine, Number(threads), Number(seconds));
    process.stdout.write(`${JSON.stringify(measured)}\n`);
    process.exit(0);
  }
  const all = cpus().length;
  const counts = all === 1 ? [1] : [1, all];
  if (options.device === 'gpu') {
    const chosen = benchModels.filter((name) => options.models?.includes(name) ?? true);
    const rounds = options.rounds ?? (options.quick ? 1 : 5);
    return benchGpu(chosen, rounds, (contender, name) => measure(options, contender, name, all));
  }
  const here = contenders(options);
  const tables: BenchTable[] = [];
  const targets: BenchTarget[] = [];
  for (const count of counts) {
    const rounds = measureRounds(options, here, count);
    tables.push(stepTable(rounds, here, count));
    targets.push(...targetsOf(rounds, here, count));
    if (count === 1) {
      tables.push(memoryTable(rounds, here));
      targets.push(...loaderTarget(rounds, here));
    }
  }
  return {
    title: 'Training step',
    tables,
    targets,
    notes: [
      'Milliseconds of one step (at one thread processor time, which other programs disturb least) with Adam and mean cross entropy; in brackets PyTorch’s time over this one’s. Medians of the rounds; each measurement is a fresh process, and ratios are taken within a round.',
      'Memory: the largest resident size of the process, its runtime and libraries included.',
      'TensorFlow.js: operation by operation, as `LayersModel.fit` runs it.',
      ...(here.includes('torch') ? [] : ['No PyTorch here: npm run references installs it.']),
    ],
  };
}

/** In this process. */
async function measureHere(
  { root }: BenchOptions,
  model: BenchModel,
  engine: string,
  threads: number,
  seconds: number,
): Promise<Measured> {
  if (engine === 'tfjs') return measureTfjs(model, threads, seconds);
  if (!isOwnEngine(engine)) throw new Error(`No engine is named ${engine}.`);
  return measureStep(join(root, 'examples', 'bench', `${model}.model`), engine, threads, seconds);
}

/** Those that can be measured on this machine. */
function contenders(options: BenchOptions): readonly Contender[] {
  const found: Contender[] = ['onnx'];
  for (const name of ['package', 'library', 'tfjs'] as const) {
    if (measure(options, name, 'mlp', 1, 0.2)) found.push(name);
  }
  if (options.python === undefined) return found;
  for (const [name, module] of [
    ['torch', 'torch'],
    ['keras', 'keras, tensorflow'],
  ] as const) {
    try {
      execFileSync(options.python, ['-c', `import ${module}`], { stdio: 'pipe' });
      found.push(name);
    } catch {
      process.stderr.write(`${name} is not there.\n`);
    }
  }
  return found;
}

function measureRounds(options: BenchOptions, here: readonly Contender[], threads: number): Rounds {
  const count = options.rounds ?? (options.quick ? 1 : 5);
  const chosen = benchModels.filter((model) => options.models?.includes(model) ?? true);
  const rounds = new Map<BenchModel, Partial<Record<Contender, Measured>>[]>(chosen.map((model) => [model, []]));
  for (let round = 0; round < count; round++) {
    for (const model of chosen) {
      const record: Partial<Record<Contender, Measured>> = {};
      for (const contender of here) {
        const measured = measure(options, contender, model, threads);
        if (measured) record[contender] = measured;
      }
      rounds.get(model)?.push(record);
      const text = here.map((name) => `${name} ${record[name]?.[threads === 1 ? 'cpu' : 'ms'].toFixed(1) ?? '–'}`);
      process.stderr.write(`round ${round + 1} of ${count}, ${threads} thread(s), ${model}: ${text.join(', ')} ms\n`);
    }
  }
  return rounds;
}

function measure(
  options: BenchOptions,
  contender: Contender,
  model: BenchModel,
  threads: number,
  seconds = options.quick ? 0.5 : 2,
): Measured | undefined {
  const numbers = [String(threads), String(seconds)];
  const reference = contender === 'torch' || contender === 'torch-gpu' || contender === 'keras';
  const task = contender === 'torch-gpu' ? 'time-cuda' : 'time';
  const script = join(options.root, 'bench', 'engines', `${contender === 'keras' ? 'keras' : 'torch'}_models.py`);
  try {
    const text = reference
      ? execFileSync(options.python ?? 'python3', [script, task, model, ...numbers], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
          env: referenceEnvironment(),
        })
      : execFileSync(process.execPath, [process.argv[1] ?? '', 'step', model, contender, ...numbers], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
    return JSON.parse(text.trim().split('\n').at(-1) ?? '') as Measured;
  } catch {
    return undefined;
  }
}

/** Without settings that would slow the references' own libraries. */
function referenceEnvironment(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...rest } = process.env;
  return { ...rest, TF_CPP_MIN_LOG_LEVEL: '3' };
}
