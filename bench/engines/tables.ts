/** Tables and targets of the engines' rounds. */
import type { Contender, Rounds } from '../engines.ts';
import type { BenchTable, BenchTarget } from '../section.ts';
import { benchTitles } from './models.ts';
import type { Measured, OwnEngine } from './step.ts';

const names: Readonly<Record<Contender, string>> = {
  onnx: 'ONNX Runtime',
  package: 'TensorFlow by tfjs-node-gpu',
  library: 'TensorFlow by its C API',
  webgpu: 'ONNX Runtime, WebGPU',
  'tensorflow-gpu': 'TensorFlow, CUDA',
  tfjs: 'TensorFlow.js, op by op',
  torch: 'PyTorch eager',
  'torch-gpu': 'PyTorch eager, CUDA',
  keras: 'Keras, graph',
};

type Records = readonly Partial<Record<Contender, Measured>>[];

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function geometric(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Which time counts. */
const timeOf = (measured: Measured, threads: number): number => (threads === 1 ? measured.cpu : measured.ms);

/** The reference's time over another's, by round. */
function ratios(records: Records, of: Contender, reference: Contender, threads: number): readonly number[] {
  return records.flatMap(({ [reference]: theirs, [of]: own }) =>
    theirs && own ? [timeOf(theirs, threads) / timeOf(own, threads)] : [],
  );
}

export function stepTable(rounds: Rounds, here: readonly Contender[], threads: number): BenchTable {
  const rows = [...rounds].map(([model, records]) => [
    benchTitles[model],
    ...here.map((name) => {
      const times = records.flatMap((record) => (record[name] ? [timeOf(record[name], threads)] : []));
      const ratio = name === 'torch' ? [] : ratios(records, name, 'torch', threads);
      const text = median(times).toPrecision(3);
      return ratio.length === 0 ? text : `${text} (${median(ratio).toFixed(2)})`;
    }),
  ]);
  const means = here.map((name) => {
    const all = [...rounds.values()].map((records) => median(ratios(records, name, 'torch', threads)));
    return name === 'torch' || all.some(Number.isNaN) ? '' : `(${geometric(all).toFixed(2)})`;
  });
  return {
    title: threads === 1 ? 'One thread, processor time, ms' : `${threads} threads, by the clock, ms`,
    columns: ['model', ...here.map((name) => names[name])],
    rows: [...rows, ['geometric mean', ...means]],
  };
}

export function memoryTable(rounds: Rounds, here: readonly Contender[]): BenchTable {
  const shown = here.filter((name) => name !== 'keras');
  const rows = [...rounds].map(([model, records]) => [
    benchTitles[model],
    ...shown.map((name) => {
      const sizes = records.flatMap((record) => record[name]?.resident ?? []);
      return sizes.length === 0 ? '–' : median(sizes).toPrecision(3);
    }),
  ]);
  return {
    title: 'Largest resident memory, one thread, MB',
    columns: ['model', ...shown.map((name) => names[name])],
    rows,
  };
}

/** Least ratio of each model, and of their geometric mean where one is asked for. */
interface Goal {
  readonly of: OwnEngine;
  readonly against: Contender;
  readonly threads: 'one' | 'all';
  readonly each: number;
  readonly mean?: number;
  /** Models that are left out. */
  readonly but?: readonly string[];
}

const goals: readonly Goal[] = [
  { of: 'onnx', against: 'torch', threads: 'one', each: 0.95, mean: 1.25 },
  { of: 'onnx', against: 'torch', threads: 'all', each: 0.85, mean: 1.1 },
  { of: 'onnx', against: 'keras', threads: 'one', each: 1, but: ['cnn'] },
  { of: 'onnx', against: 'tfjs', threads: 'one', each: 2.2, mean: 3 },
  ...(['package', 'library'] as const).flatMap((of): readonly Goal[] => [
    { of, against: 'torch', threads: 'one', each: 1, mean: 1.6 },
    { of, against: 'torch', threads: 'all', each: 0.9, mean: 1.3 },
    { of, against: 'keras', threads: 'one', each: 1.2 },
    { of, against: 'keras', threads: 'all', each: 1.1 },
    { of, against: 'tfjs', threads: 'one', each: 2.4, mean: 4 },
  ]),
];

export function targetsOf(rounds: Rounds, here: readonly Contender[], threads: number): readonly BenchTarget[] {
  const asked = goals.filter((goal) => (goal.threads === 'one') === (threads === 1));
  const speed = asked.flatMap(({ of, against, each, mean, but = [] }): readonly BenchTarget[] => {
    if (!here.includes(of) || !here.includes(against)) return [];
    const found = [...rounds].flatMap(([model, records]) =>
      but.includes(model) ? [] : [{ model, ratio: median(ratios(records, of, against, threads)) }],
    );
    const least = found.reduce((a, b) => (b.ratio < a.ratio ? b : a), found[0] ?? { model: '', ratio: Number.NaN });
    const average = geometric(found.map(({ ratio }) => ratio));
    const what = `${names[of]}, ${threads === 1 ? 'one thread' : `${threads} threads`}, against ${names[against]}`;
    const missed = found.filter(({ ratio }) => !(ratio >= each)).map(({ model }) => model);
    return [
      {
        what: `${what}: each model${but.length > 0 ? ` but ${but.join(', ')}` : ''}`,
        wanted: `≥ ${each}`,
        measured:
          missed.length > 1 ? `${least.ratio.toFixed(2)} (below: ${missed.join(', ')})` : least.ratio.toFixed(2),
        held: missed.length === 0,
      },
      ...(mean === undefined
        ? []
        : [
            {
              what: `${what}: geometric mean`,
              wanted: `≥ ${mean}`,
              measured: average.toFixed(2),
              held: average >= mean,
            },
          ]),
    ];
  });
  return threads === 1 ? [...speed, ...memoryTargets(rounds, here)] : speed;
}

function memoryTargets(rounds: Rounds, here: readonly Contender[]): readonly BenchTarget[] {
  if (!here.includes('torch')) return [];
  const shares = [...rounds.values()].flatMap((records) => {
    const size = (name: Contender): number => median(records.flatMap((record) => record[name]?.resident ?? []));
    return [size('onnx') / size('torch')];
  });
  const most = Math.max(...shares);
  return [
    {
      what: 'memory of ONNX Runtime over PyTorch’s, each model',
      wanted: '≤ 1',
      measured: most.toFixed(2),
      held: most <= 1,
    },
  ];
}

/** The package must cost nothing over the library that it wraps; 5 % are noise. */
export function loaderTarget(rounds: Rounds, here: readonly Contender[]): readonly BenchTarget[] {
  if (!here.includes('package') || !here.includes('library')) return [];
  const each = [...rounds.values()].map((records) => median(ratios(records, 'library', 'package', 1)));
  const mean = geometric(each);
  return [
    {
      what: 'TensorFlow by tfjs-node-gpu over by its C API, one thread, geometric mean',
      wanted: '≤ 1.05',
      measured: mean.toFixed(2),
      held: mean <= 1.05,
    },
  ];
}
