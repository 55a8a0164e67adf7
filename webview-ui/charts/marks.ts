/** What is marked on a chart: ends of epochs, pauses, changes of the learning rate, checkpoints, the best one, broken values. Pure. */
import { bestOf, type RunMark, type RunState } from '../../protocol/index.ts';
import type { Broken } from '../store.ts';
import { count, number, setting } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { ChartInfo } from './chart-list.ts';
import type { PlotMark } from './drawing.ts';

/** More of a kind than this can't be told apart. */
const MOST_EPOCHS = 60;
const MOST_CHECKPOINTS = 200;

export interface MarkOptions {
  readonly chart: ChartInfo;
  readonly run: RunState;
  /** Where values aren't finite. */
  readonly broken: readonly Broken[];
  /** Step whose values are shown in a table. */
  readonly pinned?: number | undefined;
  /** Turns a step into the unit of the axis. */
  readonly xOf: (step: number) => number;
  readonly range: readonly [number, number];
}

/** The marks of a chart that can be seen. */
export function marksOf({ chart, run, broken, pinned, xOf, range: [from, to] }: MarkOptions): PlotMark[] {
  const within = (kind: PlotMark['kind'], steps: readonly number[], most: number): PlotMark[] => {
    const marks: PlotMark[] = [];
    for (const step of steps) {
      const x = xOf(step);
      if (x < from || x > to) continue;
      if (marks.length === most) return [];
      marks.push({ x, kind, text: '' });
    }
    return marks;
  };
  const ends = run.epochs.filter((epoch) => epoch.whole && epoch.step < (run.started?.steps ?? 0));
  const best = chart.metric === undefined ? undefined : bestOf(run, chart.metric, chart.direction);
  return [
    ...within(
      'epoch',
      ends.map((epoch) => epoch.step),
      MOST_EPOCHS,
    ),
    ...run.marks.map((mark): PlotMark => ({ x: xOf(mark.step), kind: 'event', text: markText(mark) })),
    ...(chart.metric === 'loss'
      ? within(
          'checkpoint',
          run.checkpoints.map((checkpoint) => checkpoint.step),
          MOST_CHECKPOINTS,
        )
      : []),
    ...(best !== undefined && run.epochs.length > 1
      ? within('best', [best.step], 1).map((mark) => ({ ...mark, y: best.value }))
      : []),
    ...brokenMarks(broken, xOf),
    ...(pinned === undefined ? [] : within('pinned', [pinned], 1)),
  ];
}

/** A line where values broke and stayed so, or broke first; a triangle on the axis where one alone did. One label is enough. */
function brokenMarks(broken: readonly Broken[], xOf: (step: number) => number): PlotMark[] {
  return broken.map(({ step, until, value }, index) => {
    const text = Number.isNaN(value) ? t('NaN at {0}', count(step)) : t('{0} at {1}', number(value), count(step));
    return index === 0 || until > step
      ? { x: xOf(step), kind: 'broken', text: index === 0 ? text : '' }
      : { x: xOf(step), kind: 'isolated', text: '' };
  });
}

/** What is written at a mark; nothing where a pause ended. */
export function markText(mark: RunMark): string {
  switch (mark.kind) {
    case 'paused':
      return t('paused');
    case 'resumed':
      return '';
    case 'changed':
      return t('rate {0}', setting(mark.lr));
    case 'continued':
      return t('continued');
    default:
      return assertNever(mark.kind);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown mark: ${JSON.stringify(value)}`);
}
