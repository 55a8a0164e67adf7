/**
 * The only file that knows uPlot: a plot with lines, marks, a cursor and zooming. It draws what it is given; where the cursor
 * is and what is zoomed to belong to the panel, which hears of both by `handlers`.
 */
// Before uPlot, which would throw while it is loaded.
import '../text/browser-language.ts';
import uPlot from 'uplot';
import type { Zoom } from '../view-state.ts';
import { drawAbove, drawBelow, drawEnds, FONT_SIZE, faint, type PlotMark, type Surface } from './drawing.ts';
import type { Palette } from './palette.ts';
import type { ChartData, ChartLine, LineStyle } from './points.ts';
import { fewSplits, logSplits } from './splits.ts';

export interface PlotHandlers {
  /** The cursor was moved by hand: index of the drawn x, or undefined when it left. */
  onCursor(index: number | undefined, y: number): void;
  onZoom(zoom: Zoom | undefined): void;
  /** A point was chosen: index of the drawn x. */
  onPick?(index: number): void;
}

export interface PlotOptions {
  readonly width: number;
  readonly height: number;
  readonly log: boolean;
  readonly logX?: boolean;
  readonly lines: readonly ChartLine['role'][];
  /** Of the lines that have one. */
  readonly styles?: readonly (LineStyle | undefined)[];
  /** Areas between two lines, by their index. */
  readonly bands?: readonly PlotBand[];
  readonly palette: Palette;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly handlers: PlotHandlers;
}

export interface PlotBand {
  readonly upper: number;
  readonly lower: number;
  readonly colour: string;
}

export interface Plot {
  draw(data: ChartData, marks: readonly PlotMark[]): void;
  resize(width: number, height: number): void;
  /** Puts the cursor at that x without telling `handlers`. */
  moveCursor(x: number | undefined): void;
  /** Pixels from the left of the whole plot. */
  leftOf(x: number): number;
  dispose(): void;
}

/** Makes a plot below `parent`. */
export function createPlot(parent: HTMLElement, options: PlotOptions): Plot {
  let data: ChartData | undefined;
  let marks: readonly PlotMark[] = [];
  let own = false;
  const plot = new uPlot(
    {
      width: options.width,
      height: options.height,
      legend: { show: false },
      padding: [8, 10, 0, 0],
      focus: { alpha: 1 },
      cursor: {
        y: false,
        points: { size: 7 },
        drag: { x: true, y: false, setScale: false, dist: 4 },
        bind: {
          dblclick: () => () => {
            options.handlers.onZoom(undefined);
            return null;
          },
          mousedown: (_plot, _target, start) => (event) => {
            // Shift drags the picture (see `listen`), so it must not begin a selection.
            if (!event.shiftKey) start(event);
            return null;
          },
        },
      },
      scales: {
        x: { time: false, distr: options.logX ? 3 : 1, range: () => [...(data?.xRange ?? [0, 1])] },
        y: { distr: options.log ? 3 : 1, range: () => [...(data?.yRange ?? [0, 1])] },
      },
      series: [
        {},
        ...options.lines.map((role, index) => {
          const style = options.styles?.[index];
          return style ? styled(style) : seriesOf(role, options.palette, () => data?.validation.length ?? 0);
        }),
      ],
      bands: (options.bands ?? []).map(({ upper, lower, colour }) => ({
        series: [upper + 1, lower + 1],
        fill: faint(colour, 0.16),
      })),
      axes: [axisOf(options, 'x'), axisOf(options, 'y')],
      hooks: {
        drawAxes: [(self) => drawBelow(surfaceOf(self), marks, options.palette)],
        draw: [
          (self) => {
            drawAbove(surfaceOf(self), marks, options.palette);
            if (data !== undefined) drawEnds(surfaceOf(self), data, options.palette);
          },
        ],
        setSelect: [
          (self) => {
            if (self.select.width < 4) return;
            const from = self.posToVal(self.select.left, 'x');
            const to = self.posToVal(self.select.left + self.select.width, 'x');
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            options.handlers.onZoom({ from, to });
          },
        ],
        setCursor: [
          (self) => {
            // While the picture is moved there is nothing to be read off it.
            if (own || self.over.hasPointerCapture(MOUSE)) return;
            const left = self.cursor.left ?? -1;
            const y = self.posToVal(self.cursor.top ?? 0, 'y');
            options.handlers.onCursor(left < 0 ? undefined : (self.cursor.idx ?? undefined), y);
          },
        ],
      },
    },
    [[], ...options.lines.map(() => [])],
    parent,
  );
  const silence = listen(plot, () => data?.xRange ?? [0, 1], options);
  return {
    draw(next, nextMarks) {
      data = next;
      marks = nextMarks;
      plot.setData([next.x, ...next.lines.map((line) => line.values)]);
    },
    resize: (width, height) => plot.setSize({ width, height }),
    moveCursor(x) {
      own = true;
      plot.setCursor(x === undefined ? { left: -10, top: -10 } : { left: plot.valToPos(x, 'x'), top: 10 });
      own = false;
    },
    leftOf: (x) => plot.valToPos(x, 'x') + plot.bbox.left / uPlot.pxRatio,
    dispose() {
      silence();
      plot.destroy();
    },
  };
}

/** Number that browsers give the mouse. */
const MOUSE = 1;

/** Single points are drawn while they can be told apart. */
const MOST_POINTS = 40;

function styled({ colour, dash, width, dots }: LineStyle): uPlot.Series {
  const points = { show: dots, size: 5, stroke: colour, fill: colour };
  return { stroke: colour, width, points, ...(dash.length > 0 ? { dash: [...dash] } : {}) };
}

function seriesOf(role: ChartLine['role'], colours: Palette, measured: () => number): uPlot.Series {
  const points = { show: false };
  switch (role) {
    case 'raw':
      return { stroke: faint(colours.train, colours.highContrast ? 0.4 : 0.24), width: 1, points };
    case 'train':
      return { stroke: colours.train, width: 2, points };
    case 'validation':
      return {
        stroke: colours.validation,
        width: 2,
        ...(colours.highContrast ? { dash: [8, 3] } : {}),
        points: {
          show: () => measured() <= MOST_POINTS,
          size: 5,
          stroke: colours.validation,
          fill: colours.validation,
        },
      };
    case 'ghost':
      return { stroke: colours.ghost, width: 1.5, dash: [4, 4], points };
    case 'load':
      return { stroke: colours.load, width: 1.5, fill: faint(colours.load, 0.12), points };
    case 'memory':
      return { stroke: colours.memory, width: 1.5, dash: [3, 3], points };
    case 'band':
      return { stroke: faint(colours.value, colours.highContrast ? 0.4 : 0.24), width: 1, points };
    case 'value':
      return { stroke: colours.value, width: 1.5, fill: faint(colours.value, 0.12), points };
    default:
      return assertNever(role);
  }
}

function axisOf(options: PlotOptions, which: 'x' | 'y'): uPlot.Axis {
  const format = which === 'x' ? options.formatX : options.formatY;
  return {
    stroke: options.palette.text,
    grid: { stroke: options.palette.grid, width: 1 },
    ticks: { show: false },
    font: `${FONT_SIZE}px ${options.palette.font}`,
    size: which === 'x' ? 24 : 48,
    gap: 4,
    space: which === 'x' ? 56 : 34,
    values: (_self, splits) => splits.map((value) => (value === null ? '' : format(value))),
    ...((which === 'y' ? options.log : options.logX)
      ? { splits: (_self, _axis, min, max) => (which === 'y' ? logSplits(min, max) : fewSplits(min, max)) }
      : {}),
  };
}

function surfaceOf(plot: uPlot): Surface {
  return {
    ctx: plot.ctx,
    bbox: plot.bbox,
    ratio: uPlot.pxRatio,
    range: [plot.scales.x?.min ?? 0, plot.scales.x?.max ?? 0],
    left: (x) => plot.valToPos(x, 'x', true),
    top: (y) => plot.valToPos(y, 'y', true),
  };
}

/** Shift-drag moves the picture, Alt-wheel zooms about the pointer. */
function listen(plot: uPlot, range: () => readonly [number, number], options: PlotOptions): () => void {
  const { over } = plot;
  const { handlers } = options;
  // On a logarithmic axis one moves by factors.
  const flat = options.logX ? Math.log : (x: number) => x;
  const back = options.logX ? Math.exp : (x: number) => Math.max(0, x);
  let pressed: { readonly x: number; readonly y: number } | undefined;
  let drag: { readonly at: number; readonly from: number; readonly to: number } | undefined;
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    pressed = { x: event.clientX, y: event.clientY };
    if (!event.shiftKey) return;
    const [from, to] = range().map(flat) as [number, number];
    drag = { at: event.clientX, from, to };
    over.setPointerCapture(event.pointerId);
    handlers.onCursor(undefined, 0);
  };
  const move = (event: PointerEvent) => {
    if (drag === undefined) return;
    const shift = ((drag.at - event.clientX) / over.clientWidth) * (drag.to - drag.from);
    const from = Math.max(flat(0), drag.from + shift);
    handlers.onZoom({ from: back(from), to: back(from + (drag.to - drag.from)) });
  };
  const up = (event: PointerEvent) => {
    const still = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 4;
    if (still && drag === undefined && plot.cursor.idx != null) handlers.onPick?.(plot.cursor.idx);
    drag = undefined;
    pressed = undefined;
  };
  const wheel = (event: WheelEvent) => {
    if (!event.altKey) return;
    event.preventDefault();
    const [from, to] = range();
    const at = flat(plot.posToVal(event.offsetX, 'x'));
    const factor = event.deltaY > 0 ? 1.25 : 0.8;
    handlers.onZoom({ from: back(at - (at - flat(from)) * factor), to: back(at + (flat(to) - at) * factor) });
  };
  over.addEventListener('pointerdown', down);
  over.addEventListener('pointermove', move);
  over.addEventListener('pointerup', up);
  over.addEventListener('wheel', wheel, { passive: false });
  return () => {
    over.removeEventListener('pointerdown', down);
    over.removeEventListener('pointermove', move);
    over.removeEventListener('pointerup', up);
    over.removeEventListener('wheel', wheel);
  };
}

function assertNever(value: never): never {
  throw new Error(`Unknown: ${JSON.stringify(value)}`);
}
