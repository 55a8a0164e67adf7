/**
 * The picture in a file as bytes `[height, width, channels]`. Small pictures are read here, in this thread: handing one to
 * a thread of sharp costs more than decoding it, and so it is for JPEGs up to the usual size of a network's input. All others,
 * and what is not plain, go to sharp.
 */
import { type Media, parseMedia } from '../../../language/index.ts';
import { decodeBmp } from './bmp.ts';
import { withChannels } from './channels.ts';
import { decodeJpeg } from './jpeg.ts';
import { decodePng } from './png.ts';

export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/** A picture of more pixels would take more memory than anybody means: 64 million are 192 MB. */
export const MOST_PIXELS = 64 * 1024 * 1024;
/** Up to so many pixels a picture is decoded in this thread; a JPEG, for which that is quicker, up to so many. */
const SMALL = 128 * 128;
const MIDDLING = 320 * 320;

/** The picture, or what is the matter with it. */
export async function decodePicture(bytes: Buffer, channels: number): Promise<Picture | string> {
  if (bytes.length === 0) return 'it is empty';
  const media = parseMedia(bytes, bytes.length);
  const size = media?.kind === 'image' ? media : undefined;
  if (size === undefined && !couldBePicture(bytes)) return 'it is no PNG, JPEG, WebP or BMP';
  if (size !== undefined) {
    const problem = sizeProblem(size);
    if (problem !== undefined) return problem;
    const small = await readHere(bytes, size.height * size.width);
    if (small !== undefined) return withChannels(small, channels);
  }
  const read = await readBySharp(bytes);
  return typeof read === 'string' ? read : withChannels(read, channels);
}

function sizeProblem({ height, width }: Extract<Media, { kind: 'image' }>): string | undefined {
  if (height < 1 || width < 1) return `its head says that it is ${height} × ${width} pixels`;
  if (height * width > MOST_PIXELS)
    return `it says that it is ${height} × ${width} pixels, and at most ${MOST_PIXELS} are decoded`;
  return undefined;
}

/** A JPEG whose head is longer than what was looked at, for example. */
function couldBePicture(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xd8) || bytes.toString('latin1', 0, 4) === 'RIFF';
}

/** Undefined: large, not one of the plain forms, or damaged, which sharp can tell better. */
async function readHere(bytes: Buffer, pixels: number): Promise<Picture | undefined> {
  const small = pixels <= SMALL;
  const jpeg = pixels <= MIDDLING ? await decodeJpeg(bytes, small) : undefined;
  return jpeg ?? (small ? decodePng(bytes) : undefined) ?? decodeBmp(bytes);
}

async function readBySharp(bytes: Buffer): Promise<Picture | string> {
  const { default: sharp } = await import('sharp');
  // No picture comes twice: its cache would only take time.
  sharp.cache(false);
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { height: info.height, width: info.width, channels: info.channels, data };
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `it is damaged (${line.trim()})`;
  }
}
