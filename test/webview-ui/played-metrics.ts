/** A run made up for tests with everything that the Metrics tab shows, and the runs beside it. */
import {
  createRunState,
  createViews,
  type LayersEvent,
  type RunBrief,
  type RunEvent,
  reduce,
  viewOf,
} from '../../protocol/index.ts';
import { goodRun, noise, T0 } from './events.ts';

/** A run with layers looked at and a machine looked at. */
export function wholeRun(until: number): RunEvent[] {
  const random = noise(11);
  const GIB = 2 ** 30;
  const events = goodRun({ steps: 4690, epochs: 5, until }).map((event) =>
    event.kind === 'step' && event.step % 40 === 1
      ? {
          ...event,
          machine: {
            cpu: 0.3,
            memory: 1.2 * GIB,
            memoryTotal: 16 * GIB,
            gpu: 0.68 + random() * 0.08,
            gpuMemory: 3.1 * GIB,
            gpuTotal: 12 * GIB,
          },
        }
      : event,
  );
  const layers = Array.from({ length: 48 }, (_, at): LayersEvent => {
    const size = (row: number) => 0.4 * Math.exp(-at / 16) * (0.6 + random()) * (row + 1) ** -1.2;
    const weights = Object.fromEntries(
      ['Conv2D.0', 'Dense.0', 'Dense.1'].map((name, row) => [
        `Digits/${name}/kernel`,
        { gradient: size(row), weight: 4, update: 0.001 },
      ]),
    );
    return { kind: 'layers', seq: 100_000 + at, time: T0 + at * 900, step: at * 50, epoch: 1, weights, results: {} };
  });
  return [...events, ...layers];
}

function brief(number: number, change: Partial<RunBrief> = {}): RunBrief {
  const id = `00${number}-${number === 14 ? 'quiet-heron' : 'bright-elm'}`;
  return {
    folder: `/home/ada/vision/.modelwright/runs/00${number}-${number === 14 ? 'quiet-heron' : 'bright-elm'}`,
    id,
    number,
    title: 'mnist Digits',
    file: '/home/ada/vision/mnist.model',
    state: number === 14 ? 'running' : 'finished',
    created: T0,
    ended: number === 14 ? undefined : T0 + 80_000,
    parameters: 693_962,
    steps: 4690,
    step: 4690,
    best: { epoch: 5, step: 4690, metric: 'accuracy', value: 0.9789 },
    metrics: {},
    planHash: 'p',
    dataHash: 'd',
    starred: false,
    tags: [],
    name: '',
    ...change,
  };
}

export const RUNS = [
  brief(14, { best: undefined }),
  brief(12, { best: { epoch: 5, step: 1, metric: 'accuracy', value: 0.95 } }),
  brief(11),
];

export function readAnswer(folder: string) {
  const events = goodRun({ steps: 4690, epochs: 5, until: 4690 }).map((event) =>
    event.kind === 'epoch'
      ? {
          ...event,
          validation: {
            loss: Number(event.validation?.loss) * 1.25,
            accuracy: Number(event.validation?.accuracy) - 0.0052,
          },
        }
      : event,
  );
  const run = events.reduce(reduce, createRunState());
  const request = { raw: ['train.loss'], smooth: [], weight: 0, axis: 'step', from: 0, to: 1e9, buckets: 400 } as const;
  return {
    kind: 'read',
    run: RUNS.find((each) => each.folder === folder),
    events: events.filter((event) => event.kind !== 'step'),
    names: ['train.loss'],
    view: viewOf(createViews(run.columns), request, run.marks),
  };
}
