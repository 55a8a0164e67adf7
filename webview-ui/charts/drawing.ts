/** What is drawn on a chart beside its lines: marks, and the dots at the ends. Knows the canvas, not the plot. */
import type { Palette } from './palette.ts';
import type { ChartData } from './points.ts';

export interface PlotMark {
  readonly x: number;
  readonly kind: 'epoch' | 'event' | 'broken' | 'isolated' | 'best' | 'checkpoint' | 'pinned';
  readonly text: string;
  /** What was measured there: the mark stands above it. */
  readonly y?: number;
}

/** A canvas and where values stand on it, in its own pixels. */
export interface Surface {
  readonly ctx: CanvasRenderingContext2D;
  readonly bbox: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Pixels of the canvas for one of the page. */
  readonly ratio: number;
  /** What the x axis shows. */
  readonly range: readonly [number, number];
  left(x: number): number;
  top(y: number): number;
}

/** Of the text on the canvas. */
export const FONT_SIZE = 11;

/** What lies under the lines: ends of epochs. */
export function drawBelow(surface: Surface, marks: readonly PlotMark[], colours: Palette): void {
  for (const mark of marks) if (mark.kind === 'epoch') line(surface, mark.x, colours.grid, [4, 4]);
}

/** What lies over the lines. */
export function drawAbove(surface: Surface, marks: readonly PlotMark[], colours: Palette): void {
  const [from, to] = surface.range;
  for (const mark of marks) {
    if (mark.x < from || mark.x > to) continue;
    switch (mark.kind) {
      case 'epoch':
        break;
      case 'event':
        line(surface, mark.x, colours.text, [2, 3]);
        label(surface, mark, colours, 0);
        break;
      case 'broken':
        line(surface, mark.x, colours.bad, [6, 4]);
        label(surface, mark, colours, 1);
        break;
      case 'isolated':
        foot(surface, mark.x, colours.bad);
        break;
      case 'pinned':
        line(surface, mark.x, colours.text, []);
        break;
      case 'checkpoint':
        foot(surface, mark.x, colours.text);
        break;
      case 'best':
        star(surface, mark, colours.validation);
        break;
      default:
        assertNever(mark.kind);
    }
  }
}

/** A dot where a line ends at this moment. */
export function drawEnds(surface: Surface, data: ChartData, colours: Palette): void {
  const { ctx, bbox } = surface;
  for (const { role, values, style } of data.lines) {
    if (role === 'raw' || role === 'band' || role === 'ghost') continue;
    const index = lastNumber(values);
    const left = surface.left(data.x[index] ?? Number.NaN);
    const top = surface.top(values[index] ?? Number.NaN);
    if (!(left >= bbox.left && left <= bbox.left + bbox.width && top >= bbox.top && top <= bbox.top + bbox.height))
      continue;
    for (const [radius, share] of END_DOT) {
      ctx.fillStyle = faint(style?.colour ?? colours[role], share);
      ctx.beginPath();
      ctx.arc(left, top, radius * surface.ratio, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
}

/** Radius and opacity: a halo, and the dot in it. */
const END_DOT = [
  [6, 0.3],
  [3, 1],
] as const;

function lastNumber(values: readonly (number | null)[]): number {
  let index = values.length - 1;
  while (index >= 0 && typeof values[index] !== 'number') index -= 1;
  return index;
}

function line(surface: Surface, x: number, colour: string, dash: number[]): void {
  const { ctx, bbox } = surface;
  const at = Math.min(Math.round(surface.left(x)), bbox.left + bbox.width - 1) + 0.5;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = surface.ratio;
  ctx.setLineDash(dash.map((each) => each * surface.ratio));
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

function label(surface: Surface, mark: PlotMark, colours: Palette, row: 0 | 1): void {
  const { ctx, bbox } = surface;
  if (mark.text === '') return;
  const at = surface.left(mark.x);
  const size = FONT_SIZE * surface.ratio;
  ctx.save();
  ctx.font = `${row === 0 ? '' : 'bold '}${size}px ${colours.font}`;
  ctx.fillStyle = row === 0 ? colours.text : colours.bad;
  // The axes have left it as they need it.
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const width = ctx.measureText(mark.text).width;
  const right = at + 4 * surface.ratio;
  const fits = right + width <= bbox.left + bbox.width;
  const left = fits ? Math.max(bbox.left, right) : at - width - 4 * surface.ratio;
  ctx.fillText(mark.text, left, bbox.top + size * (row + 1) * 1.1);
  ctx.restore();
}

function foot(surface: Surface, x: number, colour: string): void {
  const { ctx, bbox } = surface;
  const at = surface.left(x);
  const size = 4 * surface.ratio;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(at - size, bottom);
  ctx.lineTo(at + size, bottom);
  ctx.lineTo(at, bottom - size * 1.5);
  ctx.fill();
  ctx.restore();
}

/** From the middle of a star to the point that it marks, in pixels of the page. */
const STAR_ABOVE = 11;

function star(surface: Surface, { x, y }: PlotMark, colour: string): void {
  const { ctx, bbox } = surface;
  const at = surface.left(x);
  const outer = 5 * surface.ratio;
  const highest = bbox.top + outer;
  const place = y === undefined ? highest : surface.top(y) - STAR_ABOVE * surface.ratio;
  const middle = Number.isFinite(place) ? Math.max(highest, place) : highest;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.beginPath();
  for (let corner = 0; corner < 10; corner++) {
    const radius = corner % 2 === 0 ? outer : outer * 0.42;
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    ctx.lineTo(at + radius * Math.cos(angle), middle + radius * Math.sin(angle));
  }
  ctx.fill();
  ctx.restore();
}

/** A colour at a share of its strength. */
export function faint(colour: string, share: number): string {
  return `color-mix(in srgb, ${colour} ${Math.round(share * 100)}%, transparent)`;
}

function assertNever(value: never): never {
  throw new Error(`Unknown: ${JSON.stringify(value)}`);
}
