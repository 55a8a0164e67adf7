/** Where one draws: with mouse, pen or finger, or by keyboard (arrows move, space sets the pen down and lifts it). */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../text/translate.ts';
import type { Drawing } from './drawing.ts';
import { putPixels } from './picture-file.ts';
import { drawLine, shrunk } from './raster.ts';

/** Pixels of the page that the longer side takes, about. */
const SIDE = 336;
/** Finer ones show no lines between their pixels. */
const MOST_GRID = 64;

export function DrawingCanvas({ drawing, label }: { readonly drawing: Drawing; readonly label: string }) {
  const { width, height, channels } = drawing.raster;
  const scale = Math.max(2, Math.floor(SIDE / Math.max(width, height)));
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | undefined>(undefined);
  const cursor = useSignal<readonly [number, number]>([Math.floor(width / 2), Math.floor(height / 2)]);
  const isDown = useSignal(false);
  /** The pen is shown to those who draw by keyboard. */
  const byKeys = useSignal(false);
  const changed = drawing.changed.value;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    putPixels(context, shrunk(drawing.raster), width, height, channels);
  }, [changed, drawing]);

  const draw = (from: readonly [number, number], to: readonly [number, number]) => {
    drawLine(drawing.raster, from, to, drawing.brush.value);
    drawing.touch();
  };
  const placeOf = (event: PointerEvent): readonly [number, number] => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return [0, 0];
    return [((event.clientX - box.left) * width) / box.width, ((event.clientY - box.top) * height) / box.height];
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [x, y] = cursor.value;
    const moved = MOVES[event.key];
    if (event.key === ' ') {
      isDown.value = !isDown.value;
      if (isDown.value) draw([x + 0.5, y + 0.5], [x + 0.5, y + 0.5]);
    } else if (event.key === 'Escape' && isDown.value) isDown.value = false;
    else if (event.key === 'Delete' || event.key === 'Backspace') drawing.clear();
    else if (moved !== undefined) {
      const steps = event.shiftKey ? 4 : 1;
      const next = [clamp(x + moved[0] * steps, width), clamp(y + moved[1] * steps, height)] as const;
      if (isDown.value) draw([x + 0.5, y + 0.5], [next[0] + 0.5, next[1] + 0.5]);
      cursor.value = next;
    } else return;
    byKeys.value = true;
    event.preventDefault();
  };
  const [column, row] = cursor.value;
  return (
    <div
      class={Math.max(width, height) <= MOST_GRID ? 'draw squares' : 'draw'}
      role="application"
      aria-roledescription={t('drawing')}
      aria-label={label}
      aria-describedby="try-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one draws in it by keyboard.
      tabIndex={0}
      style={{ width: `${width * scale}px`, '--wide': width, '--tall': height }}
      onKeyDown={onKeyDown}
      onBlur={() => {
        byKeys.value = false;
        isDown.value = false;
      }}
    >
      <canvas
        ref={canvas}
        class="pixels"
        width={width}
        height={height}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          byKeys.value = false;
          isDown.value = false;
          const place = placeOf(event);
          last.current = place;
          draw(place, place);
        }}
        onPointerMove={(event) => {
          const from = last.current;
          if (from === undefined) return;
          // A fast hand makes several moves between two frames.
          const places = (event.getCoalescedEvents?.() ?? []).map(placeOf);
          let at = from;
          for (const place of places.length > 0 ? places : [placeOf(event)]) {
            draw(at, place);
            at = place;
          }
          last.current = at;
        }}
        onPointerUp={() => {
          last.current = undefined;
        }}
        onPointerCancel={() => {
          last.current = undefined;
        }}
      />
      {byKeys.value ? (
        <i
          class={isDown.value ? 'pen down' : 'pen'}
          style={{
            left: `${(100 * column) / width}%`,
            top: `${(100 * row) / height}%`,
            width: `${100 / width}%`,
            height: `${100 / height}%`,
          }}
        />
      ) : null}
      <span class="unseen" role="status">
        {!byKeys.value
          ? ''
          : isDown.value
            ? t('Pen down, column {0}, row {1}', column + 1, row + 1)
            : t('Pen up, column {0}, row {1}', column + 1, row + 1)}
      </span>
    </div>
  );
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}
