/** The two axes of a plot: lines of the grid, and the numbers beside them. */
import { FONT_SIZE, type Surface } from './drawing.ts';
import type { Palette } from './palette.ts';
import type { Scale } from './scale.ts';
import { evenSplits, fewSplits, labelled, logSplits } from './splits.ts';

/** Pixels of the page between two numbers, and between a number and the plot. */
const ROOM = { x: 48, y: 34 } as const;
const GAP = 4;

interface Axes {
  readonly x: Scale;
  readonly y: Scale;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
}

export function drawAxes(surface: Surface, axes: Axes, palette: Palette): void {
  const { ctx, bbox, ratio } = surface;
  ctx.font = `${FONT_SIZE * ratio}px ${palette.font}`;
  ctx.fillStyle = palette.text;
  ctx.strokeStyle = palette.grid;
  ctx.lineWidth = ratio;
  ctx.setLineDash([]);
  ctx.beginPath();
  const bottom = bbox.top + bbox.height;
  const across = splitsOf(axes.x, bbox.width / ratio, 'x');
  const up = splitsOf(axes.y, bbox.height / ratio, 'y');
  for (const value of across.all) {
    const at = sharp(surface.left(value), ratio);
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bottom);
  }
  for (const value of up.all) {
    const at = sharp(surface.top(value), ratio);
    ctx.moveTo(bbox.left, at);
    ctx.lineTo(bbox.left + bbox.width, at);
  }
  ctx.stroke();
  [ctx.textAlign, ctx.textBaseline] = ['center', 'top'];
  for (const value of across.named) ctx.fillText(axes.formatX(value), surface.left(value), bottom + GAP * ratio);
  [ctx.textAlign, ctx.textBaseline] = ['right', 'middle'];
  for (const value of up.named) ctx.fillText(axes.formatY(value), bbox.left - GAP * ratio, surface.top(value));
}

function splitsOf(scale: Scale, length: number, which: 'x' | 'y') {
  const [from, to] = scale.range;
  const room = ROOM[which];
  if (!scale.log) {
    const all = evenSplits(from, to, length / room);
    return { all, named: all };
  }
  const all = which === 'x' ? fewSplits(from, to) : sparse(logSplits(from, to), length / Math.log10(to / from));
  return { all, named: labelled(all, (value) => scale.shareOf(value) * length, room) };
}

/** Pixels for a power of ten below which its nine lines would be a grey area: one is drawn. */
const DENSE = 45;

function sparse(splits: readonly number[], decade: number): readonly number[] {
  const powers = splits.filter((value) => value.toExponential().startsWith('1e'));
  return decade < DENSE && powers.length > 1 ? powers : splits;
}

/** A line one pixel wide is sharp in the middle of a pixel. */
function sharp(at: number, ratio: number): number {
  return Math.round(ratio) % 2 === 1 ? Math.round(at - 0.5) + 0.5 : Math.round(at);
}
