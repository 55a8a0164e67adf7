/**
 * The map: one pixel a cell on a small canvas that is drawn larger, so that its cost is the number of cells. It is one stop of
 * the keyboard: arrows move through cells, Enter goes to the line of the program, T shows the table.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { palette } from '../charts/palette.ts';
import { useHost } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { type Heat, type Measure, rowOf } from './heat.ts';
import { colourAt, type Rgb, type Scale } from './scale.ts';
import { chosen, column, cursor, findingAt, layerAt, nameOf, notice, showLine } from './state.ts';
import { measureText, measureTitle } from './words.ts';

interface HeatMapProps {
  readonly heat: Heat;
  readonly measure: Measure;
  readonly scale: Scale;
  readonly ramp: readonly Rgb[];
  readonly onTable: () => void;
}

/** Pixels of a row; the style sheet has the same number. */
const ROW = 18;

interface Cell {
  readonly row: number;
  readonly column: number;
}

export function HeatMap({ heat, measure, scale, ramp, onTable }: HeatMapProps) {
  const host = useHost();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const under = useSignal<Cell | undefined>(undefined);
  const last = heat.columns.length - 1;
  const own = rowOf(heat.paths, chosen.value);
  const row = Math.max(0, own);
  const at: Cell = { row, column: Math.min(last, column.value ?? last) };
  useEffect(() => draw(canvas.current, heat, scale, ramp, palette.value.bad), [heat, scale, ramp, palette.value]);
  useEffect(() => scrollTo(scroller.current, row), [row, heat.paths.length]);
  useEffect(() => {
    // A layer of parts (attention) is looked at part by part.
    chosen.value = heat.paths[rowOf(heat.paths, chosen.value)] ?? chosen.value;
  }, [own, heat.paths[own]]);

  const move = (next: Cell) => {
    const path = heat.paths[clamp(next.row, heat.paths.length)];
    if (path === undefined) return;
    chosen.value = path;
    const to = clamp(next.column, heat.columns.length);
    // At the end it stays at the end while the run goes on.
    column.value = to === last ? undefined : to;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.shiftKey ? 10 : 1;
    const to = moved(event.key, at, by, last);
    const path = heat.paths[row];
    if (to !== undefined) move(to);
    else if (event.key === 'Enter' && path !== undefined) showLine(host, path);
    else if (event.key === 't' || event.key === 'T') onTable();
    else if (event.key === 'Escape') scroller.current?.querySelector<HTMLElement>('.cells')?.blur();
    else return;
    event.preventDefault();
  };
  const cellOf = (event: MouseEvent): Cell | undefined => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return undefined;
    const found = {
      row: Math.floor((event.clientY - box.top) / ROW),
      column: Math.floor(((event.clientX - box.left) / box.width) * heat.columns.length),
    };
    return heat.paths[found.row] === undefined || heat.columns[found.column] === undefined ? undefined : found;
  };
  const sentence = (cell: Cell) => {
    const finding = findingAt(heat.paths[cell.row] ?? '', host.store.run.value.problems);
    return finding === '' ? sentenceOf(heat, measure, cell) : `${sentenceOf(heat, measure, cell)} · ${finding}`;
  };
  const width = 100 / heat.columns.length;
  return (
    <div class="heat">
      <div class="heat-scroll" ref={scroller}>
        <ol class="rows" aria-hidden="true">
          {heat.paths.map((path) => (
            <li key={path} class={path === heat.paths[own] ? 'chosen' : ''}>
              <button
                type="button"
                tabIndex={-1}
                class="quiet"
                title={path}
                onClick={() => {
                  chosen.value = path;
                }}
              >
                {cursor.value.includes(layerAt(path)?.path ?? path) ? '▸ ' : ''}
                {nameOf(path)}
              </button>
              <Finding text={findingAt(path, host.store.run.value.problems)} />
              <LineLink path={path} />
            </li>
          ))}
        </ol>
        <div
          class="cells"
          role="application"
          aria-roledescription={t('heat map')}
          aria-label={`${measureTitle(measure)}. ${sentence(at)}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the map is an application, moved through by keyboard.
          tabIndex={0}
          onKeyDown={onKeyDown}
          onMouseMove={(event) => {
            under.value = cellOf(event);
          }}
          onMouseLeave={() => {
            under.value = undefined;
          }}
          onClick={(event) => {
            const cell = cellOf(event);
            if (cell !== undefined) move(cell);
          }}
          onDblClick={() => showLine(host, chosen.value)}
          style={{ height: `${heat.paths.length * ROW}px` }}
        >
          <canvas ref={canvas} width={heat.columns.length} height={heat.paths.length} />
          <i
            class="cell"
            style={{ top: `${at.row * ROW}px`, left: `${at.column * width}%`, width: `max(4px, ${width}%)` }}
          />
        </div>
      </div>
      <p class="heat-steps" aria-hidden="true">
        <span>{t('step {0}', count(heat.columns[0]?.from ?? 0))}</span>
        <span>{t('step {0}', count(heat.columns[last]?.to ?? 0))}</span>
      </p>
      <p class="heat-said" role="status">
        {sentence(under.value ?? at)}
        {notice.value === '' ? '' : ` · ${notice.value}`}
      </p>
    </div>
  );
}

/** The row of a layer of which the run found something wrong. */
function Finding({ text }: { readonly text: string }) {
  if (text === '') return null;
  return (
    <span class="finding" title={text}>
      <Icon name="warning" />
    </span>
  );
}

function LineLink({ path }: { readonly path: string }) {
  const host = useHost();
  const layer = layerAt(path);
  if (layer === undefined) return null;
  return (
    <button type="button" class="link" tabIndex={-1} onClick={() => showLine(host, path)}>
      :{layer.line}
    </button>
  );
}

/** "Conv2D.0, step 1,200: 0.0132". */
function sentenceOf(heat: Heat, measure: Measure, { row, column: at }: Cell): string {
  const path = heat.paths[row];
  const steps = heat.columns[at];
  if (path === undefined || steps === undefined) return '';
  const when = steps.from === steps.to ? count(steps.to) : `${count(steps.from)}–${count(steps.to)}`;
  return t('{0}, step {1}: {2}', nameOf(path), when, measureText(measure, heat.values[row]?.[at]));
}

function moved(key: string, { row, column: at }: Cell, by: number, last: number): Cell | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: row - by, column: at };
    case 'ArrowDown':
      return { row: row + by, column: at };
    case 'ArrowLeft':
      return { row, column: at - by };
    case 'ArrowRight':
      return { row, column: at + by };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: last };
    default:
      return undefined;
  }
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}

function scrollTo(scroller: HTMLDivElement | null, row: number): void {
  if (scroller === null) return;
  const top = row * ROW;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + ROW > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + ROW - scroller.clientHeight;
}

function draw(canvas: HTMLCanvasElement | null, heat: Heat, scale: Scale, ramp: readonly Rgb[], bad: string): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const broken: Cell[] = [];
  heat.values.forEach((values, row) => {
    values.forEach((value, at) => {
      if (value === undefined) return;
      if (!Number.isFinite(value)) broken.push({ row, column: at });
      else image.data.set([...colourAt(ramp, scale.position(value)), 255], (row * canvas.width + at) * 4);
    });
  });
  context.putImageData(image, 0, 0);
  context.fillStyle = bad;
  for (const { row, column: at } of broken) context.fillRect(at, row, 1, 1);
}
