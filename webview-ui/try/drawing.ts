/** A drawing and its brush; each change gives the model its pixels. */
import { type Signal, signal } from '@preact/signals';
import type { FormInput, UseValue } from '../../protocol/index.ts';
import { base64Of, bytesOf } from './bytes.ts';
import { pictureInto } from './picture-file.ts';
import {
  type Brush,
  centred,
  emptyRaster,
  hasBrightEdge,
  invert,
  isEmpty,
  type Raster,
  rasterOf,
  shrunk,
} from './raster.ts';

export interface Drawing {
  readonly raster: Raster;
  readonly brush: Signal<Brush>;
  /** Centred and scaled as the digits of MNIST were. */
  readonly centre: Signal<boolean>;
  /** Grows with each change. */
  readonly changed: Signal<number>;
  /** The raster was drawn in. */
  touch(): void;
  clear(): void;
  /** Dark for bright. */
  invert(): void;
  setCentre(on: boolean): void;
  /** Shows a row of the data, which is given already. */
  take(value: UseValue | undefined): void;
  /** Takes a picture of any size. */
  open(file: Blob): Promise<void>;
}

type DrawingInput = Pick<Extract<FormInput, { kind: 'drawing' }>, 'shape' | 'digits'>;

/** An empty drawing; `give` gets what the model is to be asked with. */
export function createDrawing(input: DrawingInput, give: (value: UseValue | undefined) => void): Drawing {
  const [height = 1, width = 1, depth = 1] = input.shape;
  const channels = depth === 3 ? 3 : 1;
  const raster = emptyRaster(width, height, channels);
  const radius = Math.max(0.7, Math.min(width, height) / 24);
  const brush = signal<Brush>({ radius, colour: Array.from({ length: channels }, () => 1) });
  const centre = signal(input.digits);
  const changed = signal(0);
  const redraw = (): void => {
    changed.value += 1;
  };
  const touch = (): void => {
    redraw();
    if (isEmpty(raster)) {
      give(undefined);
      return;
    }
    const pixels = centre.value ? centred(raster) : shrunk(raster);
    give({ kind: 'pixels', shape: input.shape, pixels: base64Of(pixels) });
  };
  return {
    raster,
    brush,
    centre,
    changed,
    touch,
    clear() {
      raster.data.fill(0);
      touch();
    },
    invert() {
      invert(raster);
      touch();
    },
    setCentre(on) {
      centre.value = on;
      touch();
    },
    take(value) {
      if (value?.kind !== 'pixels') return;
      raster.data.set(rasterOf(bytesOf(value.pixels), width, height, channels).data);
      redraw();
    },
    async open(file) {
      await pictureInto(raster, file);
      if (input.digits && hasBrightEdge(raster)) invert(raster);
      touch();
    },
  };
}
