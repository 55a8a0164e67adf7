/** A drawing and its brush; each change gives the model its pixels. */
import { effect, type Signal, signal } from '@preact/signals';
import type { FormInput, UseValue } from '../../protocol/index.ts';
import { asFlag, asNumber, asNumbers, asShape, asText, type Read } from '../kept.ts';
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

/** A drawing as it is kept: 8 bits for a fine pixel, or for one of the model's where the picture is large. */
export interface KeptDrawing {
  readonly pixels: string;
  readonly centre: boolean;
  readonly radius: number;
  readonly colour: readonly number[];
}

export const asDrawing: Read<KeptDrawing> = asShape({
  pixels: asText,
  centre: asFlag,
  radius: asNumber,
  colour: asNumbers,
});

/** Fine pixels of larger drawings are not kept. */
const MOST_FINE = 100_000;
/** Milliseconds that a drawing rests before it is kept. */
const REST = 150;

/** The drawing that was kept, else an empty one; `give` gets what the model is to be asked with. */
export function createDrawing(
  input: DrawingInput,
  give: (value: UseValue | undefined) => void,
  kept: Signal<KeptDrawing | undefined>,
): Drawing {
  const [height = 1, width = 1, depth = 1] = input.shape;
  const channels = depth === 3 ? 3 : 1;
  const raster = emptyRaster(width, height, channels);
  const radius = Math.max(0.7, Math.min(width, height) / 24);
  const before = kept.peek();
  if (before !== undefined) restore(raster, bytesOf(before.pixels));
  const white = Array.from({ length: channels }, () => 1);
  const brush = signal<Brush>({
    radius: before?.radius ?? radius,
    colour: before?.colour.length === channels ? before.colour : white,
  });
  const centre = signal(before?.centre ?? input.digits);
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
  let resting: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    kept.value = { pixels: base64Of(packed(raster)), centre: centre.peek(), ...brush.peek() };
  };
  let isNew = true;
  effect(() => {
    void [brush.value, centre.value, changed.value];
    clearTimeout(resting);
    if (!isNew) resting = setTimeout(save, REST);
    isNew = false;
  });
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

function packed(raster: Raster): Uint8Array {
  return raster.data.length > MOST_FINE
    ? shrunk(raster)
    : Uint8Array.from(raster.data, (value) => Math.round(255 * value));
}

function restore({ width, height, channels, data }: Raster, pixels: Uint8Array): void {
  if (pixels.length === data.length) for (const [at, value] of pixels.entries()) data[at] = value / 255;
  else if (pixels.length === width * height * channels) data.set(rasterOf(pixels, width, height, channels).data);
}
