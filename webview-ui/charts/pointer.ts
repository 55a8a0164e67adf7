/** The mouse on a plot: it moves the cursor, chooses a stretch to zoom into, drags the picture with Shift, zooms with Alt. */
import type { Zoom } from '../view-state.ts';

export interface PointerHandlers {
  /** The mouse stands there, in pixels of the plotting area; undefined: it left, or the picture is moved. */
  onMove(at: { readonly left: number; readonly top: number } | undefined): void;
  /** What is being chosen, in pixels. */
  onSelect(stretch: { readonly from: number; readonly to: number } | undefined): void;
  onZoom(zoom: Zoom | undefined): void;
  /** Pressed and let go without a move. */
  onPick(): void;
}

interface Axis {
  /** What the axis shows at this moment. */
  range(): readonly [number, number];
  /** On a logarithmic axis one moves by factors. */
  readonly log: boolean;
  /** The value at a distance from the left of the plotting area. */
  valueAt(left: number): number;
}

interface Drag {
  readonly x: number;
  readonly y: number;
  /** The range that is moved; undefined: a stretch is chosen. */
  readonly moved: readonly [number, number] | undefined;
}

/** Fewer pixels are a click. */
const CLICK = 4;

/** Listens on the plotting area until the answer is called. */
export function listen(over: HTMLElement, axis: Axis, handlers: PointerHandlers): () => void {
  const flat = axis.log ? Math.log : (x: number) => x;
  const back = axis.log ? Math.exp : (x: number) => Math.max(0, x);
  const zoomTo = (from: number, to: number) => handlers.onZoom({ from: back(from), to: back(to) });
  let drag: Drag | undefined;
  const inside = (event: PointerEvent) => {
    const box = over.getBoundingClientRect();
    const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
    return {
      left: within(event.clientX - box.left, box.width),
      top: within(event.clientY - box.top, box.height),
    };
  };
  const stretch = (event: PointerEvent, { x }: Drag) => {
    const here = inside(event).left;
    const there = here - (event.clientX - x);
    return { from: Math.max(0, Math.min(here, there)), to: Math.max(here, there) };
  };
  const isClick = (event: PointerEvent, { x, y }: Drag) => Math.hypot(event.clientX - x, event.clientY - y) < CLICK;
  const on: { readonly [name: string]: (event: PointerEvent) => void } = {
    pointerdown(event) {
      if (event.button !== 0) return;
      const moved = event.shiftKey ? ([...axis.range()].map(flat) as [number, number]) : undefined;
      drag = { x: event.clientX, y: event.clientY, moved };
      over.setPointerCapture(event.pointerId);
      if (moved !== undefined) handlers.onMove(undefined);
    },
    pointermove(event) {
      if (drag?.moved !== undefined) {
        const [from, to] = drag.moved;
        const shift = ((drag.x - event.clientX) / over.clientWidth) * (to - from);
        const begin = Math.max(flat(0), from + shift);
        zoomTo(begin, begin + (to - from));
        return;
      }
      handlers.onMove(inside(event));
      if (drag !== undefined) handlers.onSelect(isClick(event, drag) ? undefined : stretch(event, drag));
    },
    pointerup(event) {
      const done = drag;
      drag = undefined;
      handlers.onSelect(undefined);
      if (done === undefined || done.moved !== undefined) return;
      if (isClick(event, done)) {
        handlers.onPick();
        return;
      }
      const { from, to } = stretch(event, done);
      if (to - from >= CLICK) handlers.onZoom({ from: axis.valueAt(from), to: axis.valueAt(to) });
    },
    pointercancel() {
      drag = undefined;
      handlers.onSelect(undefined);
    },
    pointerleave() {
      if (drag === undefined) handlers.onMove(undefined);
    },
  };
  const wheel = (event: WheelEvent) => {
    if (!event.altKey) return;
    event.preventDefault();
    const [from, to] = axis.range();
    const at = flat(axis.valueAt(event.offsetX));
    const factor = event.deltaY > 0 ? 1.25 : 0.8;
    zoomTo(at - (at - flat(from)) * factor, at + (flat(to) - at) * factor);
  };
  const whole = () => handlers.onZoom(undefined);
  const names = Object.entries(on) as [keyof HTMLElementEventMap, EventListener][];
  for (const [name, listener] of names) over.addEventListener(name, listener);
  over.addEventListener('wheel', wheel, { passive: false });
  over.addEventListener('dblclick', whole);
  return () => {
    for (const [name, listener] of names) over.removeEventListener(name, listener);
    over.removeEventListener('wheel', wheel);
    over.removeEventListener('dblclick', whole);
  };
}
