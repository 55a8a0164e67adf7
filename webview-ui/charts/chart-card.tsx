/**
 * A chart with its title, legend, tooltip and table. The plot is made anew only when what it is made of changes (lines,
 * log scale, theme); data are put in once a frame, and only while the card can be seen.
 */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ViewRequest } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import type { Host } from '../host.ts';
import { count, metricText, number, percentNumber, rate, short } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { axisToStep, stepToAxis } from './axis.ts';
import { type ChartInfo, isShare } from './chart-list.ts';
import { ChartTable } from './chart-table.tsx';
import { moveByKey } from './keys.ts';
import { Legend } from './legend.tsx';
import { marksOf } from './marks.ts';
import { palette } from './palette.ts';
import { createPlot, type Plot } from './plot.ts';
import { type ChartData, chartData, xRangeOf } from './points.ts';
import { chartSentence } from './sentence.ts';
import { Tooltip } from './tooltip.tsx';

const HEIGHT = { wide: 210, narrow: 150 };

/** One chart of the metrics tab. */
export function ChartCard({ chart }: { readonly chart: ChartInfo }) {
  const host = useHost();
  const { store } = host;
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | undefined>(undefined);
  const data = useSignal<ChartData | undefined>(undefined);
  const table = useSignal(false);
  const share = useComputed(() => chart.metric !== undefined && isShare(store.run.value, chart.metric));
  const format = (value: number | undefined) =>
    chart.kind === 'throughput' ? (value === undefined ? '–' : rate(value)) : metricText(value, share.value);
  usePlot({ chart, host, frame, plot, data, share: () => share.value });

  const moveTo = (index: number) => {
    const x = data.value?.x[index];
    if (x === undefined) return;
    store.cursor.value = { chart: chart.id, x, spoken: true };
    plot.current?.moveCursor(x);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const x = store.cursor.value?.x;
    const next = moveByKey(event, data.value?.x ?? [], x);
    if (next !== undefined) moveTo(next);
    else if (event.key === 't' || event.key === 'T') table.value = !table.value;
    else if (event.key === 'Escape') {
      store.cursor.value = undefined;
      frame.current?.blur();
    } else return;
    event.preventDefault();
  };

  return (
    <section class={chart.wide ? 'card chart' : 'card chart small'} data-chart={chart.id}>
      <Legend chart={chart} data={data} format={format} />
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
      <ChartTable id={`table-${chart.id}`} data={data} shown={table.value} format={format} />
    </section>
  );
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
  const update = () => {
    asked.current = 0;
    const frame = use.frame.current;
    if (frame === null || !seen.current || frame.clientWidth === 0) return;
    const next = dataOf(use.chart, use.host, frame.clientWidth);
    if (next === undefined) return;
    use.data.value = next;
    const { log } = use.host.store.view.value;
    const key = [
      next.lines.map((line) => line.role).join(),
      log && isLogChart(use.chart),
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
    });
    use.plot.current?.draw(next, marks);
  };
  const ask = () => {
    if (asked.current === 0) asked.current = requestAnimationFrame(() => guarded(use, update));
  };
  useSignalEffect(() => {
    void [use.host.store.changed.value, use.host.store.view.value, palette.value];
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
      use.plot.current?.resize(frame.clientWidth, heightOf(use.chart));
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
    height: heightOf(use.chart),
    log: store.view.value.log && isLogChart(use.chart),
    lines: first.lines.map((line) => line.role),
    palette: palette.value,
    formatX: store.view.value.axis === 'time' ? (value) => shortTime(value) : short,
    formatY: use.share() ? (value) => `${percentNumber(value).replace(/[.,]0+$/, '')}%` : short,
    handlers: {
      onCursor: (index) => {
        const x = index === undefined ? undefined : use.data.value?.x[index];
        store.cursor.value = x === undefined ? undefined : { chart: use.chart.id, x, spoken: false };
      },
      onZoom: (zoom) => {
        store.view.value = { ...store.view.value, zoom };
      },
    },
  });
}

function dataOf(chart: ChartInfo, host: Host, width: number): ChartData | undefined {
  const { store } = host;
  const { axis, zoom, smoothing, log } = store.view.value;
  const run = store.run.value;
  const xRange = xRangeOf(run, store.progress.value.elapsed, axis, zoom);
  const steps = axisToStep(run, axis);
  const request: ViewRequest = {
    raw: chart.columns,
    smooth: chart.kind === 'metric' ? chart.columns : [],
    weight: smoothing,
    axis: axis === 'time' ? 'time' : 'step',
    from: steps(xRange[0]),
    to: steps(xRange[1]),
    buckets: Math.max(50, Math.round(width)) * 2,
  };
  const view = store.points(chart.id, request);
  return view && chartData({ chart, run, view, axis, xRange, log: log && isLogChart(chart) });
}

/** Losses, rates and norms span decades; shares and speeds don't. */
function isLogChart(chart: ChartInfo): boolean {
  return (chart.kind === 'metric' && chart.direction === 'min') || chart.kind === 'gradient';
}

function heightOf(chart: ChartInfo): number {
  return chart.wide ? HEIGHT.wide : HEIGHT.narrow;
}

function shortTime(seconds: number): string {
  if (seconds >= 7200) return `${number(seconds / 3600, 3)} h`;
  return seconds >= 120 ? `${number(seconds / 60, 3)} min` : `${count(seconds)} s`;
}
