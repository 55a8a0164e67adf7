/**
 * The panel's copy of one run, made of the host's messages by the same fold that the host uses, and how it is looked at.
 * `changed` counts updates: what is drawn on a canvas subscribes to it; texts read the signals that they show.
 */
import { batch, type Signal, signal } from '@preact/signals';
import {
  type AppendMessage,
  applyBlock,
  type ColumnBlock,
  createRunState,
  createViews,
  type PanelHead,
  type PanelLayout,
  PLAIN_LAYOUT,
  type RunColumns,
  type RunProgress,
  type RunState,
  type RunViews,
  reduce,
  type SnapshotMessage,
  truncateViews,
  type View,
  type ViewRequest,
  viewOf,
} from '../protocol/index.ts';
import type { Ghost } from './ghost.ts';
import { DEFAULT_VIEW, type ViewState } from './view-state.ts';

/** Where the cursor is on the x axis, and on which chart. */
export interface Cursor {
  readonly chart: string;
  readonly x: number;
  /** Where the pointer is on the y axis: the nearest line is told of first. */
  readonly y?: number | undefined;
  /** The line that was chosen by keyboard. */
  readonly line?: number | undefined;
  /** Moved by keyboard: what it shows is to be spoken. */
  readonly spoken: boolean;
}

export interface PanelStore {
  readonly head: Signal<PanelHead | undefined>;
  readonly run: Signal<RunState>;
  readonly progress: Signal<RunProgress>;
  /** Why there is nothing to show. */
  readonly gone: Signal<string | undefined>;
  readonly view: Signal<ViewState>;
  /** Grows with each update of the data. */
  readonly changed: Signal<number>;
  readonly cursor: Signal<Cursor | undefined>;
  /** The run that is drawn behind. */
  readonly ghost: Signal<Ghost | undefined>;
  /** How the cards are arranged. */
  readonly layout: Signal<PanelLayout>;
  /** Where values weren't finite, by column. */
  readonly broken: Map<string, Broken[]>;
  /** Points for a chart; undefined while the host is asked for them. */
  points(chart: string, request: ViewRequest): View | undefined;
  snapshot(message: SnapshotMessage): void;
  /** False where rows are missing between those that are here and the new ones: nothing is taken then. */
  append(message: AppendMessage): boolean;
  /** The host's answer to a request. */
  answer(request: number, view: View): void;
}

/** Steps in a row whose value is no number, or infinite. */
export interface Broken {
  readonly step: number;
  /** The last of them. */
  readonly until: number;
  readonly value: number;
}

/** How the store asks the host for points that it has no copy of. */
export type AskRange = (request: number, view: ViewRequest) => void;

const NO_PROGRESS: RunProgress = {
  step: 0,
  epoch: 0,
  rows: 0,
  elapsed: 0,
  stepMs: undefined,
  left: undefined,
  spent: { data: 0, compute: 0, validation: 0, checkpoint: 0 },
  latest: {},
};

const BROKEN_KEPT = 200;

/** A store without a run. */
export function createStore(ask: AskRange, view: ViewState = DEFAULT_VIEW): PanelStore {
  const head = signal<PanelHead | undefined>(undefined);
  const run = signal(createRunState());
  const progress = signal(NO_PROGRESS);
  const changed = signal(0);
  const gone = signal<string | undefined>(undefined);
  const broken = new Map<string, Broken[]>();
  let views: RunViews = createViews(run.value.columns);
  let remote: RemoteViews | undefined;

  const take = (message: AppendMessage | SnapshotMessage, from: RunState): void => {
    const folded = message.events.reduce(reduce, from);
    if (remote === undefined) {
      truncateViews(views, Math.min(message.columns.from, folded.columns.length));
      applyBlock(folded.columns, message.columns);
      noteBroken(broken, folded, message.columns);
    }
    batch(() => {
      head.value = message.head;
      progress.value = message.progress;
      run.value = { ...folded, step: message.progress.step, epoch: message.progress.epoch };
      gone.value = undefined;
      changed.value += 1;
    });
  };

  return {
    head,
    run,
    progress,
    gone,
    view: signal(view),
    changed,
    cursor: signal(undefined),
    ghost: signal(undefined),
    layout: signal(PLAIN_LAYOUT),
    broken,
    points(chart, request) {
      return remote === undefined ? viewOf(views, request, run.value.marks) : remote.points(chart, request);
    },
    snapshot(message) {
      const fresh = createRunState();
      views = createViews(fresh.columns);
      remote = message.remote ? createRemoteViews(ask) : undefined;
      broken.clear();
      take(message, fresh);
    },
    append(message) {
      if (remote === undefined && message.columns.from > run.value.columns.length) return false;
      remote?.outdate();
      take(message, run.value);
      return true;
    },
    answer(request, points) {
      if (remote?.answer(request, points)) changed.value += 1;
    },
  };
}

interface RemoteViews {
  points(chart: string, request: ViewRequest): View | undefined;
  /** Rows were added: what is there is drawn until the new points come. */
  outdate(): void;
  answer(request: number, view: View): boolean;
}

/** Points asked of the host: one request under way for each chart, the latest answer kept. */
function createRemoteViews(ask: AskRange): RemoteViews {
  const charts = new Map<string, { key: string; waiting: number | undefined; view: View | undefined }>();
  let next = 1;
  return {
    points(chart, request) {
      const key = JSON.stringify(request);
      const known = charts.get(chart) ?? { key: '', waiting: undefined, view: undefined };
      charts.set(chart, known);
      if (known.key !== key && known.waiting === undefined) {
        known.key = key;
        known.waiting = next++;
        ask(known.waiting, request);
      }
      return known.view;
    },
    outdate() {
      for (const chart of charts.values()) chart.key = '';
    },
    answer(request, view) {
      const chart = [...charts.values()].find((each) => each.waiting === request);
      if (chart === undefined) return false;
      chart.waiting = undefined;
      chart.view = view;
      return true;
    },
  };
}

function noteBroken(broken: Map<string, Broken[]>, run: RunState, block: ColumnBlock): void {
  const first = run.columns.step[block.from] ?? Number.POSITIVE_INFINITY;
  for (const [name, found] of broken) {
    const before = found.filter(({ step }) => step < first);
    broken.set(
      name,
      before.map((each) => ({ ...each, until: Math.min(each.until, first - 1) })),
    );
  }
  for (const name of block.names) {
    if (!name.startsWith('train.')) continue;
    const values = run.columns.values.get(name);
    const found = broken.get(name) ?? [];
    for (let row = block.from; row < block.from + block.count; row++) {
      const value = values?.[row] ?? Number.NaN;
      if (!Number.isFinite(value)) noteStep(found, run.columns, row, value);
    }
    broken.set(name, found);
  }
}

function noteStep(found: Broken[], { step }: RunColumns, row: number, value: number): void {
  const at = step[row] ?? 0;
  const last = found.at(-1);
  if (last !== undefined && last.until === step[row - 1]) found[found.length - 1] = { ...last, until: at };
  else if (found.length < BROKEN_KEPT) found.push({ step: at, until: at, value });
}
