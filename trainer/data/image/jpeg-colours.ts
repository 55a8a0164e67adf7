/** From the samples of a JPEG frame to its pixels: colours that were stored at half the size are brought to the full one, then converted. */
import type { Picture } from './decode.ts';
import type { Component, Frame } from './jpeg.ts';

/** Undefined: components stand to each other in an unusual way. */
export function coloursOf(frame: Frame): Picture | undefined {
  const { height, width, components } = frame;
  const [light, blue, red] = components;
  if (light === undefined) return undefined;
  if (blue === undefined || red === undefined) {
    return { height, width, channels: 1, data: cropped(light, height, width) };
  }
  const [cb, cr] = [enlarged(blue, frame), enlarged(red, frame)];
  if (light.across !== frame.across || light.down !== frame.down || cb === undefined || cr === undefined)
    return undefined;
  return { height, width, channels: 3, data: converted(light, cb, cr, height, width) };
}

function cropped({ samples, stride }: Component, height: number, width: number): Uint8Array {
  const data = new Uint8Array(height * width);
  for (let row = 0; row < height; row++) data.set(samples.subarray(row * stride, row * stride + width), row * width);
  return data;
}

interface Plane {
  readonly samples: Uint8Array;
  readonly stride: number;
}

/** The samples for each pixel; between stored ones, three parts of the nearer and one of the farther. */
function enlarged(component: Component, frame: Frame): Plane | undefined {
  const [across, down] = [frame.across / component.across, frame.down / component.down];
  if (across === 1 && down === 1) return component;
  const [width, height] = [Math.ceil(frame.width / across), Math.ceil(frame.height / down)];
  // Narrower ones are repeated instead of blended.
  if (across !== 2 || (down !== 1 && down !== 2) || width <= 2) return undefined;
  const stride = width * 2;
  const samples = new Uint8Array(stride * height * down);
  const sums = new Int32Array(width);
  for (let row = 0; row < height * down; row++) {
    const near = Math.floor(row / down);
    const other = Math.min(height - 1, Math.max(0, row % 2 === 0 ? near - 1 : near + 1));
    const [a, b] = [near * component.stride, other * component.stride];
    if (down === 1) for (let x = 0; x < width; x++) sums[x] = component.samples[a + x] ?? 0;
    else
      for (let x = 0; x < width; x++) sums[x] = 3 * (component.samples[a + x] ?? 0) + (component.samples[b + x] ?? 0);
    spread(sums, samples, row * stride, down === 1 ? 2 : 4);
  }
  return { samples, stride };
}

/** `bits`: how many fractional bits the sums have after blending. */
function spread(sums: Int32Array, to: Uint8Array, start: number, bits: number): void {
  const [before, behind] = bits === 2 ? [1, 2] : [8, 7];
  const last = sums.length - 1;
  for (let x = 0; x <= last; x++) {
    const own = sums[x] ?? 0;
    const left = x === 0 ? own : (sums[x - 1] ?? 0);
    const right = x === last ? own : (sums[x + 1] ?? 0);
    to[start + 2 * x] = (3 * own + left + before) >> bits;
    to[start + 2 * x + 1] = (3 * own + right + behind) >> bits;
  }
}

const HALF = 32768;

/** YCbCr as JFIF has it, in 16 bits of fraction. */
function converted(light: Component, cb: Plane, cr: Plane, height: number, width: number): Uint8Array {
  const data = new Uint8Array(height * width * 3);
  let to = 0;
  for (let row = 0; row < height; row++) {
    const [y, u, v] = [row * light.stride, row * cb.stride, row * cr.stride];
    for (let x = 0; x < width; x++) {
      const lightness = light.samples[y + x] ?? 0;
      const b = (cb.samples[u + x] ?? 128) - 128;
      const r = (cr.samples[v + x] ?? 128) - 128;
      data[to++] = byte(lightness + ((91881 * r + HALF) >> 16));
      data[to++] = byte(lightness + ((-22554 * b - 46802 * r + HALF) >> 16));
      data[to++] = byte(lightness + ((116130 * b + HALF) >> 16));
    }
  }
  return data;
}

function byte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
