/** Pictures of the example data: rings, squares and crosses, as IDX files. */
import type { MadeFile } from './example-data.ts';
import type { Chance } from './made-chance.ts';

const COUNT = 400;
const SIZE = 28;
const CLASSES = 3;

/** Images and their labels: 0 rings, 1 squares, 2 crosses. */
export function shapeFiles(chance: Chance): readonly MadeFile[] {
  const images = new Uint8Array(16 + COUNT * SIZE * SIZE);
  const labels = new Uint8Array(8 + COUNT);
  head(images, [COUNT, SIZE, SIZE]);
  head(labels, [COUNT]);
  for (let index = 0; index < COUNT; index++) {
    const kind = Math.floor(chance.next() * CLASSES);
    labels[8 + index] = kind;
    draw(images.subarray(16 + index * SIZE * SIZE), kind, chance);
  }
  return [
    { path: 'shapes-images.idx', content: images },
    { path: 'shapes-labels.idx', content: labels },
  ];
}

/** The magic number of bytes with so many axes, then their lengths. */
function head(bytes: Uint8Array, shape: readonly number[]): void {
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + shape.length);
  for (const [axis, length] of shape.entries()) view.setUint32(4 + 4 * axis, length);
}

function draw(pixels: Uint8Array, kind: number, chance: Chance): void {
  const middle = () => SIZE / 2 + chance.normal() * 2;
  const [x, y, size] = [middle(), middle(), 6 + chance.next() * 4];
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const [dx, dy] = [Math.abs(column - x), Math.abs(row - y)];
      const away = distance(kind, dx, dy, size);
      const ink = Math.max(0, 1 - Math.max(0, away - 0.7));
      pixels[row * SIZE + column] = Math.round(255 * Math.min(1, ink + chance.next() * 0.1));
    }
  }
}

/** How far a pixel is from the line of the shape. */
function distance(kind: number, dx: number, dy: number, size: number): number {
  if (kind === 0) return Math.abs(Math.hypot(dx, dy) - size);
  if (kind === 1) return Math.abs(Math.max(dx, dy) - size);
  return Math.max(dx, dy) > size ? size : Math.abs(dx - dy);
}
