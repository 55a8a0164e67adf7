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
