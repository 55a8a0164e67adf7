/** Numbers as a picture: one pixel a number, drawn larger by the style. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { colourAt, type Rgb } from './scale.ts';

interface PixelsProps {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha of each pixel, rows from the top. */
  readonly colours: Uint8ClampedArray<ArrayBuffer>;
  /** Pixels of the page for one of the picture. */
  readonly scale: number;
  readonly label?: string;
}

export function Pixels({ width, height, colours, scale, label }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(colours, width, height), 0, 0);
  }, [colours, width, height]);
  return (
    <canvas
      ref={canvas}
      class="pixels"
      width={width}
      height={height}
      style={{ width: `${width * scale}px`, height: `${height * scale}px` }}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, title: label })}
    />
  );
}

/** A colour for each number, by its place on a ramp. */
export function rampColours(
  values: ArrayLike<number>,
  ramp: readonly Rgb[],
  position: (value: number) => number,
): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(values.length * 4);
  for (let i = 0; i < values.length; i++) colours.set([...colourAt(ramp, position(values[i] ?? 0)), 255], i * 4);
  return colours;
}

/** A picture's own numbers, channels last: 1 as grey, 3 as colours, between their least and greatest. */
export function pictureColours(values: ArrayLike<number>, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const [low, high] = rangeOf(values);
  const level = (value: number): number => (255 * (value - low)) / (high - low);
  const count = values.length / channels;
  const colours = new Uint8ClampedArray(count * 4);
  for (let i = 0; i < count; i++) {
    const at = (channel: number): number => level(values[i * channels + Math.min(channel, channels - 1)] ?? 0);
    colours.set([at(0), at(1), at(2), 255], i * 4);
  }
  return colours;
}

/** What is within 0..1 is shown so: a dark picture stays dark. */
export function rangeOf(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low >= 0 && high <= 1) return [0, 1];
  return low < high ? [low, high] : [low, low + 1];
}

/** The greatest size of all numbers, above 0. */
export function greatestSize(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  return most > 0 ? most : 1;
}

/** Zero in the middle, by the share of the greatest size. */
export function sides(most: number): (value: number) => number {
  return (value) => 0.5 + value / most / 2;
}
