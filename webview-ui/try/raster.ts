/**
 * What is drawn: a picture of the model's size, kept finer than that, so that lines have soft edges and can be centred and
 * scaled. Pure: pixels in, pixels out.
 */

/** Fine pixels for one of the model, along each side. */
export const FINE = 4;

export interface Raster {
  /** Of the model. */
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** 0…1, fine, rows from the top, channels last. */
  readonly data: Float32Array;
}

/** An empty one: black. */
export function emptyRaster(width: number, height: number, channels: 1 | 3): Raster {
  return { width, height, channels, data: new Float32Array(width * height * channels * FINE * FINE) };
}

/** The raster of pixels that the model might have seen: each becomes a square of fine ones. */
export function rasterOf(pixels: Uint8Array, width: number, height: number, channels: 1 | 3): Raster {
  const raster = emptyRaster(width, height, channels);
  const wide = width * FINE;
  for (let y = 0; y < height * FINE; y++) {
    for (let x = 0; x < wide; x++) {
      const from = (Math.floor(y / FINE) * width + Math.floor(x / FINE)) * channels;
      for (let c = 0; c < channels; c++) raster.data[(y * wide + x) * channels + c] = (pixels[from + c] ?? 0) / 255;
    }
  }
  return raster;
}

/** True where nothing is drawn. */
export function isEmpty({ data }: Raster): boolean {
  return data.every((value) => value === 0);
}

export interface Brush {
  /** In pixels of the model. */
  readonly radius: number;
  /** 0…1, one a channel. */
  readonly colour: readonly number[];
}

/** Draws a straight line with round ends, in place. Places are in pixels of the model, from the upper left corner. */
export function drawLine(
  raster: Raster,
  from: readonly [number, number],
  to: readonly [number, number],
  { radius, colour }: Brush,
): void {
  const { width, height, channels, data } = raster;
  const [wide, tall] = [width * FINE, height * FINE];
  const [x0, y0, x1, y1] = [from[0] * FINE, from[1] * FINE, to[0] * FINE, to[1] * FINE];
  const reach = radius * FINE;
  const [left, right] = [
    Math.max(0, Math.floor(Math.min(x0, x1) - reach - 1)),
    Math.min(wide, Math.max(x0, x1) + reach + 1),
  ];
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(y0, y1) - reach - 1)),
    Math.min(tall, Math.max(y0, y1) + reach + 1),
  ];
  const isErasing = colour.every((value) => value === 0);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const cover = Math.max(0, Math.min(1, reach - distance(x + 0.5, y + 0.5, x0, y0, x1, y1) + 0.5));
      if (cover === 0) continue;
      for (let c = 0; c < channels; c++) {
        const at = (y * wide + x) * channels + c;
        const old = data[at] ?? 0;
        const ink = colour[c] ?? 0;
        // White lines that meet stay as soft at their edges as one alone.
        const grey = channels === 1 && !isErasing;
        data[at] = grey ? Math.max(old, cover * ink) : old + (ink - old) * cover;
      }
    }
  }
}

function distance(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

/** The pixels of the model's size: each the mean of its fine ones, 0–255. */
export function shrunk({ width, height, channels, data }: Raster): Uint8Array {
  const pixels = new Uint8Array(width * height * channels);
  const wide = width * FINE;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let v = 0; v < FINE; v++)
          for (let u = 0; u < FINE; u++) sum += data[((y * FINE + v) * wide + x * FINE + u) * channels + c] ?? 0;
        pixels[(y * width + x) * channels + c] = Math.round((255 * sum) / (FINE * FINE));
      }
    }
  }
  return pixels;
}

/** In MNIST a digit fills a box of 20 pixels of 28, and its centre of mass is the middle of the picture. */
const BOX = 20 / 28;
/** Places looked at for each pixel, along each side. */
const LOOKS = 6;

/** The pixels with what is drawn scaled and moved as MNIST was made (LeCun et al., 1998). Of one channel. */
export function centred(raster: Raster): Uint8Array {
  const { width, height, data } = raster;
  const found = inkOf(raster);
  if (found === undefined) return new Uint8Array(width * height);
  // Fine pixels for one of the result.
  const step = found.side / (Math.min(width, height) * BOX);
  const wide = width * FINE;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let v = 0; v < LOOKS; v++) {
        for (let u = 0; u < LOOKS; u++) {
          const sx = Math.floor(found.x + (x + (u + 0.5) / LOOKS - width / 2) * step);
          const sy = Math.floor(found.y + (y + (v + 0.5) / LOOKS - height / 2) * step);
          if (sx >= 0 && sy >= 0 && sx < wide && sy < height * FINE) sum += data[sy * wide + sx] ?? 0;
        }
      }
      pixels[y * width + x] = Math.round((255 * sum) / (LOOKS * LOOKS));
    }
  }
  return pixels;
}

/** Less is no ink: a scanned sheet is nowhere quite black. */
const LEAST_INK = 0.1;

/** The centre of mass and the longer side of the box around what is drawn, in fine pixels. */
function inkOf({
  width,
  height,
  data,
}: Raster): { readonly x: number; readonly y: number; readonly side: number } | undefined {
  const wide = width * FINE;
  let [left, right, top, bottom] = [wide, -1, height * FINE, -1];
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < height * FINE; y++) {
    for (let x = 0; x < wide; x++) {
      const ink = data[y * wide + x] ?? 0;
      if (ink < LEAST_INK) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      mass += ink;
      sumX += ink * (x + 0.5);
      sumY += ink * (y + 0.5);
    }
  }
  if (mass === 0) return undefined;
  return { x: sumX / mass, y: sumY / mass, side: Math.max(right - left, bottom - top) + 1 };
}

/** True where the edge of a picture is bright, as of dark ink on paper: such a picture is turned around for a model of white ink. */
export function hasBrightEdge({ width, height, channels, data }: Raster): boolean {
  const [wide, tall] = [width * FINE, height * FINE];
  let [sum, count] = [0, 0];
  for (let y = 0; y < tall; y++) {
    for (let x = 0; x < wide; x++) {
      if (x > 0 && y > 0 && x < wide - 1 && y < tall - 1) continue;
      for (let c = 0; c < channels; c++) sum += data[(y * wide + x) * channels + c] ?? 0;
      count += channels;
    }
  }
  return sum / count > 0.5;
}

/** Dark for bright, in place. */
export function invert({ data }: Raster): void {
  for (let i = 0; i < data.length; i++) data[i] = 1 - (data[i] ?? 0);
}
