/**
 * One training step of the five bench models on every engine that is there, against PyTorch eager and Keras where the
 * reference Python has them. Every measurement is a fresh process; a round measures all of them one after the other, and
 * ratios are taken within a round, so that a machine that slows down slows them all.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type BenchModel, benchModels, isBenchModel } from './engines/models.ts';
import { isOwnEngine, type Measured, measureStep, type OwnEngine } from './engines/step.ts';
import type { BenchOptions, BenchSection, BenchTable, BenchTarget } from './section.ts';

const titles: Readonly<Record<BenchModel, string>> = {
  cnn: '(a) digits CNN, batch 128',
  mlp: '(b) MLP 784-512-512-10, batch 128',
  lstm: '(c) LSTM(128) over [64, 64], batch 32',
  gpt: '(d) GPT, 4 layers, batch 16',
  resnet: '(e) ResNet-8, batch 64',
};

/** What is measured, ours first. */
type Contender = OwnEngine | 'torch' | 'keras';
const names: Readonly<Record<Contender, string>> = {
  onnx: 'ONNX Runtime',
  package: 'TensorFlow by tfjs-node-gpu',
  library: 'TensorFlow by its C API',
  torch: 'PyTorch eager',
  keras: 'Keras, graph',
};

export async function bench(options: BenchOptions): Promise<BenchSection> {
  const [task, model = '', engine = '', threads = '1', seconds = '1'] = process.argv.slice(2);
  if (task === 'step' && isBenchModel(model) && isOwnEngine(engine)) {
    const file = join(options.root, 'examples', 'bench', `${model}.model`);
    process.stdout.write(`${JSON.stringify(await measureStep(file, engine, Number(threads), Number(seconds)))}\n`);
    process.exit(0);
  }
  const all = cpus().length;
  const counts = all === 1 ? [1] : [1, all];
  const here = contenders(options);
  const tables: BenchTable[] = [];
  const targets: BenchTarget[] = [];
  for (const count of counts) {
    const rounds = measureRounds(options, here, count);
    tables.push(tableOf(rounds, here, count));
    if (count === 1) targets.push(...targetsOf(rounds, here));
  }
  const memory = measure(options, 'onnx', 'cnn', 1)?.resident;
  if (memory !== undefined) {
    targets.push({
      what: 'training memory of the digits CNN, ONNX Runtime',
      wanted: '< 400 MB resident',
      measured: `${Math.round(memory)} MB`,
      held: memory < 400,
    });
  }
  return {
    title: 'Training step',
    tables,
    targets,
    notes: [
      'Milliseconds of one step (at one thread processor time, which other programs disturb least) with Adam and mean cross entropy; in brackets PyTorch’s time over this one’s. Medians of the rounds; each measurement is a fresh process, and ratios are taken within a round.',
      ...(here.includes('torch') ? [] : ['No PyTorch here: npm run references installs it.']),
    ],
  };
}

/** Those that can be measured on this machine. */
function contenders(options: BenchOptions): readonly Contender[] {
  const found: Contender[] = ['onnx'];
  for (const loader of ['package', 'library'] as const) {
    if (measure(options, loader, 'mlp', 1, 0.2)) found.push(loader);
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
      process.stderr.write(`${names[name]} is not there.\n`);
    }
  }
  return found;
}

/** By model, one record of milliseconds a round. */
type Rounds = ReadonlyMap<BenchModel, readonly Partial<Record<Contender, number>>[]>;

function measureRounds(options: BenchOptions, here: readonly Contender[], threads: number): Rounds {
  const count = options.quick ? 1 : 5;
  const rounds = new Map<BenchModel, Partial<Record<Contender, number>>[]>(benchModels.map((model) => [model, []]));
  for (let round = 0; round < count; round++) {
    for (const model of benchModels) {
      const record: Partial<Record<Contender, number>> = {};
      for (const contender of here) {
        const measured = measure(options, contender, model, threads);
        if (measured) record[contender] = threads === 1 ? measured.cpu : measured.ms;
      }
      rounds.get(model)?.push(record);
      const text = here.map((name) => `${names[name]} ${record[name]?.toFixed(1) ?? '–'}`).join(', ');
      process.stderr.write(`round ${round + 1} of ${count}, ${threads} thread(s), ${model}: ${text} ms\n`);
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
  const scripts = join(options.root, 'bench', 'engines');
  try {
    const text =
      contender === 'torch' || contender === 'keras'
        ? execFileSync(
            options.python ?? 'python3',
            [join(scripts, `${contender}_models.py`), 'time', model, ...numbers],
            {
              encoding: 'utf8',
              stdio: ['ignore', 'pipe', 'pipe'],
              env: referenceEnvironment(),
            },
          )
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function ratios(records: readonly Partial<Record<Contender, number>>[], of: Contender): readonly number[] {
  return records.flatMap(({ torch, [of]: own }) => (torch !== undefined && own !== undefined ? [torch / own] : []));
}

function tableOf(rounds: Rounds, here: readonly Contender[], threads: number): BenchTable {
  const rows = [...rounds].map(([model, records]) => [
    titles[model],
    ...here.map((name) => {
      const times = records.flatMap((record) => record[name] ?? []);
      const ratio = name === 'torch' ? [] : ratios(records, name);
      const text = median(times).toPrecision(3);
      return ratio.length === 0 ? text : `${text} (${median(ratio).toFixed(2)})`;
    }),
  ]);
  const means = here.map((name) => {
    const all = [...rounds.values()].map((records) => median(ratios(records, name)));
    return name === 'torch' || all.some(Number.isNaN) ? '' : `(${geometric(all).toFixed(2)})`;
  });
  return {
    title: threads === 1 ? 'One thread, processor time, ms' : `${threads} threads, by the clock, ms`,
    columns: ['model', ...here.map((name) => names[name])],
    rows: [...rows, ['geometric mean', ...means]],
  };
}

function targetsOf(rounds: Rounds, here: readonly Contender[]): readonly BenchTarget[] {
  const wanted = { onnx: [0.65, 0.85], package: [0.85, 1.4], library: [0.85, 1.4] } as const;
  const againstTorch = (['onnx', 'package', 'library'] as const).flatMap((name): BenchTarget[] => {
    if (!here.includes(name) || !here.includes('torch')) return [];
    const each = [...rounds.values()].map((records) => median(ratios(records, name)));
    const [least, mean] = wanted[name];
    return [
      {
        what: `${names[name]}, one thread, each model against PyTorch eager`,
        wanted: `≥ ${least}`,
        measured: Math.min(...each).toFixed(2),
        held: Math.min(...each) >= least,
      },
      {
        what: `${names[name]}, one thread, geometric mean against PyTorch eager`,
        wanted: `≥ ${mean}`,
        measured: geometric(each).toFixed(2),
        held: geometric(each) >= mean,
      },
    ];
  });
  return [...againstTorch, ...loaderTarget(rounds, here)];
}

/** The package must cost nothing over the library that it wraps; 5 % are noise. */
function loaderTarget(rounds: Rounds, here: readonly Contender[]): readonly BenchTarget[] {
  if (!here.includes('package') || !here.includes('library')) return [];
  const each = [...rounds.values()].map((records) =>
    median(records.flatMap((record) => (record.package && record.library ? [record.package / record.library] : []))),
  );
  return [
    {
      what: 'TensorFlow by tfjs-node-gpu over by its C API, one thread, geometric mean',
      wanted: '≤ 1.05',
      measured: geometric(each).toFixed(2),
      held: geometric(each) <= 1.05,
    },
  ];
}

function geometric(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
