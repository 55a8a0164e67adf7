/** Runs to compare, made up for tests, and what the host answers about them; markup among the names. */
import {
  type CompareAnswer,
  type CompareAsk,
  createRunState,
  createViews,
  diffTexts,
  type EvaluationDifference,
  elapsedAt,
  type RunEvent,
  type RunFacts,
  type RunsAnswer,
  reduce,
  rowAfter,
  viewOf,
} from '../../protocol/index.ts';
import { runOf } from '../protocol/run-facts.ts';
import { goodRun } from './events.ts';
import { headOf } from './messages.ts';

export const own = headOf().folder;
export const events = goodRun({ steps: 4690, epochs: 5, until: 2412 });

export const nasty = '<img src=x onerror="document.title=1">';
export const runs: RunFacts[] = [
  runOf(14, { folder: own, state: 'running', step: 2412, seconds: 41, metrics: metricsOf(0.9841, 0.0512) }),
  runOf(
    13,
    {
      id: '0013-amber-fox',
      state: 'failed',
      seconds: 6,
      metrics: {},
      best: undefined,
      reason: 'The loss became not-a-number (NaN) at step 412.',
    },
    { lr: '1e-1' },
  ),
  runOf(
    12,
    { id: '0012-slow-river', state: 'stopped', seconds: 52, metrics: metricsOf(0.9712, 0.0991) },
    { lr: '1e-4' },
  ),
  runOf(
    11,
    {
      id: '0011-bright-elm',
      starred: true,
      seconds: 124,
      metrics: metricsOf(0.9889, 0.0386),
      name: nasty,
      tags: ['base'],
    },
    { batch: '32' },
  ),
  runOf(
    9,
    { id: '0009-first-light', parameters: 347146, seconds: 62, metrics: metricsOf(0.9834, 0.0537) },
    { optimizer: 'SGD' },
  ),
];

function metricsOf(accuracy: number, loss: number) {
  return { loss: loss * 0.8, accuracy, 'validation.loss': loss, 'validation.accuracy': accuracy };
}

const texts = [
  'train Digits on Mnist {\n  loss: crossEntropy(digit, label)\n  batch: 32\n  epochs: 5\n}\n',
  'train Digits on Mnist {\n  loss: crossEntropy(digit, label)\n  batch: 64\n  epochs: 5\n}\n',
] as const;

const evaluations: EvaluationDifference[] = [
  {
    name: 'Digits',
    data: 'Mnist("t10k")',
    examples: 10_000,
    metrics: [{ name: 'accuracy', from: 0.9841, to: 0.9889 }],
    answers: [
      {
        name: 'digit',
        classes: [
          { name: '5', from: 0.951, to: 0.982 },
          { name: nasty, from: 0.99, to: 0.983 },
          { name: '3', from: 0.97, to: 0.974 },
        ],
        rows: {
          bothRight: 9801,
          bothWrong: 71,
          mended: 88,
          broken: 40,
          changed: [{ row: 118, is: '5', from: '3', to: '5' }],
        },
      },
    ],
  },
];

/** What the extension would answer. */
export function answerOf(topic: string, body: CompareAsk | { kind: string }): CompareAnswer | RunsAnswer {
  if (topic === 'runs') return { kind: 'list', runs };
  const ask = body as CompareAsk;
  switch (ask.kind) {
    case 'chosen':
      return { kind: 'chosen', folders: [runs[0]!, runs[3]!, runs[4]!].map((run) => run.folder) };
    case 'facts':
      return { kind: 'facts', runs: runs.filter((run) => ask.folders.includes(run.folder)), missing: [] };
    case 'curves': {
      const number = runs.find((run) => run.folder === ask.folder)?.number ?? 0;
      const made: RunEvent[] = number === 14 ? events : goodRun({ steps: 4690, epochs: 5, until: 4690 });
      const run = made.reduce(reduce, createRunState());
      const views = createViews(run.columns);
      const raw = ask.view.raw.filter((name) => run.columns.values.has(name));
      const smooth = ask.view.smooth.filter((name) => run.columns.values.has(name));
      return {
        kind: 'curves',
        curves: {
          view: viewOf(views, { ...ask.view, raw, smooth }, run.marks),
          names: [...raw, ...smooth],
          points: run.epochs.map((epoch) => ({
            step: epoch.step,
            elapsed: elapsedAt(views, run.marks, rowAfter(run.columns, epoch.step) - 1),
            values: shifted(epoch.validation ?? {}, number / 1000),
          })),
          stepsPerEpoch: 938,
        },
      };
    }
    case 'difference':
      return {
        kind: 'difference',
        difference: {
          settings: [{ name: 'batch', from: '32', to: '64' }],
          files: [{ name: 'mnist.model', diff: diffTexts(...texts) }],
          data: { same: true, rows: [] },
          evaluations,
        },
      };
    case 'openDiff':
    case 'openRun':
    case 'copy':
      return { kind: 'done' };
  }
}

function shifted(values: Readonly<Record<string, number | string>>, by: number) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value) + by - 0.012]));
}
