/** A picture that somebody dropped, in a raster: as large as fits, in the middle, its own edges left as they are. */
import { t } from '../text/translate.ts';
import { FINE, type Raster } from './raster.ts';

/** Larger files are nobody's picture of a digit. */
export const MOST_BYTES = 48 * 1024 * 1024;

/** Puts the picture of a file into the raster; rejects in words where it is none. */
export async function pictureInto(raster: Raster, file: Blob): Promise<void> {
  if (file.size > MOST_BYTES) throw new Error(tooLarge(file.size));
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new Error(t('This file is no picture that can be read here. Choose a PNG, JPEG, WebP, GIF or BMP.'));
  }
  const [wide, tall] = [raster.width * FINE, raster.height * FINE];
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [wide, tall];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  const scale = Math.min(wide / picture.width, tall / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  context.fillStyle = edgeColour(picture);
  context.fillRect(0, 0, wide, tall);
  // Pixels of the model's own size stay the squares that they are.
  context.imageSmoothingEnabled = scale < FINE;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, (wide - w) / 2, (tall - h) / 2, w, h);
  picture.close();
  const { data } = context.getImageData(0, 0, wide, tall);
  for (let i = 0; i < wide * tall; i++) {
    const [r = 0, g = 0, b = 0] = data.subarray(4 * i, 4 * i + 3);
    if (raster.channels === 1) raster.data[i] = (0.299 * r + 0.587 * g + 0.114 * b) / 255;
    else raster.data.set([r / 255, g / 255, b / 255], 3 * i);
  }
}

/** The picture as a PNG of a size, where it has another one; its middle, as much as there is room for. */
export async function pictureOfSize(file: Blob, width: number, height: number): Promise<Blob> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    // What is the matter with it is told by whoever reads it.
    return file;
  }
  if (picture.width === width && picture.height === height) return file;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (context === null) return file;
  const scale = Math.max(width / picture.width, height / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
  picture.close();
  return pngOf(canvas);
}

/** Drawn pixels as a PNG file. */
export function pngOfPixels(pixels: Uint8Array, width: number, height: number, channels: 1 | 3): Promise<Blob> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (context !== null) putPixels(context, pixels, width, height, channels);
  return pngOf(canvas);
}

/** Puts grey or coloured pixels into a canvas. */
export function putPixels(
  context: CanvasRenderingContext2D,
  pixels: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3,
): void {
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[channels === 1 ? i : 3 * i + c] ?? 0;
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob === null ? failed(new Error('no PNG')) : done(blob)), 'image/png');
  });
}

/** What stands beside a picture that is no square: the colour of its corner. */
function edgeColour(picture: ImageBitmap): string {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const context = canvas.getContext('2d');
  if (context === null) return '#000';
  context.drawImage(picture, 0, 0, 1, 1, 0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${r}, ${g}, ${b})`;
}

export function tooLarge(bytes: number): string {
  return t('The file has {0} MB, and at most {1} MB are taken.', Math.ceil(bytes / 1e6), Math.floor(MOST_BYTES / 1e6));
}
