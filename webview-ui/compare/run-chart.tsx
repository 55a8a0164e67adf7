/** One quantity of all ticked runs: a line each, or a mean and an area for each group. By mouse and by keyboard, and as a table. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { moveByKey, nearest, zoomByKey } from '../charts/keys.ts';
import { palette } from '../charts/palette.ts';
import { createPlot, type Plot } from '../charts/plot.ts';
import { useTable } from '../charts/tables.ts';
import { useHost } from '../context.ts';
import { leave } from '../focus.ts';
import { duration, metricText, number, short, shortPercent } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { type CompareData, compareData, type DrawnLine, isTime, type Quantity } from './lines.ts';
import { quantityTitle } from './quantities.ts';

interface RunChartProps {
  readonly quantity: Quantity;
  readonly lines: readonly DrawnLine[];
  /** Its values are shares. */
  readonly share: boolean;
}

/** At least; a card takes the height of its neighbour. */
const HEIGHT = 220;
const MOST_ROWS = 60;

export function RunChart({ quantity, lines, share }: RunChartProps) {
  const { store, failed } = useHost();
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | undefined>(undefined);
  const made = useRef('');
  const table = useTable();
  const given = useSignal(lines);
  given.value = lines;
  const data = useComputed(() => {
    const { axis, zoom, log, logX } = store.view.value;
    return compareData(quantity, given.value, { axis, zoom, log: log && isLog(quantity), logX });
  });
  const format = (value: number | undefined) => metricText(value, share);
  const id = `compare-${quantity.id}`;

  useSignalEffect(() => {
    const element = frame.current;
    if (element === null || element.clientWidth === 0) return;
    const { axis, log, logX } = store.view.value;
    const next = data.value;
    const styles = next.data.lines.map((line) => line.style);
    const key = JSON.stringify([styles, next.bands, log, logX, axis, share, Object.values(palette.value)]);
    try {
      if (key !== made.current) {
        plot.current?.dispose();
        plot.current = createPlot(element, {
          width: element.clientWidth,
          height: heightOf(element),
          log: log && isLog(quantity),
          logX,
          lines: next.data.lines.map((line) => line.role),
          styles,
          bands: next.bands,
          palette: palette.value,
          formatX: isTime(axis) ? (value) => duration(value) : short,
          formatY: share ? shortPercent : short,
          handlers: {
            onCursor: (index) => {
              const x = index === undefined ? undefined : data.peek().data.x[index];
              store.cursor.value = x === undefined ? undefined : { chart: id, x, spoken: false };
            },
            onZoom: (zoom) => {
              store.view.value = { ...store.view.value, zoom };
            },
          },
        });
        made.current = key;
      }
      plot.current?.draw(next.data, []);
    } catch (error) {
      failed(`compare ${quantity.id}`, error);
    }
  });
  useSignalEffect(() => {
    const cursor = store.cursor.value;
    if (cursor?.chart !== id) plot.current?.moveCursor(cursor?.x);
  });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const sizes = new ResizeObserver(() => plot.current?.resize(element.clientWidth, heightOf(element)));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.current?.dispose();
      plot.current = undefined;
      made.current = '';
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveByKey(event, data.value.data.x, store.cursor.value?.x);
    const x = next === undefined ? undefined : data.value.data.x[next];
    const zoom = zoomByKey(event.key, data.value.data.xRange, store.cursor.value?.x);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (zoom !== undefined) store.view.value = { ...store.view.value, zoom: zoom === 'whole' ? undefined : zoom };
    else if (x !== undefined) {
      store.cursor.value = { chart: id, x, spoken: true };
      plot.current?.moveCursor(x);
    } else if (event.key === 't' || event.key === 'T') table.toggle();
    else if (event.key === 'Escape') {
      // First what the cursor tells goes away, then one leaves the chart.
      if (store.cursor.value === undefined) leave();
      store.cursor.value = undefined;
    } else return;
    event.preventDefault();
  };
  const cursor = store.cursor.value;
  const at = cursor?.x;
  const title = quantityTitle(quantity);
  const said = lines.map((line, index) => `${line.label} ${format(lineAt(data.value, index, at))}`);
  return (
    <section class="card chart compared" data-chart={quantity.id}>
      <header class="legend">
        <h2>{title}</h2>
        {lines.map((line, index) => (
          <span key={line.key} class="entry run">
            <Stroke line={line} />
            {line.label} <b>{format(lineAt(data.value, index, at))}</b>
          </span>
        ))}
      </header>
      <div
        ref={frame}
        class="plot"
        role="application"
        aria-roledescription={t('chart')}
        aria-label={`${title}: ${said.join(', ')}. ${t('Arrow keys move the cursor, T shows the table.')}`}
        aria-details={`table-${id}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is an application, moved through by keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      {cursor?.chart === id && cursor.spoken ? (
        <p class="unseen" role="status">
          {`${number(cursor.x)}: ${said.join(', ')}`}
        </p>
      ) : null}
      <div id={`table-${id}`} class="table-of-chart" hidden={!table.shown.value}>
        {table.shown.value ? <ValuesTable lines={lines} data={data.value} format={format} /> : null}
      </div>
    </section>
  );
}

function heightOf(frame: HTMLElement): number {
  return Math.max(HEIGHT, frame.clientHeight);
}

interface ValuesTableProps {
  readonly lines: readonly DrawnLine[];
  readonly data: CompareData;
  readonly format: (value: number | undefined) => string;
}

function ValuesTable({ lines, data, format }: ValuesTableProps) {
  const { x } = data.data;
  const every = Math.max(1, Math.ceil(x.length / MOST_ROWS));
  const rows = x.flatMap((value, index) => (index % every === 0 || index === x.length - 1 ? [value] : []));
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('at')}</th>
          {lines.map((line) => (
            <th key={line.key} scope="col">
              {line.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((value) => (
          <tr key={value}>
            <th scope="row">{number(value)}</th>
            {lines.map((line, index) => (
              <td key={line.key}>{format(lineAt(data, index, value))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A piece of the line as it is drawn. */
function Stroke({ line }: { readonly line: DrawnLine }) {
  return (
    <svg class="stroke" width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
      <line
        x1="0"
        y1="4"
        x2="18"
        y2="4"
        stroke={line.style.colour}
        stroke-width="2"
        stroke-dasharray={line.style.dash.join(' ')}
      />
    </svg>
  );
}

/** The last value of a line that is not behind `at`; without `at` its last value. */
function lineAt({ data, mains }: CompareData, index: number, at: number | undefined): number | undefined {
  const values = data.lines[mains[index] ?? -1]?.values ?? [];
  let from = at === undefined || data.x.length === 0 ? data.x.length - 1 : nearest(data.x, at);
  while (from >= 0 && typeof values[from] !== 'number') from -= 1;
  return values[from] ?? undefined;
}

function isLog({ kind, direction }: Quantity): boolean {
  return kind !== 'raw' && direction === 'min';
}
