/** Layers of a run made up for tests: what is looked at while it trains, and what the host answers about the inside of the model. */
import type { LayerBrief, LayerHistogram, LayersEvent, RunEvent, UseLayersAnswer } from '../../protocol/index.ts';
import { goodRun, noise, T0 } from './events.ts';

export const PATHS = ['Digits/Conv2D.0', 'Digits/Conv2D.1', 'Digits/Dense.0', 'Digits/Dense.1'];

export function layersEvent(step: number, at: number, random: () => number): LayersEvent {
  const weights: Record<string, LayersEvent['weights'][string]> = {};
  const results: Record<string, LayersEvent['results'][string]> = {};
  for (const [row, path] of PATHS.entries()) {
    const size = 0.4 * Math.exp(-at / 40) * (0.6 + random()) * (row + 1) ** -1.5 + 1e-4;
    weights[`${path}/kernel`] = { gradient: row === 2 && at === 30 ? 'NaN' : size, weight: 4, update: size / 90 };
    weights[`${path}/bias`] = { gradient: size / 3, weight: 1, update: size / 300 };
    const relu = row < 3 ? { silent: row === 1 ? 0.25 : 0 } : {};
    if (at % 4 === 0) results[path] = { mean: 0.2 - row * 0.3, deviation: 1.1 / (row + 1), zeros: row / 4, ...relu };
  }
  return { kind: 'layers', seq: 100_000 + at, time: T0 + step * 18, step, epoch: 1, weights, results };
}

export function runWithLayers(count: number): RunEvent[] {
  const random = noise(3);
  const layers = Array.from({ length: count }, (_, at) => layersEvent(10 + at * 12, at, random));
  const problem: RunEvent = {
    kind: 'problem',
    seq: 200_000,
    time: T0 + 20_000,
    code: 'train/dead-units',
    severity: 'warning',
    message: 'A quarter of the units of `Conv2D.1` (line 6) are zero for every example.',
    step: 900,
    place: { file: 'mnist.model', line: 6, column: 3, start: 100, end: 110 },
  };
  return [...goodRun({ steps: 4690, epochs: 5, until: 1000 }), ...layers, problem];
}

export const LIST: LayerBrief[] = PATHS.map((path, at) => ({
  path,
  name: path.slice('Digits/'.length),
  kind: path.includes('Conv') ? 'Conv2D' : 'Dense',
  shape: [[26, 26, 32], [11, 11, 64], [128], [10]][at] ?? [],
  parameters: [320, 18_496, 204_928, 1290][at] ?? 0,
  trained: true,
  file: 'mnist.model',
  line: 5 + at,
}));

const packed = (values: ArrayLike<number>) => Buffer.from(Float32Array.from(values).buffer).toString('base64');

function histogram(step: number, width: number, low: number, high: number): LayerHistogram {
  const at = (bin: number) => low + ((bin + 0.5) * (high - low)) / 48;
  const counts = Array.from({ length: 48 }, (_, bin) => Math.round(900 * Math.exp(-((at(bin) / width) ** 2))));
  return { step, low, high, counts, mean: 0.001, deviation: width / 1.41, zeros: 0.12, notFinite: 0 };
}

/** What the host answers to a question about the inside of the model. */
export function insideOf(ask: {
  readonly kind: string;
  readonly path?: string;
  readonly only?: string;
}): UseLayersAnswer {
  const random = noise(11);
  const example = { part: 'validation', index: 0, rows: 6000 } as const;
  if (ask.kind === 'distribution') {
    const times = [0, 938, 1876].map((step, at) => histogram(step, 0.15 + at * 0.12, -1, 1));
    const series = { shape: [3, 3, 1, 32], times };
    const weights = [
      { of: 'weights', name: 'kernel', ...series },
      { of: 'weights', name: 'bias', ...series, shape: [32] },
    ] as const;
    const common = { kind: 'distribution', path: ask.path ?? '', part: 'validation', trouble: undefined } as const;
    if (ask.only === 'weights') return { ...common, examples: 0, series: weights, units: undefined };
    return {
      ...common,
      examples: 256,
      series: [
        ...weights,
        { of: 'gradients', name: 'kernel', ...series, times: times.slice(1) },
        { of: 'results', name: '', shape: [26, 26, 32], times: times.slice(2) },
      ],
      units: { count: 32, dead: [3, 17], deadCount: 2, saturated: [], saturatedCount: 0 },
    };
  }
  if (ask.kind === 'filters') {
    const isPicture = ask.path?.includes('Conv2D.0');
    const values = packed(Array.from({ length: 3 * 3 * 32 }, () => random() - 0.5));
    const norms = Array.from({ length: 32 }, () => 0.4 + random());
    return {
      kind: 'filters',
      path: ask.path ?? '',
      shape: isPicture ? [3, 3, 1, 32] : [128, 32],
      values: isPicture ? values : undefined,
      norms,
    };
  }
  if (ask.kind === 'attention') {
    const words = ['The', '<b>fox</b>', 'saw', 'the', 'moon', 'and', 'sang', '.'];
    const values = Array.from({ length: 2 * 8 * 8 }, (_, i) => {
      const [query, key] = [Math.floor(i / 8) % 8, i % 8];
      return key > query ? 0 : 1 / (query + 1);
    });
    return {
      kind: 'attention',
      example,
      looks: [
        { path: 'Digits/Attention.0', title: 'Attention.0' },
        { path: 'Digits/Attention.1', title: 'Attention.1' },
      ],
      look: 0,
      heads: 2,
      queries: 8,
      keys: 8,
      values: packed(values),
      queryLabels: words,
      keyLabels: words,
    };
  }
  const ring = (i: number) => Math.exp(-(((Math.hypot((i % 28) - 14, Math.floor(i / 28) - 14) - 8) / 2) ** 2));
  const pixels = Array.from({ length: 784 }, (_, i) => ring(i));
  return {
    kind: 'saliency',
    example,
    method: 'integrated',
    output: 'digit',
    scores: [0.9, 0.01, 0.01, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01],
    names: undefined,
    classes: undefined,
    target: 0,
    truth: '0',
    score: 7.21,
    nothing: -0.4,
    sum: 7.6,
    inputs: [
      {
        field: 'image',
        form: 'picture',
        shape: [28, 28, 1],
        values: packed(pixels),
        parts: packed(pixels.map((value, i) => value * Math.sin(i / 60))),
        labels: undefined,
      },
      {
        field: 'words',
        form: 'places',
        shape: [4],
        values: undefined,
        parts: packed([0.4, -0.2, 1.3, 0.01]),
        labels: ['The', '<img src=x>', 'sang', '.'],
      },
      {
        field: 'wave',
        form: 'numbers',
        shape: [4000],
        values: packed(Array.from({ length: 4000 }, (_, i) => Math.sin(i / 9) * ring(i % 784))),
        parts: packed(Array.from({ length: 4000 }, (_, i) => (i > 2000 && i < 2400 ? Math.sin(i / 60) : 0.01))),
        labels: undefined,
      },
      {
        field: 'features',
        form: 'numbers',
        shape: [3],
        values: packed([0.2, -1.4, 3]),
        parts: packed([0.4, -0.2, 1.3]),
        labels: ['size', 'age', 'north = <yes>'],
      },
    ],
  };
}
