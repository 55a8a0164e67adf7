/**
 * A chart with its title, legend, tooltip and table. The plot is made anew only when what it is made of changes (lines,
 * log scale, theme); data are put in once a frame, and only while the card can be seen.
 */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { numberOf, type ViewRequest } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { leave } from '../focus.ts';
import type { Host } from '../host.ts';
import { CardTools } from '../parts/card-tools.tsx';
import type { PanelStore } from '../store.ts';
import { count, gibibytes, metricText, number, rate, setting, short, shortPercent } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { Axis } from '../view-state.ts';
import { axisToStep, stepToAxis } from './axis.ts';
import { type ChartInfo, isShare } from './chart-list.ts';
import { ChartTable } from './chart-table.tsx';
import { moveByKey, nearest, zoomByKey } from './keys.ts';
import { type Format, Legend, legendLines, lineName } from './legend.tsx';
import { marksOf } from './marks.ts';
import { palette } from './palette.ts';
import { createPlot, type Plot } from './plot.ts';
import { aboveNothing, type ChartData, chartData, isTime, unitOf, xRangeOf } from './points.ts';
import { chartSentence } from './sentence.ts';
import { useTable } from './tables.ts';
import { cursorSentence, Tooltip } from './tooltip.tsx';

const HEIGHT = { wide: 210, narrow: 150, large: 380 };
/** A screen reader is told where the cursor rests, not each step on the way. */
const REST = 400;

/** One chart of the metrics tab. */
export function ChartCard({ chart }: { readonly chart: ChartInfo }) {
  const host = useHost();
  const { store } = host;
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | undefined>(undefined);
  const data = useSignal<ChartData | undefined>(undefined);
  const table = useTable();
  const share = useComputed(() => chart.metric !== undefined && isShare(store.run.value, chart.metric));
  const format = formatOf(chart, store, () => share.value);
  usePlot({ chart, host, frame, plot, data, share: () => share.value });

  const moveTo = (index: number, line = store.cursor.value?.line) => {
    const x = data.value?.x[index];
    if (x === undefined) return;
    store.cursor.value = { chart: chart.id, x, line, spoken: true };
    plot.current?.moveCursor(x);
  };
  /** Arrow up and down: another line is told of first. */
  const chooseLine = (by: number) => {
    const count = legendLines(data.value).length;
    const shown = ownX(data.value);
    if (count === 0) return;
    const at = store.cursor.value?.x;
    moveTo(
      at === undefined ? shown.length - 1 : nearest(shown, at),
      ((store.cursor.value?.line ?? 0) + by + count) % count,
    );
  };
  const pin = (x: number | undefined) => {
    const step = x === undefined ? undefined : data.value?.steps[nearest(data.value.x, x)];
    if (step !== undefined) pinStep(store, step);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const x = store.cursor.value?.x;
    const next = moveByKey(event, ownX(data.value), x);
    const zoom = data.value === undefined ? undefined : zoomByKey(event.key, data.value.xRange, x);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (next !== undefined) moveTo(next);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') chooseLine(event.key === 'ArrowUp' ? -1 : 1);
    else if (event.key === 'Enter') pin(x);
    else if (zoom !== undefined) store.view.value = { ...store.view.value, zoom: zoom === 'whole' ? undefined : zoom };
    else if (event.key === 't' || event.key === 'T') table.toggle();
    else if (event.key === 'Escape') {
      // First what the cursor tells goes away, then one leaves the chart.
      if (store.cursor.value === undefined) leave();
      store.cursor.value = undefined;
    } else return;
    event.preventDefault();
  };

  return (
    <section class={chart.wide ? 'card chart' : 'card chart small'} data-chart={chart.id}>
      <Legend chart={chart} data={data} format={format}>
        <CardTools
          id={chart.id}
          lines={() => legendLines(data.value).map((line) => [line.role, lineName(line)])}
          items={[
            {
              text: t('Table'),
              checked: table.shown.value,
              run: table.toggle,
            },
          ]}
        />
      </Legend>
      <div
        ref={frame}
        class="plot"
        role="application"
        aria-roledescription={t('chart')}
        aria-label={chartSentence(chart, store.run.value, format)}
        aria-details={`table-${chart.id}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is an application, moved through by keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      <Tooltip chart={chart} data={data} plot={plot} format={format} />
      <Spoken chart={chart} data={data} format={format} />
      <ChartTable id={`table-${chart.id}`} data={data} shown={table.shown.value} format={format} />
    </section>
  );
}

/** What the cursor rests on, said once. */
function Spoken({ chart, data, format }: Pick<Parameters<typeof Tooltip>[0], 'chart' | 'data' | 'format'>) {
  const { store } = useHost();
  const text = useSignal('');
  useSignalEffect(() => {
    const cursor = store.cursor.value;
    const shown = data.peek();
    if (cursor?.chart !== chart.id || !cursor.spoken || shown === undefined) return;
    const timer = setTimeout(() => {
      text.value = cursorSentence(shown, cursor, format);
    }, REST);
    return () => clearTimeout(timer);
  });
  return (
    <div class="unseen" aria-live="polite">
      {text.value}
    </div>
  );
}

/** Where the run itself has been: the keyboard moves there. */
function ownX(data: ChartData | undefined): readonly number[] {
  return data?.last === undefined ? (data?.x ?? []) : data.x.slice(0, data.last + 1);
}

/** Behind its end the run has no values. */
function pinStep({ view, run }: PanelStore, step: number): void {
  view.value = { ...view.value, pinned: Math.min(Math.round(step), run.value.step) };
}

/** How values of a chart are read: shares as percentages, memory in GiB. */
function formatOf(chart: ChartInfo, store: PanelStore, share: () => boolean): Format {
  return (value, role) => {
    if (chart.kind === 'rate') return setting(value);
    if (chart.kind === 'throughput') return value === undefined ? '–' : rate(value);
    if (chart.kind !== 'machine') return metricText(value, share());
    if (value === undefined) return '–';
    const total = numberOf(store.progress.value.latest[chart.columns[2] ?? ''] ?? 'NaN');
    return role === 'memory' ? gibibytes(value * total) : `${count(value * 100)}%`;
  };
}

interface PlotUse {
  readonly chart: ChartInfo;
  readonly host: Host;
  readonly frame: { readonly current: HTMLDivElement | null };
  readonly plot: { current: Plot | undefined };
  readonly data: { value: ChartData | undefined };
  readonly share: () => boolean;
}

function usePlot(use: PlotUse): void {
  const made = useRef('');
  const asked = useRef(0);
  const seen = useRef(true);
  const width = useRef(0);
  const update = () => {
    asked.current = 0;
    const frame = use.frame.current;
    // Asked of the page only where no resizing has told it: the answer makes the browser lay the page out.
    width.current ||= frame?.clientWidth ?? 0;
    if (frame === null || !seen.current || width.current === 0) return;
    const next = dataOf(use.chart, use.host, width.current);
    if (next === undefined) return;
    use.data.value = next;
    const { log } = use.host.store.view.value;
    const key = [
      next.lines.map((line) => line.role).join(),
      log && isLogChart(use.chart),
      use.host.store.view.value.logX,
      use.share(),
      use.host.store.view.value.axis,
      Object.values(palette.value).join(),
    ].join('|');
    if (key !== made.current) {
      use.plot.current?.dispose();
      use.plot.current = makePlot(use, frame, next);
      made.current = key;
    }
    const { run, broken } = use.host.store;
    const xOf = stepToAxis(run.value, use.host.store.view.value.axis, next);
    const marks = marksOf({
      chart: use.chart,
      run: run.value,
      broken: broken.get(use.chart.columns[0] ?? '') ?? [],
      xOf,
      range: next.xRange,
      pinned: use.host.store.view.value.pinned,
    });
    use.plot.current?.draw(next, marks);
  };
  const ask = () => {
    if (asked.current === 0) asked.current = requestAnimationFrame(() => guarded(use, update));
  };
  useSignalEffect(() => {
    const { changed, view, ghost } = use.host.store;
    void [changed.value, view.value, ghost.value, palette.value];
    ask();
  });
  useSignalEffect(() => {
    const cursor = use.host.store.cursor.value;
    if (cursor?.chart !== use.chart.id) use.plot.current?.moveCursor(cursor?.x);
  });
  useEffect(() => {
    const frame = use.frame.current;
    if (frame === null) return;
    const sizes = new ResizeObserver(() => {
      width.current = frame.clientWidth;
      use.plot.current?.resize(width.current, heightOf(use.chart, use.host.store));
      ask();
    });
    sizes.observe(frame);
    const sight = new IntersectionObserver(([entry]) => {
      seen.current = entry?.isIntersecting ?? true;
      if (seen.current) ask();
    });
    sight.observe(frame);
    return () => {
      sizes.disconnect();
      sight.disconnect();
      cancelAnimationFrame(asked.current);
      use.plot.current?.dispose();
      use.plot.current = undefined;
      made.current = '';
    };
  }, []);
}

/** One chart that fails leaves the others alone. */
function guarded(use: PlotUse, draw: () => void): void {
  try {
    draw();
  } catch (error) {
    use.host.failed(`chart ${use.chart.id}`, error);
  }
}

function makePlot(use: PlotUse, frame: HTMLDivElement, first: ChartData): Plot {
  const { store } = use.host;
  return createPlot(frame, {
    width: frame.clientWidth,
    height: heightOf(use.chart, store),
    log: store.view.value.log && isLogChart(use.chart),
    logX: store.view.value.logX,
    lines: first.lines.map((line) => line.role),
    palette: palette.value,
    formatX: isTime(store.view.value.axis) ? (value) => shortTime(value) : short,
    formatY: use.share() || use.chart.kind === 'machine' ? shortPercent : short,
    handlers: {
      onCursor: (index, y) => {
        const x = index === undefined ? undefined : use.data.value?.x[index];
        store.cursor.value = x === undefined ? undefined : { chart: use.chart.id, x, y, spoken: false };
      },
      onZoom: (zoom) => {
        store.view.value = { ...store.view.value, zoom };
      },
      onPick: (index) => {
        const step = use.data.value?.steps[index];
        if (step !== undefined) pinStep(store, step);
      },
    },
  });
}

function dataOf(chart: ChartInfo, host: Host, width: number): ChartData | undefined {
  const { store } = host;
  const { axis, zoom, smoothing, log, logX } = store.view.value;
  const run = store.run.value;
  const whole = xRangeOf(run, reached(store, axis), axis, zoom);
  const xRange = logX ? aboveNothing(whole, axis, unitOf(run)) : whole;
  const steps = axisToStep(run, axis);
  const request: ViewRequest = {
    raw: chart.columns,
    smooth: chart.kind === 'metric' ? chart.columns : [],
    weight: smoothing,
    axis: isTime(axis) ? axis : 'step',
    from: steps(xRange[0]),
    to: steps(xRange[1]),
    buckets: Math.max(50, Math.round(width)) * 2,
  };
  const view = store.points(chart.id, request);
  return view && chartData({ chart, run, view, axis, xRange, log: log && isLogChart(chart), ghost: store.ghost.value });
}

/** Losses, rates and norms span decades; shares and speeds don't. */
function isLogChart(chart: ChartInfo): boolean {
  return (chart.kind === 'metric' && chart.direction === 'min') || chart.kind === 'gradient';
}

/** Seconds so far on an axis of time. */
function reached({ run, progress }: PanelStore, axis: Axis): number {
  const { columns } = run.value;
  if (axis !== 'wall') return progress.value.elapsed;
  const first = run.value.firstTime ?? 0;
  return ((columns.time[columns.length - 1] ?? run.value.lastTime ?? first) - (columns.time[0] ?? first)) / 1000;
}

function heightOf(chart: ChartInfo, { layout }: PanelStore): number {
  if (layout.value.large.includes(chart.id)) return HEIGHT.large;
  return chart.wide ? HEIGHT.wide : HEIGHT.narrow;
}

function shortTime(seconds: number): string {
  if (seconds >= 7200) return `${number(seconds / 3600, 3)} h`;
  if (seconds >= 120) return `${number(seconds / 60, 3)} min`;
  return seconds > 0 && seconds < 1 ? `${short(seconds)} s` : `${count(seconds)} s`;
}
