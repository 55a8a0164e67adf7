/**
 * A plot: a canvas with lines, marks and axes, and over it a cursor and the stretch to zoom into. It draws what it is given;
 * where the cursor is and what is zoomed to belong to the panel, which hears of both by `handlers`.
 */
import type { Zoom } from '../view-state.ts';
import { drawAbove, drawBelow, drawEnds, faint, type PlotMark, type Surface } from './drawing.ts';
import { nearest } from './keys.ts';
import type { Palette } from './palette.ts';
import { bandOf, dotsOf, pathOf } from './paths.ts';
import { type Pen, penOf } from './pens.ts';
import { drawAxes } from './plot-axes.ts';
import { listen } from './pointer.ts';
import type { ChartData, ChartLine, LineStyle } from './points.ts';
import { type Scale, scaleOf } from './scale.ts';

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

/** Pixels of the page around the plotting area: the numbers of the axes stand there. */
const AROUND = { left: 48, top: 8, right: 10, bottom: 24 } as const;

/** Single points are drawn while they can be told apart. */
const MOST_POINTS = 40;

/** Where the cursor is: under the mouse, or at an x that the panel gave. */
type Cursor = { readonly left: number; readonly top: number } | { readonly x: number };

interface Drawn {
  readonly data: ChartData;
  readonly marks: readonly PlotMark[];
  readonly x: Scale;
  readonly y: Scale;
}

/** Makes a plot below `parent`. */
export function createPlot(parent: HTMLElement, options: PlotOptions): Plot {
  const { handlers } = options;
  const pens = options.lines.map((role, index) => penOf(role, options.styles?.[index], options.palette));
  const { frame, canvas, over, line, select, dots } = elementsOf(pens);
  let [width, height] = [options.width, options.height];
  let drawn: Drawn | undefined;
  let cursor: Cursor | undefined;
  let at: number | undefined;
  const wide = () => Math.max(1, width - AROUND.left - AROUND.right);
  const high = () => Math.max(1, height - AROUND.top - AROUND.bottom);
  const leftOf = (x: number) => (drawn?.x.shareOf(x) ?? 0) * wide();
  const topOf = (y: number) => (1 - (drawn?.y.shareOf(y) ?? 0)) * high();
  const valueAt = (left: number) => drawn?.x.valueAt(left / wide()) ?? 0;

  const placeCursor = () => {
    const left = cursor === undefined ? undefined : 'x' in cursor ? leftOf(cursor.x) : cursor.left;
    const x = drawn?.data.x ?? [];
    const shown = left !== undefined && left >= 0 && left <= wide();
    at = shown && x.length > 0 ? nearest(x, valueAt(left)) : undefined;
    line.hidden = !shown;
    if (shown) line.style.transform = `translateX(${Math.round(left)}px)`;
    dots.forEach((dot, index) => {
      const values = drawn?.data.lines[index]?.values ?? [];
      // As the legend says: what was measured last, not only what was measured here.
      let here = at ?? -1;
      while (here >= 0 && values[here] === undefined) here -= 1;
      const top = topOf(values[here] ?? Number.NaN);
      dot.hidden = !(top >= 0 && top <= high());
      if (!dot.hidden) dot.style.transform = `translate(${leftOf(x[here] ?? 0)}px, ${top}px)`;
    });
  };
  const tellCursor = () => {
    if (cursor === undefined) handlers.onCursor(undefined, 0);
    else if ('top' in cursor) handlers.onCursor(at, drawn?.y.valueAt(1 - cursor.top / high()) ?? 0);
  };
  const redraw = () => {
    const ratio = window.devicePixelRatio || 1;
    // A canvas that is given its size is made anew, even where it had it.
    const size = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
    const ctx = canvas.getContext('2d');
    if (ctx === null) return;
    ctx.clearRect(0, 0, ...size);
    if (drawn === undefined) return;
    const bbox = {
      left: Math.round(AROUND.left * ratio),
      top: Math.round(AROUND.top * ratio),
      width: Math.round(wide() * ratio),
      height: Math.round(high() * ratio),
    };
    const { x, y } = drawn;
    const surface: Surface = {
      ctx,
      bbox,
      ratio,
      range: x.range,
      left: (value) => bbox.left + x.shareOf(value) * bbox.width,
      top: (value) => bbox.top + (1 - y.shareOf(value)) * bbox.height,
    };
    drawPlot(surface, drawn, pens, options);
  };
  const resize = (nextWidth: number, nextHeight: number) => {
    [width, height] = [nextWidth, nextHeight];
    Object.assign(frame.style, { width: `${width}px`, height: `${height}px` });
    Object.assign(over.style, {
      left: `${AROUND.left}px`,
      top: `${AROUND.top}px`,
      width: `${wide()}px`,
      height: `${high()}px`,
    });
    redraw();
    placeCursor();
  };

  parent.append(frame);
  resize(width, height);
  const silence = listen(
    over,
    { range: () => drawn?.x.range ?? [0, 1], log: options.logX === true, valueAt },
    {
      onMove(place) {
        cursor = place;
        placeCursor();
        tellCursor();
      },
      onSelect(stretch) {
        select.hidden = stretch === undefined;
        if (stretch === undefined) return;
        Object.assign(select.style, { left: `${stretch.from}px`, width: `${stretch.to - stretch.from}px` });
      },
      onZoom: handlers.onZoom,
      onPick() {
        if (at !== undefined) handlers.onPick?.(at);
      },
    },
  );
  return {
    draw(data, marks) {
      drawn = {
        data,
        marks,
        x: scaleOf(data.xRange, options.logX === true),
        y: scaleOf(data.yRange, options.log),
      };
      redraw();
      const before = at;
      placeCursor();
      // What is under the mouse has changed though the mouse has not moved.
      if (cursor !== undefined && at !== before) tellCursor();
    },
    resize,
    moveCursor(x) {
      cursor = x === undefined ? undefined : { x };
      placeCursor();
    },
    leftOf: (x) => AROUND.left + leftOf(x),
    dispose() {
      silence();
      frame.remove();
    },
  };
}

function elementsOf(pens: readonly Pen[]) {
  const make = (name: 'div' | 'canvas', kind: string) => {
    const element = document.createElement(name);
    element.className = `plot-${kind}`;
    return element;
  };
  const [frame, canvas, over] = [make('div', 'frame'), document.createElement('canvas'), make('div', 'over')];
  const [line, select] = [make('div', 'line'), make('div', 'select')];
  const dots = pens.map((pen) => {
    const dot = make('div', 'dot');
    dot.style.background = pen.stroke;
    return dot;
  });
  for (const element of [line, select, ...dots]) element.hidden = true;
  over.append(select, line, ...dots);
  frame.append(canvas, over);
  return { frame, canvas, over, line, select, dots };
}

/** All that is on the canvas, from what lies below. */
function drawPlot(surface: Surface, { data, marks, x, y }: Drawn, pens: readonly Pen[], options: PlotOptions): void {
  const { ctx, bbox, ratio } = surface;
  const { palette } = options;
  drawAxes(surface, { x, y, formatX: options.formatX, formatY: options.formatY }, palette);
  drawBelow(surface, marks, palette);
  const seen = seenOf(data.x, x.range);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { upper, lower, colour } of options.bands ?? []) {
    const path = new Path2D();
    bandOf(path, data.x, [data.lines[upper]?.values ?? [], data.lines[lower]?.values ?? []], seen, surface);
    ctx.fillStyle = faint(colour, 0.16);
    ctx.fill(path);
  }
  ctx.lineJoin = 'round';
  data.lines.forEach(({ values }, index) => {
    const pen = pens[index];
    if (pen === undefined) return;
    if (pen.fill !== undefined) {
      const area = new Path2D();
      pathOf(area, data.x, values, seen, surface, surface.top(y.log ? y.range[0] : 0));
      ctx.fillStyle = pen.fill;
      ctx.fill(area);
    }
    const path = new Path2D();
    pathOf(path, data.x, values, seen, surface);
    ctx.strokeStyle = pen.stroke;
    ctx.lineWidth = pen.width * ratio;
    ctx.setLineDash((pen.dash ?? []).map((each) => each * ratio));
    ctx.stroke(path);
    if (pen.dots === true || (pen.dots === 'few' && data.validation.length <= MOST_POINTS)) {
      const points = new Path2D();
      dotsOf(points, data.x, values, seen, surface, 2.5 * ratio);
      ctx.fillStyle = pen.stroke;
      ctx.fill(points);
    }
  });
  ctx.restore();
  drawAbove(surface, marks, palette);
  drawEnds(surface, data, palette);
}

/** The first and the last index that are drawn: one beside the range too, since lines come from there. */
function seenOf(x: readonly number[], [from, to]: readonly [number, number]): readonly [number, number] {
  return [Math.max(0, nearest(x, from) - 1), Math.min(x.length - 1, nearest(x, to) + 1)];
}
